package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void timesTheCellAndSeesItAllocateNothing() {
        var speed = CellBench.measure(32);
        assertEquals(0, speed.allocated());
        assertTrue(speed.nanos() > 0 && speed.ejmlNanos() > 0, speed.text());
    }

    @Test
    void refusesWhatItCannotMeasure() {
        var part = Run.of("bench", "--only", "disk");
        assertEquals(2, part.exit());
        assertTrue(part.err().contains("expected cell or topology"), part.err());
        var entities = Run.of("bench", "--entities", "0");
        assertEquals(2, entities.exit());
        assertTrue(entities.err().contains("--entities=0: expected a number from 1 on"), entities.err());
    }
}

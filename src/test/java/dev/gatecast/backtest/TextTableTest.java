package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static String last(double probability) {
        var table = new TextTable("test", List.of("difference", "p"));
        table.row("linear", List.of(0.5), probability);
        var line = table.toString().lines().skip(1).findFirst().orElseThrow();
        return line.substring(line.length() - 11).strip();
    }

    @Test
    void aProbabilityIsNeverNothing() {
        assertEquals("< 0.0001", last(0));
        assertEquals("< 0.0001", last(3e-17));
        assertEquals("0.0001", last(1e-4));
        assertEquals("0.7026", last(0.7026));
        assertEquals("-", last(Double.NaN));
    }
}

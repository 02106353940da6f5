package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CadenceTest {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));

    private static long cadence(long... times) {
        var ticks = new ArrayList<SourcedTick>();
        for (var time : times) {
            ticks.add(new SourcedTick(new Tick("a", time, new double[] {1}), 0, new Origin.Line("list", 1)));
            ticks.add(new SourcedTick(new Tick("b", time + 3, new double[] {1}), 0, new Origin.Line("list", 1)));
        }
        return Cadence.of(new ListTicks(VALUE, ticks));
    }

    @Test
    void isTheStepThatNearlyAllTicksKeepTo() {
        assertEquals(10, cadence(0, 10, 20, 30));
        assertEquals(0, cadence(0, 10, 20, 35));
        assertEquals(0, cadence());
        assertEquals(0, cadence(5));
        var oneGap = new long[50];
        for (var i = 0; i < oneGap.length; i++) {
            oneGap[i] = 10L * i + (i > 20 ? 40 : 0);
        }
        assertEquals(10, cadence(oneGap));
    }
}

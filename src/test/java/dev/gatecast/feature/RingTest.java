package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {
    /** Its twin is a list of all that came, of which only the end is looked at. */
    @Test
    void itHoldsTheEndOfAllThatCame() {
        var random = new Random(8);
        for (int trial = 0; trial < 60; trial++) {
            int capacity = 1 + random.nextInt(90);
            var ring = new Ring(capacity);
            ring.refield(1);
            List<double[]> came = new ArrayList<>();
            int held = 0;
            for (int step = 0; step < 300; step++) {
                int sizeBefore = ring.size();
                var tick = new double[] {1 + random.nextInt(1000), random.nextInt(1000)};
                float displaced = ring.push(tick);
                if (random.nextInt(5) == 0) {
                    ring.undo(displaced, sizeBefore);
                } else {
                    came.add(tick);
                    held = Math.min(held + 1, capacity);
                }
                if (random.nextInt(60) == 0) {
                    capacity = Math.max(capacity, 1 + random.nextInt(200));
                    ring.fit(random.nextBoolean() ? Transform.SQRT : Transform.LOG, capacity);
                }
                if (random.nextInt(40) == 0) {
                    ring = readBack(ring);
                }
                assertSame(came.subList(came.size() - held, came.size()), ring);
            }
        }
    }

    private static void assertSame(List<double[]> expected, Ring ring) {
        assertEquals(expected.size(), ring.size());
        var values = ring.values();
        var fields = ring.field(0);
        for (int i = 0; i < values.length; i++) {
            var tick = expected.get(i);
            int back = values.length - 1 - i;
            assertEquals(tick[0], values[i]);
            assertEquals(tick[0], ring.raw(back));
            assertEquals(tick[1], fields[i]);
            assertEquals(tick[1], ring.field(0, back));
        }
    }

    private static Ring readBack(Ring ring) {
        var numbers = new Numbers();
        ring.visit(numbers);
        ring.visitFields(numbers);
        numbers.rewind();
        var read = new Ring(1);
        read.visit(numbers);
        read.visitFields(numbers);
        return read;
    }

    @Test
    void whatIsTransformedLiesInOneRun() {
        var ring = new Ring(40);
        for (int i = 1; i <= 100; i++) {
            ring.push(i * i);
            ring.fit(i < 60 ? Transform.SQRT : Transform.IDENTITY, 40);
            for (int back = 0; back < ring.size(); back++) {
                float value = (i - back) * (i - back);
                float u = ring.columns().u()[ring.end() - 1 - back];
                assertEquals(i < 60 ? i - back : value, u);
            }
        }
        assertArrayEquals(new float[] {99 * 99, 100 * 100}, new float[] {ring.raw(1), ring.raw(0)});
    }

    /** Seen afresh at each step: by a tangent while one of the newest values needs it, else by the logarithm. */
    @Test
    void valuesThatALogarithmDoesNotTellApartAreTakenByATangentWhileTheyAreLookedAt() {
        var random = new Random(3);
        for (int trial = 0; trial < 40; trial++) {
            int window = 1 + random.nextInt(60);
            var ring = new Ring(window + random.nextInt(20));
            for (int step = 0; step < 300; step++) {
                int sizeBefore = ring.size();
                float displaced = ring.push(random.nextInt(30) == 0 ? -random.nextInt(9) : 1 + random.nextInt(99));
                if (random.nextInt(4) == 0) {
                    ring.undo(displaced, sizeBefore);
                }
                if (random.nextInt(50) == 0) {
                    ring = readBack(ring);
                }
                ring.fit(random.nextInt(50) == 0 ? Transform.SQRT : Transform.LOG, window);
                ring.fit(Transform.LOG, window);
                assertTaken(ring, window);
            }
        }
    }

    private static void assertTaken(Ring ring, int window) {
        double least = 1;
        double most = 0;
        for (int back = 0; back < Math.min(window, ring.size()); back++) {
            least = Math.min(least, ring.raw(back));
            most = Math.max(most, Math.abs(ring.raw(back)));
        }
        assertEquals(least < 1, ring.tangent() != null);
        for (int back = 0; back < Math.min(window, ring.size()); back++) {
            double value = ring.raw(back);
            double straight = Math.log(Math.max(most, 1e-9)) + value / Math.max(most, 1e-9) - 1;
            assertEquals(least < 1 ? straight : Math.log(value), ring.columns().u()[ring.end() - 1 - back], 1e-6);
        }
    }

    @Test
    void aFewValuesTakeLittleRoom() {
        var ring = new Ring(336);
        for (int i = 0; i < 10; i++) {
            ring.push(i);
        }
        assertTrue(ring.columns().u().length <= 32, "room for " + ring.columns().u().length);
        assertTrue(readBack(ring).columns().u().length <= 32);
        assertEquals(336, ring.capacity());
    }
}

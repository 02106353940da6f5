package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    /** Every float's bits, this many apart, is looked at: about 4 million of each sign. A prime, to meet all low bits. */
    private static final int STRIDE = 509;

    private static final float[] SPECIAL = {
        0f,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        1e-30f,
        1e-8f,
        0.5f,
        1f,
        9f,
        10f,
        14f,
        19.999998f,
        20f,
        20.000002f,
        88f,
        1e30f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY
    };

    @Test
    void sigmoidStaysWithinItsErrorOverTheWholeFloatRange() {
        forAllFloats(x -> {
            var exact = 1 / (1 + StrictMath.exp(-(double) x));
            var error = Math.abs(Activations.sigmoid(x) - exact);
            assertTrue(error <= 1.25e-7, () -> x + ": error " + error);
            assertTrue(error <= 3e-6 * exact + 2.1e-9, () -> x + ": relative error " + error / exact);
        });
    }

    @Test
    void tanhStaysWithinItsErrorOverTheWholeFloatRange() {
        forAllFloats(x -> {
            var exact = StrictMath.tanh(x);
            var error = Math.abs(Activations.tanh(x) - exact);
            assertTrue(error <= 2e-7, () -> x + ": error " + error);
            assertTrue(
                    Math.abs(x) <= 1e-36 || error <= 6e-7 * Math.abs(exact),
                    () -> x + ": relative error " + error / Math.abs(exact));
        });
    }

    @Test
    void decayStaysWithinItsErrorAndNeverIncreasesFromAnyFloatToTheNext() {
        forAllFloats(x -> {
            if (x >= 0) {
                var exact = StrictMath.exp(-(double) x);
                var error = Math.abs(Activations.decay(x) - exact);
                assertTrue(error <= 2e-7, () -> x + ": error " + error);
                assertTrue(error <= 3e-6 * exact + 2.1e-9, () -> x + ": relative error " + error / exact);
                assertTrue(Activations.decay(Math.nextUp(x)) <= Activations.decay(x), () -> "decay rises after " + x);
            }
        });
        assertEquals(1f, Activations.decay(0));
        assertEquals(0f, Activations.decay(20));
        assertEquals(0f, Activations.decay(Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(Activations.decay(Float.NaN)));
    }

    @Test
    void neitherEverDecreasesFromOneSampleToTheNextNorToTheNextFloat() {
        forAllFloats(x -> {
            var next = Math.nextUp(x);
            assertTrue(Activations.sigmoid(next) >= Activations.sigmoid(x), () -> "sigmoid falls after " + x);
            assertTrue(Activations.tanh(next) >= Activations.tanh(x), () -> "tanh falls after " + x);
        });
        var steps = 4_000_000;
        for (var i = -steps; i < steps; i++) {
            var x = i * 25f / steps;
            var next = (i + 1) * 25f / steps;
            assertTrue(Activations.sigmoid(next) >= Activations.sigmoid(x), () -> "sigmoid falls after " + x);
            assertTrue(Activations.tanh(next) >= Activations.tanh(x), () -> "tanh falls after " + x);
        }
    }

    @Test
    void bothAreSymmetric() {
        forAllFloats(x -> {
            assertEquals(-Activations.tanh(x), Activations.tanh(-x));
            var both = (double) Activations.sigmoid(x) + Activations.sigmoid(-x);
            assertEquals(1, both, 6e-8, () -> "sigmoid at " + x + " and its negative");
        });
    }

    @Test
    void limitsAreExactAndNanStaysNan() {
        assertEquals(0f, Activations.sigmoid(Float.NEGATIVE_INFINITY));
        assertEquals(1f, Activations.sigmoid(Float.POSITIVE_INFINITY));
        assertEquals(0.5f, Activations.sigmoid(0f));
        assertEquals(0.5f, Activations.sigmoid(-0f));
        assertEquals(-1f, Activations.tanh(Float.NEGATIVE_INFINITY));
        assertEquals(1f, Activations.tanh(Float.POSITIVE_INFINITY));
        assertEquals(0f, Activations.tanh(0f));
        assertEquals(-0f, Activations.tanh(-0f));
        assertTrue(Float.isNaN(Activations.sigmoid(Float.NaN)));
        assertTrue(Float.isNaN(Activations.tanh(Float.NaN)));
    }

    @Test
    void arraysGiveTheBitsOfSingleNumbersAndLeaveTheRestAlone() {
        var x = new float[1003];
        for (var i = 0; i < x.length; i++) {
            x[i] = (i - 500) * 0.047f;
        }
        x[17] = Float.NaN;
        var decays = x.clone();
        var sigmoids = x.clone();
        var tangents = x.clone();
        var work = new float[x.length];
        for (var pass = 0; pass < 2_000; pass++) { // long enough for the compiled loops to be the ones compared
            System.arraycopy(x, 0, sigmoids, 0, x.length);
            System.arraycopy(x, 0, tangents, 0, x.length);
            Activations.sigmoid(sigmoids, work, 1000);
            Activations.tanh(tangents, work, 1000);
            for (var i = 0; i < x.length; i++) {
                decays[i] = Math.abs(x[i]);
            }
            Activations.decay(decays, 1000);
        }
        for (var i = 0; i < x.length; i++) {
            var inside = i < 1000;
            assertEquals(inside ? Activations.sigmoid(x[i]) : x[i], sigmoids[i]);
            assertEquals(inside ? Activations.tanh(x[i]) : x[i], tangents[i]);
            assertEquals(inside ? Activations.decay(Math.abs(x[i])) : Math.abs(x[i]), decays[i]);
        }
    }

    @Test
    void theBitsAreTheseOnEveryJdk() {
        var hash = 17L;
        for (var bits = 0; bits <= 0x42000000; bits += 4_099) {
            var x = Float.intBitsToFloat(bits);
            hash = 31 * hash + Float.floatToRawIntBits(Activations.sigmoid(x));
            hash = 31 * hash + Float.floatToRawIntBits(Activations.sigmoid(-x));
            hash = 31 * hash + Float.floatToRawIntBits(Activations.tanh(x));
        }
        assertEquals(-9014732639484502694L, hash);
        var ofDecay = 17L;
        for (var bits = 0; bits <= 0x42000000; bits += 4_099) {
            ofDecay = 31 * ofDecay + Float.floatToRawIntBits(Activations.decay(Float.intBitsToFloat(bits)));
        }
        assertEquals(-3568489506418961373L, ofDecay);
    }

    private interface Check {
        void at(float x);
    }

    /** Every STRIDE-th float of both signs, so every exponent many times, and the special ones. */
    private static void forAllFloats(Check check) {
        var last = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        IntStream.iterate(0, bits -> bits >= 0 && bits <= last, bits -> bits + STRIDE)
                .forEach(bits -> both(check, Float.intBitsToFloat(bits)));
        for (var x : SPECIAL) {
            both(check, x);
        }
    }

    private static void both(Check check, float x) {
        check.at(x);
        check.at(-x);
    }
}

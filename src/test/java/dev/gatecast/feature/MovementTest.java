package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MovementTest {
    private static final int VALUES = 2_000;

    @Test
    void isLostWhereACounterGrowsByLessThanFloatsAreApart() {
        assertTrue(of(row -> 5e8 + 2 * row).isLost());
        assertTrue(of(row -> -5e8 - 2 * row).isLost());
        assertTrue(of(row -> 9.9e7 + 2 * row).isLost());
        assertFalse(of(row -> 1.2e7 + 2 * row).isLost());
        assertFalse(of(row -> 2 * row).isLost());
    }

    @Test
    void isNotLostWhereHardlyAnythingMoves() {
        assertFalse(of(row -> 5e8).isLost());
        assertFalse(of(row -> row % 100 == 0 ? Double.NaN : 5e8).isLost());
        assertFalse(of(row -> 5e8 + 100 * Math.floorDiv(row, 500)).isLost());
        assertFalse(of(row -> 20 + 1e-6 * (row % 3)).isLost(), "a constant but for the noise of its last digit");
        assertFalse(new Movement().isLost());
        assertFalse(of(row -> row == 0 ? 5e8 : Double.NaN).isLost());
    }

    @Test
    void isNotLostInPrices() {
        var random = new Random(1);
        var price = new double[] {50_000};
        assertFalse(of(row -> price[0] += 5 * random.nextGaussian()).isLost());
        price[0] = 100_000;
        assertFalse(of(row -> price[0] += 0.01 * Math.round(10 * random.nextGaussian()))
                .isLost());
    }

    @Test
    void saysWhatToDo() {
        assertEquals(
                "the movement of m3 is lost: a model keeps values as 32-bit floats, about 7 digits, and values up to"
                        + " 500003998 that move by 2.0 from one to the next need more, as floats are 32 apart there;"
                        + " give the difference from one value to the next in their place, or subtract a constant from the"
                        + " values",
                of(row -> 5e8 + 2 * row).text("m3"));
    }

    @Test
    void doesNotTellToSubtractAConstantWhereThatIsOfNoUse() {
        var growing = new Movement();
        for (int row = 0; row < 2_000_000; row++) {
            growing.add(1e9 + 0.05 * row);
        }
        var text = growing.text("m");
        assertTrue(text.endsWith("; give the difference from one value to the next in their place"), text);
    }

    private static Movement of(IntToDoubleFunction value) {
        var movement = new Movement();
        for (int row = 0; row < VALUES; row++) {
            movement.add(value.applyAsDouble(row));
        }
        return movement;
    }
}

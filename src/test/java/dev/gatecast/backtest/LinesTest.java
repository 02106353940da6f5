package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static String text(float value) {
        return new Lines().number(value).toString();
    }

    private static String text(double value) {
        return new Lines().number(value).toString();
    }

    @Test
    void aFloatReadBackIsTheSameFloat() {
        var random = new Random(1);
        for (var i = 0; i < 300_000; i++) {
            var value = Float.intBitsToFloat(random.nextInt());
            var text = text(value);
            assertEquals(Float.floatToIntBits(value), Float.floatToIntBits(Float.parseFloat(text)), text);
            var usual = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 2));
            assertEquals(usual, Float.parseFloat(text(usual)), text(usual));
            assertEquals(usual, (float) Double.parseDouble(text(usual)), text(usual));
            assertTrue(text(usual).length() <= Float.toString(usual).length() + 1, text(usual) + " of " + usual);
        }
    }

    @Test
    void aDoubleReadBackIsTheSameDouble() {
        var random = new Random(2);
        for (var i = 0; i < 300_000; i++) {
            var value = Double.longBitsToDouble(random.nextLong());
            assertEquals(value, Double.parseDouble(text(value)), text(value));
            var usual = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 2);
            assertEquals(usual, Double.parseDouble(text(usual)), text(usual));
            var decimal = Math.rint(usual * 1000) / 1000;
            assertEquals(decimal, Double.parseDouble(text(decimal)), text(decimal));
            assertTrue(text(decimal).length() <= Double.toString(decimal).length(), text(decimal) + " of " + decimal);
        }
    }

    @Test
    void numbersReadAsOneWouldWriteThem() {
        assertEquals("12.5", text(12.5f));
        assertEquals("42.0", text(42.0));
        assertEquals("-0.1", text(-0.1f));
        assertEquals("0.0", text(0f));
        assertEquals("-0.0", text(-0.0));
        assertEquals("100.0", text(100.0));
        assertEquals("0.001", text(0.001f));
        assertEquals("9999999.0", text(9_999_999.0));
        assertEquals("NaN", text(Double.NaN));
        assertEquals("5.827000141143799", text(5.827000141143799));
        assertEquals("0", new Lines().whole(0).toString());
        assertEquals("-120", new Lines().whole(-120).toString());
        assertEquals(
                Long.toString(Long.MAX_VALUE), new Lines().whole(Long.MAX_VALUE).toString());
        assertEquals(
                Long.toString(Long.MIN_VALUE), new Lines().whole(Long.MIN_VALUE).toString());
    }

    @Test
    void cellsAreQuotedWhereTheyNeedIt() {
        assertEquals(
                "a,\"b,c\",\"say \"\"hi\"\"\",é",
                new Lines()
                        .cell("a")
                        .comma()
                        .cell("b,c")
                        .comma()
                        .cell("say \"hi\"")
                        .comma()
                        .cell("é")
                        .toString());
    }
}

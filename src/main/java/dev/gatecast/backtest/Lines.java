package dev.gatecast.backtest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of CSV as bytes. Numbers are as short as they can be to give the same number back, found by IEEE arithmetic
 * alone: several times faster than the JDK's own, and the same text on every JDK.
 */
final class Lines {
    private static final int FIRST_ROOM = 1 << 12;
    private static final int LONGEST_NUMBER = 32;

    /** 10^0 to 10^22, all exact. */
    private static final double[] TENS = new double[23];

    static {
        TENS[0] = 1;
        for (var i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private static final double LARGEST_WHOLE = 1L << 53;
    private static final double LEAST_PLAIN = 1e-3;
    private static final double LARGEST_PLAIN = 1e7;
    private static final int FLOAT_DIGITS = 9;
    private static final int DOUBLE_DIGITS = 15;

    private byte[] bytes = new byte[FIRST_ROOM];
    private int length;

    /** Bytes written so far. */
    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void writeTo(OutputStream out, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    Lines comma() {
        return put((byte) ',');
    }

    Lines end() {
        return put((byte) '\n');
    }

    private Lines put(byte one) {
        room(1);
        bytes[length++] = one;
        return this;
    }

    /** Bytes as they are. Not modified. */
    Lines raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** A cell, in quotes where it needs them. */
    Lines cell(String text) {
        return raw(quoted(text));
    }

    /** The bytes of a cell, in quotes where it needs them. */
    static byte[] quoted(String text) {
        var special = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        var cell = special && !text.isEmpty() ? '"' + text.replace("\"", "\"\"") + '"' : text;
        return cell.getBytes(StandardCharsets.UTF_8);
    }

    /** A whole number. */
    Lines whole(long value) {
        if (value < 0) {
            return value == Long.MIN_VALUE
                    ? ascii(Long.toString(value))
                    : put((byte) '-').whole(-value);
        }
        room(LONGEST_NUMBER);
        digits(value, count(value));
        return this;
    }

    private Lines ascii(String text) {
        return raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static int count(long value) {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void digits(long value, int count) {
        var rest = value;
        for (var at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /** A number, with at least one decimal; {@code NaN} where it is none. */
    Lines number(float value) {
        var size = Math.abs((double) value);
        if (!plain(size)) {
            return ascii(Float.toString(value));
        }
        var most = decimals(size, FLOAT_DIGITS);
        for (var decimals = Math.max(1, most - 3); decimals <= most; decimals++) {
            var whole = Math.rint(size * TENS[decimals]);
            var back = whole / TENS[decimals];
            if ((float) back == (float) size && !halfway(back)) {
                return decimal(value < 0, (long) whole, decimals);
            }
        }
        return ascii(Float.toString(value));
    }

    /** A number, with at least one decimal; {@code NaN} where it is none. */
    Lines number(double value) {
        var size = Math.abs(value);
        if (!plain(size)) {
            return ascii(Double.toString(value));
        }
        for (var decimals = 1; decimals <= decimals(size, DOUBLE_DIGITS); decimals++) {
            var whole = Math.rint(size * TENS[decimals]);
            if (whole < LARGEST_WHOLE && whole / TENS[decimals] == size) {
                return decimal(value < 0, (long) whole, decimals);
            }
        }
        return ascii(Double.toString(value));
    }

    /** Whether it is written without an exponent; -0 is not. */
    private static boolean plain(double size) {
        return size >= LEAST_PLAIN && size < LARGEST_PLAIN;
    }

    /** Decimals that give a number so many digits in all; leading zeros are none. */
    private static int decimals(double size, int digits) {
        var whole = 0;
        while (size >= TENS[whole]) {
            whole++;
        }
        var leading = 0;
        while (whole == 0 && size * TENS[leading + 1] < 1) {
            leading++;
        }
        return Math.max(1, digits - whole + leading);
    }

    /** Whether a double lies exactly between two floats: a reader of floats may round it the other way. */
    private static boolean halfway(double value) {
        return (Double.doubleToRawLongBits(value) & 0x1fffffffL) == 0x10000000L;
    }

    /** {@code whole / 10^decimals} without the zeros at its end. */
    private Lines decimal(boolean negative, long whole, int decimals) {
        room(LONGEST_NUMBER);
        var shown = decimals;
        var rest = whole;
        while (shown > 1 && rest % 10 == 0) {
            rest /= 10;
            shown--;
        }
        if (negative) {
            bytes[length++] = '-';
        }
        var unit = (long) TENS[shown];
        var before = rest / unit;
        digits(before, count(before));
        bytes[length++] = '.';
        digits(rest % unit, shown);
        return this;
    }
}

package dev.gatecast.event;

/**
 * Walks the numbers of a state in their fixed order. A state describes itself once
 * ({@code level = visitor.real(level)}); a writer returns what it was given, a reader returns what it read. So the
 * order of writing and of reading cannot differ.
 */
public interface FieldVisitor {
    /** Characters of the longest text. */
    int LONGEST_TEXT = 256;

    /** Whether this visitor replaces what it visits; a writer leaves everything as it is. */
    boolean reads();

    /** Visits a truth value. */
    boolean flag(boolean value);

    /** Visits a whole number; small ones are cheap. */
    long whole(long value);

    /** Visits a double, bit for bit. */
    double real(double value);

    /** Visits a float, bit for bit. */
    float single(float value);

    /** Visits a short text, character by character. */
    default String text(String value) {
        int length = (int) whole(value.length());
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IllegalArgumentException("text: expected 0 to " + LONGEST_TEXT + " characters, got " + length);
        }
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) whole(reads() ? 0 : value.charAt(i)));
        }
        return reads() ? text.toString() : value;
    }

    /** Visits small non-negative counts. {@code values} Modified by a reader. */
    void counts(int[] values);

    /** Visits counts that were kept in half the room. {@code values} Modified by a reader. */
    default void counts(short[] values) {
        var wide = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        counts(wide);
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) atMost(wide[i], Short.MAX_VALUE);
        }
    }

    /** Visits counts that were kept in a quarter of the room. {@code values} Modified by a reader. */
    default void counts(byte[] values) {
        var wide = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        counts(wide);
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) atMost(wide[i], Byte.MAX_VALUE);
        }
    }

    private static int atMost(int count, int most) {
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("count: expected 0 to " + most + ", got " + count);
        }
        return count;
    }

    /** Visits doubles, bit for bit. {@code values} Modified by a reader. */
    void reals(double[] values);

    /** Visits floats, bit for bit. {@code values} Modified by a reader. */
    void singles(float[] values);
}

package dev.gatecast.feature;

/**
 * Where values from before a change of clocks stand among the newest ones: at the local time that they had. Ages are steps
 * before the newest value. Scratch of one thread.
 */
public final class Shift {
    private int first = Integer.MAX_VALUE; // least age from before the change
    private int steps; // by which the clocks went forward, negative: back

    /** There was no change. */
    void none() {
        first = Integer.MAX_VALUE;
    }

    /**
     * Clocks were changed.
     *
     * @param firstAge the least age from before it
     * @param forward steps by which they went forward, negative: back
     */
    void at(int firstAge, int forward) {
        first = firstAge;
        steps = forward;
    }

    /** The age of the value that is to be looked at for an age, of {@code size} values that there are. */
    public int age(int age, int size) {
        return age < first ? age : Math.max(0, Math.min(size - 1, age - steps));
    }

    /**
     * Moves values from before the change, which lie newest last up to the end.
     *
     * @param u Not modified.
     * @param end one past the newest value
     * @param size how many there are
     * @param out values of {@code u} up to {@code end}. Modified from {@code from} on.
     */
    void move(float[] u, int end, int size, float[] out, int from) {
        int oldest = out.length - 1 - from;
        for (int age = oldest; age >= first; age--) {
            out[out.length - 1 - age] = u[end - 1 - age(age, size)];
        }
    }
}

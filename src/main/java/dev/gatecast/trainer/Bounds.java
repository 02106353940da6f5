package dev.gatecast.trainer;

/** Checks of settings. Apart from them, so that a part of the settings can be made before the whole. */
final class Bounds {
    private Bounds() {}

    /** Throws IllegalArgumentException with what was expected and what came. */
    static void require(boolean holds, String expected, Number actual) {
        if (!holds) {
            throw new IllegalArgumentException(expected + " expected, got " + actual);
        }
    }
}

package dev.gatecast.model;

/** The check of quantile levels. */
final class Levels {
    private Levels() {}

    static void check(int expected, float[] levels) {
        if (levels.length != expected) {
            throw new IllegalArgumentException("levels: expected " + expected + " values, actual " + levels.length);
        }
        check(levels);
    }

    static void check(float[] levels) {
        for (var i = 0; i < levels.length; i++) {
            if (!(levels[i] > (i == 0 ? 0 : levels[i - 1]) && levels[i] < 1)) {
                throw new IllegalArgumentException(
                        "level " + i + ": expected ascending numbers between 0 and 1, actual " + levels[i]);
            }
        }
    }
}

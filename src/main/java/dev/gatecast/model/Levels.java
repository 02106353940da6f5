package dev.gatecast.model;

/** The check of quantile levels. */
final class Levels {
    private Levels() {}

    static void check(Architecture architecture, float[] levels) {
        var expected = architecture.head().quantiles();
        if (levels.length != expected) {
            throw new IllegalArgumentException("levels: expected " + expected + " values, actual " + levels.length);
        }
        for (var i = 0; i < expected; i++) {
            if (!(levels[i] > (i == 0 ? 0 : levels[i - 1]) && levels[i] < 1)) {
                throw new IllegalArgumentException(
                        "level " + i + ": expected ascending numbers between 0 and 1, actual " + levels[i]);
            }
        }
    }
}

package dev.gatecast.app;

import java.util.Locale;

/**
 * What a measured figure should at least be, and whether it is.
 *
 * @param wanted in words
 * @param met whether the figure is as wanted
 */
record BenchBar(String wanted, boolean met) {
    /** Hidden units that the bars are for. */
    static final int HIDDEN = 64;

    /** The load that the topology's bar is for, in words. */
    static final String LOAD = "10,000 entities and hidden " + HIDDEN;

    private static final int ENTITIES = 10_000;
    private static final double TIMES = 3;
    private static final double SHARE = 0.6;
    private static final double TICKS = 60_000;
    private static final double TICKS_OF_STEPS = 150_000; // where the head is rare

    static BenchBar of(CellBench.Speed speed) {
        return new BenchBar(
                String.format(Locale.ROOT, "at least %.1f x, 0 bytes", TIMES),
                speed.ratio() >= TIMES && speed.allocated() == 0);
    }

    static BenchBar of(BenchShare kept) {
        return new BenchBar(String.format(Locale.ROOT, "at least %.0f %%", 100 * SHARE), kept.median() >= SHARE);
    }

    static BenchBar of(BacktestBench.Speed speed) {
        var least = speed.load().every() == 1 ? TICKS : TICKS_OF_STEPS;
        return new BenchBar(String.format(Locale.ROOT, "at least %,.0f", least), speed.median() >= least);
    }

    /** Whether the topology's bar is for such a load. */
    static boolean isFor(int entities, int hidden) {
        return entities == ENTITIES && hidden == HIDDEN;
    }

    String text() {
        return "bar: " + wanted + (met ? ", met" : ", MISSED");
    }
}

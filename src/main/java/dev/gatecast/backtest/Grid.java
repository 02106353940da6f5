package dev.gatecast.backtest;

/**
 * How an entity's ticks are numbered and how far ahead is looked.
 *
 * @param slots the steps
 * @param horizons steps ahead
 * @param seasons those of the simple contenders
 * @param hasPast whether the replay begins with a past that is not judged
 */
record Grid(Slots slots, int horizons, GridSeasons seasons, boolean hasPast) {
    /** The season of the differences that errors are scaled by, at least 1. */
    int mainSeason() {
        return seasons.main();
    }
}

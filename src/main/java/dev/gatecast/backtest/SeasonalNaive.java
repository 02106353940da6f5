package dev.gatecast.backtest;

/** The value one season before the target; the last value where that is unknown. */
final class SeasonalNaive implements Contender {
    private final int season;

    SeasonalNaive(int season) {
        this.season = season;
    }

    @Override
    public String name() {
        return "seasonal-" + season;
    }

    @Override
    public int reach() {
        return season;
    }

    @Override
    public double forecast(Window window, long madeAt, int horizon) {
        var seasonsBack = horizon <= season ? 1 : (horizon + season - 1) / season;
        var before = window.get(madeAt + horizon - (long) season * seasonsBack);
        return Double.isNaN(before) ? window.get(madeAt) : before;
    }
}

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
    public void forecast(Window window, double[] into) {
        var now = window.newest();
        for (var h = 1; h <= into.length; h++) {
            var before = window.get(now + h - (long) season * ((h + season - 1) / season));
            into[h - 1] = Double.isNaN(before) ? window.get(now) : before;
        }
    }
}

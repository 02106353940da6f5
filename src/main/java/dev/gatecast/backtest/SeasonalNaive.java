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
    public void forecast(Window window, long madeAt, double[] into) {
        for (var h = 0; h < into.length; h++) {
            var ago = season - 1 - h % season;
            var before = window.get(madeAt - ago);
            into[h] = Double.isNaN(before) ? window.get(madeAt) : before;
        }
    }
}

package dev.gatecast.backtest;

/** The last value, repeated. */
final class LastValue implements Contender {
    @Override
    public String name() {
        return "last-value";
    }

    @Override
    public int reach() {
        return 1;
    }

    @Override
    public double forecast(Window window, long madeAt, int horizon) {
        return window.get(madeAt);
    }
}

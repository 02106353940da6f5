package dev.gatecast.backtest;

import java.util.Arrays;

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
    public void forecast(Window window, long madeAt, double[] into) {
        Arrays.fill(into, window.get(madeAt));
    }
}

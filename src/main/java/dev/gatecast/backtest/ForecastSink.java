package dev.gatecast.backtest;

/** Takes forecasts once all their actual values are known, or the data has ended. */
interface ForecastSink {
    /**
     * One forecast with what came.
     *
     * @param window holds the values that came after it
     * @param last whether it was made at the last tick of its entity
     */
    void forecast(Pending made, Window window, boolean last);
}

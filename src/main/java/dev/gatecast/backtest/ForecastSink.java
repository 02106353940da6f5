package dev.gatecast.backtest;

/** Takes forecasts once their actual values are known, or the data has ended. */
interface ForecastSink {
    /**
     * One forecast with what came.
     *
     * @param last whether it was made at the last tick of its entity
     */
    void forecast(Pending made, boolean last);
}

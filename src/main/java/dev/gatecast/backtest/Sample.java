package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.util.ArrayDeque;
import java.util.List;

/** What the charts show of one entity: its last values, some of its last forecasts, and all its values coarsely. */
final class Sample {
    private static final int VALUES = 360;

    /** Entities that are drawn. */
    static final int ENTITIES = 100;

    private final int every;
    private final ArrayDeque<Point> values = new ArrayDeque<>();
    private final ArrayDeque<Forecast> forecasts = new ArrayDeque<>();
    private final Outline outline = new Outline();
    private long made;

    /** @param every a forecast out of so many is kept */
    Sample(int every) {
        this.every = every;
    }

    /**
     * One value.
     *
     * @param time milliseconds since the epoch, or a row number
     * @param value in the entity's units
     */
    record Point(long time, double value) {}

    void value(Tick tick) {
        if (values.size() == VALUES) {
            values.remove();
        }
        values.add(new Point(tick.time(), tick.values()[0]));
        outline.add(tick.time(), tick.values()[0]);
    }

    /** One forecast, whose arrays may be used for something else later. */
    void forecast(Forecast forecast) {
        if (made++ % every == 0) {
            if (forecasts.size() > VALUES / every) {
                forecasts.remove();
            }
            forecasts.add(forecast.withNumbers(
                    forecast.values().clone(), forecast.means().clone()));
        }
    }

    /** The last values, oldest first. */
    List<Point> values() {
        return List.copyOf(values);
    }

    /** Some of the last forecasts, oldest first. */
    List<Forecast> forecasts() {
        return List.copyOf(forecasts);
    }

    Outline outline() {
        return outline;
    }
}

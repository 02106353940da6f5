package dev.gatecast.backtest;

import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Governing;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the replay holds of one entity. */
final class Track {
    final String entity;
    final EntityState state;
    final Window window;

    /** Forecasts that wait for actual values, oldest first; at most one a horizon. */
    final ArrayDeque<Pending> pending = new ArrayDeque<>();

    /** Ticks taken in. */
    long ticks;

    /** What governed the last tick. */
    @Nullable Governing governing;

    private double differences;
    private long differenceCount;

    Track(String entity, EntityState state, Window window) {
        this.entity = entity;
        this.state = state;
        this.window = window;
    }

    /** Takes |x[t] - x[t - season]| in. */
    void addDifference(double difference) {
        differences += difference;
        differenceCount++;
    }

    /** Mean seasonal difference so far; 0 where there is none. */
    double scale() {
        return differenceCount == 0 ? 0 : differences / differenceCount;
    }
}

package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for the numbers of forecasts that wait, each used again when its forecast has left: a forecast lives for as many
 * ticks as all entities bring within its reach, and the collector would copy the numbers of most of them. One a lane.
 */
final class Shelf {
    private final Pile values = new Pile();
    private final Pile means = new Pile();
    private final Pile atOnce = new Pile();

    /** Arrays that are free. The one put back last is taken first, as it is likely in the cache. */
    private static final class Pile {
        private final ArrayDeque<float[]> free = new ArrayDeque<>();

        float[] take(int length) {
            var array = free.pollLast();
            return array != null && array.length == length ? array : new float[length];
        }

        float[] copy(float[] numbers) {
            var array = take(numbers.length);
            System.arraycopy(numbers, 0, array, 0, array.length);
            return array;
        }

        void put(float[] array) {
            if (array.length > 0) {
                free.addLast(array);
            }
        }
    }

    /** Moves the numbers of what was forecast into arrays from here. {@code made} Modified. */
    void keep(Pending made) {
        made.forecast = copy(made.forecast);
        for (var r = 0; r < made.rivals.length; r++) {
            made.rivals[r] = copy(made.rivals[r]);
        }
    }

    private @Nullable Forecast copy(@Nullable Forecast forecast) {
        return forecast == null
                ? null
                : forecast.withNumbers(values.copy(forecast.values()), means.copy(forecast.means()));
    }

    /** Room for what the contenders that forecast at once say; it holds anything. */
    float[] atOnce(int length) {
        return atOnce.take(length);
    }

    /** Takes the arrays of a forecast that nobody reads any more. */
    void put(Pending left) {
        put(left.forecast);
        for (var rival : left.rivals) {
            put(rival);
        }
        atOnce.put(left.atOnce);
    }

    private void put(@Nullable Forecast forecast) {
        if (forecast != null) {
            values.put(forecast.values());
            means.put(forecast.means());
        }
    }
}

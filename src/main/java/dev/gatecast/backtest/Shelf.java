package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for the numbers of forecasts that wait, each used again when its forecast has left: a forecast lives for as many
 * ticks as all entities bring within its reach, and the collector would copy the numbers of most of them. One a lane.
 */
final class Shelf {
    private final List<Pile> piles = new ArrayList<>(); // one a length; there are two or three

    /**
     * Arrays that are free.
     *
     * @param length of each
     * @param free the one put back last is taken first, as it is likely in the cache
     */
    private record Pile(int length, ArrayDeque<float[]> free) {}

    private Pile pile(int length) {
        for (var i = 0; i < piles.size(); i++) {
            if (piles.get(i).length == length) {
                return piles.get(i);
            }
        }
        var pile = new Pile(length, new ArrayDeque<>());
        piles.add(pile);
        return pile;
    }

    /** An array of a length; it holds anything. */
    float[] take(int length) {
        var array = pile(length).free.pollLast();
        return array == null ? new float[length] : array;
    }

    /** Copies the numbers of what was forecast, which somebody else may go on reading, into arrays from here. {@code made} Modified. */
    void keep(Pending made) {
        made.forecast = copy(made.forecast);
        for (var r = 0; r < made.rivals.length; r++) {
            made.rivals[r] = copy(made.rivals[r]);
        }
    }

    private @Nullable Forecast copy(@Nullable Forecast forecast) {
        return forecast == null ? null : forecast.withNumbers(copy(forecast.values()), copy(forecast.means()));
    }

    private float[] copy(float[] numbers) {
        var array = take(numbers.length);
        System.arraycopy(numbers, 0, array, 0, array.length);
        return array;
    }

    /** Takes the arrays of a forecast that nobody reads any more. */
    void put(Pending left) {
        put(left.forecast);
        for (var rival : left.rivals) {
            put(rival);
        }
        put(left.atOnce);
    }

    private void put(@Nullable Forecast forecast) {
        if (forecast != null) {
            put(forecast.values());
            put(forecast.means());
        }
    }

    private void put(float[] array) {
        if (array.length > 0) {
            pile(array.length).free.addLast(array);
        }
    }
}

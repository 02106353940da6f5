package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;

/** A long series in a few hundred stretches, each with its least and largest value. */
final class Outline {
    private static final int MOST = 800;

    private final List<Stretch> stretches = new ArrayList<>();
    private int ticksEach = 1;
    private int ticksOfLast;

    /**
     * Some ticks in a row.
     *
     * @param from time of the first
     * @param least their least value
     * @param largest their largest value
     */
    record Stretch(long from, double least, double largest) {
        Stretch with(double value) {
            return new Stretch(from, Math.min(least, value), Math.max(largest, value));
        }

        Stretch with(Stretch later) {
            return new Stretch(from, Math.min(least, later.least), Math.max(largest, later.largest));
        }
    }

    void add(long time, double value) {
        var last = stretches.size() - 1;
        if (last >= 0 && ticksOfLast < ticksEach) {
            stretches.set(last, stretches.get(last).with(value));
            ticksOfLast++;
            return;
        }
        if (stretches.size() == MOST) {
            halve();
        }
        stretches.add(new Stretch(time, value, value));
        ticksOfLast = 1;
    }

    private void halve() {
        for (var i = 0; i < MOST / 2; i++) {
            stretches.set(i, stretches.get(2 * i).with(stretches.get(2 * i + 1)));
        }
        stretches.subList(MOST / 2, MOST).clear();
        ticksEach *= 2;
    }

    List<Stretch> stretches() {
        return List.copyOf(stretches);
    }
}

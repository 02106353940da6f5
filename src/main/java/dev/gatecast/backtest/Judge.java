package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds every forecast until its actual values have come, and judges it beside the contenders. What is made while the
 * past lasts is forgotten, but for the forecast of an entity's last tick of it.
 */
final class Judge {
    private static final double[] NOTHING = {};

    private final Grid grid;
    private final List<Contender> contenders;
    private final List<PointErrors> errors = new ArrayList<>(); // (contenders)
    private final PointErrors model;
    private final ForecastSink sink;
    private @Nullable QuantileErrors quantiles;
    private long judged;

    Judge(Grid grid, List<Contender> contenders, ForecastSink sink) {
        this.grid = grid;
        this.contenders = List.copyOf(contenders);
        this.sink = sink;
        model = new PointErrors(grid.horizons());
        contenders.forEach(unused -> errors.add(new PointErrors(grid.horizons())));
    }

    /** A window that keeps what the contenders look up and what the files tell. */
    Window window() {
        var reach = contenders.stream().mapToInt(Contender::reach).max().orElse(1);
        var slots = grid.horizons() + Math.max(reach, grid.mainSeason()) + 1;
        return new Window(slots, grid.slots().cadence() == 0);
    }

    /**
     * Takes a tick in, after the entity's state has.
     *
     * @param past whether it belongs to what may be trained on
     * @param forecast made at this tick; null where there is none
     * @param made whether forecasts of this tick are judged at all
     */
    void tick(Track track, Tick tick, boolean past, @Nullable Forecast forecast, boolean made) {
        var slot = grid.slots().of(tick.time(), track.ticks);
        forgetOrFinish(track, past);
        if (track.window.length() == 0 || slot > track.window.newest()) {
            settle(track, slot, tick.values()[0]);
            remember(track, slot, tick, past);
        }
        track.ticks++;
        if (made) {
            track.pending.add(new Pending(slot, tick.time(), past, forecast));
        }
    }

    private void forgetOrFinish(Track track, boolean past) {
        var newest = track.pending.peekLast();
        if (newest == null || newest.memories != null) {
            return;
        }
        if (newest.past && past) {
            track.pending.removeLast();
        } else {
            finish(track, newest);
        }
    }

    /** Contenders that remember do so late, when somebody wants it; the window is still that of the tick. */
    private void finish(Track track, Pending made) {
        made.scale = track.scale();
        made.memories = memories(track.window);
    }

    private double[][] memories(Window window) {
        var memories = new double[contenders.size()][];
        for (var c = 0; c < memories.length; c++) {
            memories[c] = NOTHING;
            if (contenders.get(c).remembers()) {
                memories[c] = new double[grid.horizons()];
                contenders.get(c).remember(window, memories[c]);
            }
        }
        return memories;
    }

    /** Judges all that waited for this slot; what is complete then leaves. */
    private void settle(Track track, long slot, double value) {
        for (var oldest = track.pending.peek();
                oldest != null && slot - oldest.slot > grid.horizons();
                oldest = track.pending.peek()) {
            leave(track, false);
        }
        for (var made : track.pending) {
            if (slot > made.slot && made.counts() && made.memories != null) {
                add(track.window, made, (int) (slot - made.slot), value, made.memories);
            }
        }
    }

    private void leave(Track track, boolean last) {
        sink.forecast(track.pending.remove(), track.window, last);
    }

    private void add(Window window, Pending made, int horizon, double actual, double[][] memories) {
        judged++;
        for (var c = 0; c < memories.length; c++) {
            var forecast = contenders.get(c).forecast(window, made.slot, horizon, memories[c]);
            errors.get(c).add(horizon, actual, forecast, made.scale);
        }
        var forecast = made.forecast;
        if (forecast == null) {
            return;
        }
        if (quantiles == null) {
            quantiles = new QuantileErrors(forecast.levels(), grid.horizons());
        }
        quantiles.add(horizon, actual, forecast.values());
        model.add(horizon, actual, forecast.quantile(horizon, median(forecast.levels())), made.scale);
    }

    private static int median(float[] levels) {
        for (var i = 0; i < levels.length; i++) {
            if (levels[i] == 0.5f) {
                return i;
            }
        }
        throw new IllegalStateException("a forecast without a median");
    }

    private void remember(Track track, long slot, Tick tick, boolean past) {
        var value = tick.values()[0];
        var before = track.window.get(slot - grid.mainSeason());
        if (!Double.isNaN(before) && (past || !grid.hasPast())) {
            track.addDifference(Math.abs(value - before));
        }
        track.window.put(slot, value, tick.time());
    }

    /**
     * Ends an entity: what still waits goes to the sink, the last forecast marked as such.
     *
     * @param last the forecast of the entity's last tick where none was made at it before; null where it was
     */
    void end(Track track, @Nullable Forecast last) {
        if (last != null) {
            track.pending.add(new Pending(track.window.newest(), last.madeAt(), false, last));
        }
        while (!track.pending.isEmpty()) {
            leave(track, track.pending.size() == 1);
        }
    }

    int horizons() {
        return grid.horizons();
    }

    /** Forecasts of single horizons that met their actual values. */
    long judged() {
        return judged;
    }

    /** All results so far. */
    Judgement judgement() {
        var points = new ArrayList<Judgement.Standing>();
        if (quantiles != null) {
            points.add(new Judgement.Standing(Judgement.MODEL, model));
        }
        for (var c = 0; c < contenders.size(); c++) {
            points.add(new Judgement.Standing(contenders.get(c).name(), errors.get(c)));
        }
        return new Judgement(grid.horizons(), points, quantiles);
    }
}

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
    private final Grid grid;
    private final List<Contender> contenders;
    private final List<PointErrors> errors = new ArrayList<>(); // (contenders)
    private final PointErrors model;
    private final ForecastSink sink;
    private final double[] point; // (horizons)
    private @Nullable QuantileErrors quantiles;
    private long judged;

    Judge(Grid grid, List<Contender> contenders, ForecastSink sink) {
        this.grid = grid;
        this.contenders = List.copyOf(contenders);
        this.sink = sink;
        model = new PointErrors(grid.horizons());
        point = new double[grid.horizons()];
        contenders.forEach(unused -> errors.add(new PointErrors(grid.horizons())));
    }

    /** How many slots a window has to keep. */
    int reach() {
        var reach = contenders.stream().mapToInt(Contender::reach).max().orElse(1);
        return Math.max(reach, grid.mainSeason() + 1);
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
        var value = tick.values()[0];
        forgetOrFinish(track, past);
        settle(track, slot, tick.time(), value);
        remember(track, slot, value, past);
        track.ticks++;
        if (made) {
            track.pending.add(new Pending(slot, tick.time(), past, forecast, grid.horizons()));
        }
    }

    private void forgetOrFinish(Track track, boolean past) {
        var newest = track.pending.peekLast();
        if (newest == null || newest.rivals.length > 0) {
            return;
        }
        if (newest.past && past) {
            track.pending.removeLast();
        } else {
            finish(track, newest);
        }
    }

    /** The contenders forecast late, when it is known that somebody wants it; their window is still that of the tick. */
    private void finish(Track track, Pending made) {
        made.scale = track.scale();
        made.rivals = new double[contenders.size() * point.length];
        for (var c = 0; c < contenders.size(); c++) {
            contenders.get(c).forecast(track.window, point);
            System.arraycopy(point, 0, made.rivals, c * point.length, point.length);
        }
    }

    private void settle(Track track, long slot, long time, double value) {
        for (var made : track.pending) {
            var horizon = made.settle(slot, time, value);
            if (horizon > 0 && made.counts()) {
                add(made, horizon, value);
            }
        }
        for (var oldest = track.pending.peek(); oldest != null && oldest.done(slot); oldest = track.pending.peek()) {
            sink.forecast(oldest, false);
            track.pending.remove();
        }
    }

    private void add(Pending made, int horizon, double actual) {
        judged++;
        for (var c = 0; c < contenders.size(); c++) {
            errors.get(c).add(horizon, actual, made.rivals[c * point.length + horizon - 1], made.scale);
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

    private void remember(Track track, long slot, double value, boolean past) {
        var before = track.window.get(slot - grid.mainSeason());
        if (!Double.isNaN(before) && (past || !grid.hasPast())) {
            track.addDifference(Math.abs(value - before));
        }
        track.window.put(slot, value);
    }

    /**
     * Ends an entity: what still waits goes to the sink, the last forecast marked as such.
     *
     * @param last the forecast of the entity's last tick where none was made at it before; null where it was
     */
    void end(Track track, @Nullable Forecast last) {
        if (last != null) {
            track.pending.add(new Pending(track.window.newest(), last.madeAt(), false, last, grid.horizons()));
        }
        while (!track.pending.isEmpty()) {
            var made = track.pending.remove();
            sink.forecast(made, track.pending.isEmpty());
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

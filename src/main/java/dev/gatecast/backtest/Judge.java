package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds every forecast until its actual values have come, and judges it beside the rivals and contenders. What is made
 * while the past lasts is forgotten, but for the forecast of an entity's last tick of it. One a lane.
 */
final class Judge {
    private static final float[] NOTHING = {};

    private final Lineup lineup;
    private final Grid grid;
    private final Contender[] contenders;
    private final ForecastSink sink;
    private final Tally tally;
    private final PointErrors[] points; // (contenders), the tally's
    private final double[] scratch; // (horizons)
    private @Nullable Sums sums;
    private float[] levels = {}; // of the last forecast
    private int medianAt; // place of the median among them
    private double[] byHorizon = {}; // of the forecast that is judged, laid out by the tally

    Judge(Lineup lineup, ForecastSink sink) {
        this.lineup = lineup;
        this.sink = sink;
        grid = lineup.grid();
        contenders = lineup.contenders().get().toArray(Contender[]::new);
        tally = lineup.tally();
        points = tally.points.toArray(PointErrors[]::new);
        scratch = new double[grid.horizons()];
    }

    /** A window that keeps what the contenders look up and what the files tell. */
    Window window() {
        var reach = Arrays.stream(contenders).mapToInt(Contender::reach).max().orElse(1);
        var slots = grid.horizons() + Math.max(reach, grid.mainSeason()) + 1;
        return new Window(slots, grid.slots().cadence() == 0);
    }

    /** What the contenders keep of a new entity, (contenders). */
    double[][] memories() {
        return Arrays.stream(contenders).map(Contender::memory).toArray(double[][]::new);
    }

    /** The sums so far. */
    Tally tally() {
        return tally;
    }

    /** The number of a tick's step. */
    long slot(Track track, Tick tick) {
        return grid.slots().of(tick.time(), track.ticks);
    }

    /**
     * Takes a tick in, after the entity's state has.
     *
     * @param made what was forecast at this tick; null where nothing of it is judged
     */
    void tick(Track track, Tick tick, boolean past, @Nullable Pending made) {
        var slot = slot(track, tick);
        forgetOrFinish(track, past);
        if (track.window.length() == 0 || slot > track.window.newest()) {
            if (!tick.missing()) {
                settle(track, slot, tick);
            }
            remember(track, slot, tick, past);
        }
        track.ticks++;
        if (made != null) {
            track.pending.add(made);
        }
    }

    private void forgetOrFinish(Track track, boolean past) {
        var newest = track.pending.peekLast();
        if (newest == null || newest.memories != null) {
            return;
        }
        if ((newest.past && past) || !(lineup.output().keepsAll() || newest.counts())) {
            track.pending.removeLast();
        } else {
            finish(track, newest);
        }
    }

    /** Contenders that forecast at once do so late, when somebody wants it; the window is still that of the tick. */
    private void finish(Track track, Pending made) {
        made.scale = track.scale();
        made.memories = newest(track);
        if (track.sample != null && made.forecast != null) {
            track.sample.forecast(made.forecast);
        }
    }

    /** What the contenders that forecast at once say now, (contenders, horizons); nothing for the others. */
    private float[][] newest(Track track) {
        var forecasts = new float[contenders.length][];
        for (var c = 0; c < forecasts.length; c++) {
            forecasts[c] = NOTHING;
            if (contenders[c].atOnce()) {
                contenders[c].forecast(track.window, track.memories[c], scratch);
                forecasts[c] = new float[scratch.length];
                for (var h = 0; h < scratch.length; h++) {
                    forecasts[c][h] = (float) scratch[h];
                }
            }
        }
        return forecasts;
    }

    /** Judges all that waited for this slot; what is complete then leaves. */
    private void settle(Track track, long slot, Tick tick) {
        for (var oldest = track.pending.peek();
                oldest != null && slot - oldest.slot > grid.horizons();
                oldest = track.pending.peek()) {
            tally.complete++;
            tally.reach += tick.time() - oldest.madeAt;
            leave(track, false);
        }
        var hour = HourErrors.of(tick.time());
        for (var made : track.pending) {
            if (slot > made.slot && made.memories != null && made.counts()) {
                var horizon = (int) (slot - made.slot);
                tally.ahead[horizon - 1] += tick.time() - made.madeAt;
                add(track.window, made, horizon, tick.values()[0], hour);
            }
        }
    }

    private void leave(Track track, boolean last) {
        var made = track.pending.remove();
        if (made.sums != null) {
            tally.times.add(made.madeAt, made.sums);
            if (track.sums == null) {
                track.sums = made.sums.clone();
            } else {
                Sums.add(made.sums, track.sums);
            }
        }
        sink.forecast(made, track.window, last);
    }

    private void add(Window window, Pending made, int horizon, double actual, int hour) {
        tally.judged++;
        tally.hours.count(hour);
        var layout = layout(made);
        var own = made.sums == null ? layout.fresh() : made.sums;
        made.sums = own;
        own[Sums.COUNT]++;
        own[Sums.FIRST_COUNT] += horizon == 1 ? 1 : 0;
        byHorizon = byHorizon(made);
        byHorizon[tally.layout.count(horizon)]++;
        var number = 0;
        if (made.forecast != null) {
            var inside = model(number, made.forecast, horizon, actual);
            for (var band = 0; band < layout.bands(); band++) {
                own[layout.inside(band)] += inside >> band & 1;
            }
            point(number++, window, made, horizon, actual, made.forecast, hour);
        }
        for (var rival : made.rivals) {
            if (rival != null) {
                model(number, rival, horizon, actual);
                point(number++, window, made, horizon, actual, rival, hour);
            }
        }
        simple(window, made, horizon, actual, hour);
    }

    private void simple(Window window, Pending made, int horizon, double actual, int hour) {
        var forecasts = made.memories;
        if (forecasts == null) {
            return;
        }
        for (var c = 0; c < forecasts.length; c++) {
            var contender = contenders[c];
            var forecast = forecasts[c].length > 0
                    ? forecasts[c][horizon - 1]
                    : contender.forecast(window, made.slot, horizon);
            trade(lineup.models() + c, window, made, horizon, actual, forecast);
            point(lineup.models() + c, made, horizon, actual, forecast, forecast, hour);
        }
    }

    private double[] byHorizon(Pending made) {
        var bucket = made.byHorizon;
        if (bucket == null) {
            bucket = tally.horizons.at(made.madeAt, tally.layout.size());
            made.byHorizon = bucket;
        }
        return bucket.sums();
    }

    private Sums layout(Pending made) {
        if (sums == null) {
            var bands = made.forecast == null ? 0 : QuantileErrors.bandsOf(made.forecast.levels());
            sums = new Sums(lineup.models() + contenders.length, bands);
        }
        return sums;
    }

    /** Judges a model's directions and quantiles; gives a bit for each band that the value lies in. */
    private int model(int number, Forecast forecast, int horizon, double actual) {
        if (forecast.directions() != null) {
            tally.directions(number, grid.horizons()).add(horizon, actual, forecast.directions());
        }
        return tally.quantiles(number, forecast.levels(), grid.horizons()).add(horizon, actual, forecast.values());
    }

    private void point(
            int number, Window window, Pending made, int horizon, double actual, Forecast forecast, int hour) {
        double median = median(forecast, horizon);
        trade(number, window, made, horizon, actual, median);
        point(number, made, horizon, actual, median, forecast.means()[horizon - 1], hour);
    }

    private void point(int number, Pending made, int horizon, double actual, double forecast, double mean, int hour) {
        var error = Math.abs(actual - forecast);
        points[number].add(horizon, actual, forecast, mean, made.scale);
        tally.hours.add(hour, number, error);
        byHorizon[tally.layout.error(horizon, number)] += error;
        if (sums == null || made.sums == null) {
            return;
        }
        made.sums[sums.error(number)] += error;
        if (horizon == 1) {
            made.sums[sums.firstError(number)] += error;
        }
        if (number == 0 && made.scale > 0) {
            made.sums[Sums.SCALED] += error / made.scale;
            made.sums[Sums.SCALED_COUNT]++;
        }
    }

    private void trade(int number, Window window, Pending made, int horizon, double actual, double forecast) {
        if (!tally.trades.isEmpty()) {
            tally.trades.get(number).add(horizon, window.get(made.slot), forecast, actual);
        }
    }

    private double median(Forecast forecast, int horizon) {
        if (forecast.levels() != levels) {
            levels = forecast.levels();
            medianAt = median(levels);
        }
        return forecast.values()[(horizon - 1) * levels.length + medianAt];
    }

    static int median(float[] levels) {
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
        if (!tick.missing() && !Double.isNaN(before) && (past || !grid.hasPast())) {
            track.addDifference(Math.abs(value - before));
        }
        track.window.put(slot, value, tick.time());
        if (tick.missing()) {
            track.window.guess(slot);
        }
        for (var c = 0; c < track.memories.length; c++) {
            track.memories[c] = contenders[c].tick(slot, value, track.memories[c]);
        }
        if (track.sample != null) {
            track.sample.value(tick);
        }
    }

    /**
     * Ends an entity: what still waits goes to the sink, the last forecast marked as such.
     *
     * @param last the forecast of the entity's last tick where none was made at it before; null where it was
     */
    void end(Track track, @Nullable Pending last) {
        if (last != null) {
            track.pending.add(last);
        }
        while (!track.pending.isEmpty()) {
            leave(track, track.pending.size() == 1);
        }
    }
}

package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Judges what was forecast at a tick once no more of its values can come: all horizons of all contenders together, in long
 * passes over arrays. One a lane.
 */
final class Settlement {
    private final Lineup lineup;
    private final Contender[] contenders;
    private final Tally tally;
    private final int horizons;
    private final double[] came; // 1 where a value has come, else 0, (horizons)
    private final double[] actual; // the values, else 0, (horizons)
    private final double[] actuals; // the same once for each contender, (contenders * horizons)
    private final double[] forecasts; // (contenders * horizons)
    private final double[] means; // (contenders * horizons)
    private final double[] errors; // (contenders * horizons)
    private final double[] byHorizon; // laid out by the tally
    private final double[] lookedUp; // (horizons)
    private final int[] hours; // of the day, of the values, (horizons)
    private @Nullable Sums layout;
    private double[] sums = {}; // over the horizons, by that layout
    private float[] levels = {}; // of the last forecast
    private int medianAt; // place of the median among them

    Settlement(Lineup lineup, Contender[] contenders, Tally tally) {
        this.lineup = lineup;
        this.contenders = contenders;
        this.tally = tally;
        horizons = lineup.grid().horizons();
        came = new double[horizons];
        actual = new double[horizons];
        lookedUp = new double[horizons];
        hours = new int[horizons];
        var all = lineup.models() + contenders.length;
        actuals = new double[all * horizons];
        forecasts = new double[all * horizons];
        means = new double[all * horizons];
        errors = new double[all * horizons];
        byHorizon = new double[tally.layout.size()];
    }

    /** Judges what was made at a tick; nothing happens where none of its values has come. {@code track} Modified. */
    void judge(Track track, Pending made) {
        var count = gather(track.window, made);
        if (count == 0) {
            return;
        }
        tally.judged += count;
        layout(made);
        Arrays.fill(sums, 0);
        sums[Sums.COUNT] = count;
        sums[Sums.FIRST_COUNT] = came[0];
        models(made);
        simple(track.window, made);
        for (var c = 0; c * horizons < actuals.length; c++) {
            System.arraycopy(actual, 0, actuals, c * horizons, horizons);
        }
        tally.points.add(came, actuals, forecasts, means, made.scale, errors);
        addUp(made);
        trade(track.window, made);
        tally.times.add(made.madeAt, sums);
        track.add(sums);
    }

    /** The values that have come, and how many. */
    private int gather(Window window, Pending made) {
        var count = 0;
        for (var h = 0; h < horizons; h++) {
            var slot = made.slot + 1 + h;
            var value = window.actual(slot);
            came[h] = Double.isNaN(value) ? 0 : 1;
            actual[h] = Double.isNaN(value) ? 0 : value;
            if (came[h] > 0) {
                count++;
                tally.ahead[h] += window.time(slot) - made.madeAt;
                hours[h] = HourErrors.of(window.time(slot));
                tally.hours.count(hours[h]);
            }
        }
        return count;
    }

    private void layout(Pending made) {
        if (layout == null) {
            var bands = made.forecast == null ? 0 : QuantileErrors.bandsOf(made.forecast.levels());
            layout = new Sums(lineup.models() + contenders.length, bands);
            sums = layout.fresh();
        }
    }

    private void models(Pending made) {
        var number = 0;
        if (made.forecast != null) {
            var inside = model(number++, made.forecast);
            for (var band = 0; layout != null && band < inside.length; band++) {
                sums[layout.inside(band)] = inside[band];
            }
        }
        for (var rival : made.rivals) {
            if (rival != null) {
                model(number++, rival);
            }
        }
    }

    /** Judges a model's directions and quantiles; gives how many values lie inside each band. */
    private int[] model(int number, Forecast forecast) {
        if (forecast.levels() != levels) {
            levels = forecast.levels();
            medianAt = QuantileErrors.median(levels);
        }
        var values = forecast.values();
        for (var h = 0; h < horizons; h++) {
            forecasts[number * horizons + h] = values[h * levels.length + medianAt];
            means[number * horizons + h] = forecast.means()[h];
        }
        var directions = forecast.directions();
        for (var h = 0; directions != null && h < horizons; h++) {
            if (came[h] > 0) {
                tally.directions(number, horizons).add(h + 1, actual[h], directions);
            }
        }
        return tally.quantiles(number, levels, horizons).add(came, actual, values);
    }

    private void simple(Window window, Pending made) {
        var from = window.get(made.slot);
        var before = 0;
        for (var c = 0; c < contenders.length; c++) {
            var at = (lineup.models() + c) * horizons;
            if (contenders[c].atOnce()) {
                for (var h = 0; h < horizons; h++) {
                    forecasts[at + h] = from + made.atOnce[before + h];
                }
                before += horizons;
            } else {
                contenders[c].forecast(window, made.slot, lookedUp);
                System.arraycopy(lookedUp, 0, forecasts, at, horizons);
            }
        }
        var first = lineup.models() * horizons;
        System.arraycopy(forecasts, first, means, first, means.length - first);
    }

    /** Puts the errors where they are added up. */
    private void addUp(Pending made) {
        System.arraycopy(errors, 0, byHorizon, 0, errors.length);
        System.arraycopy(came, 0, byHorizon, errors.length, horizons);
        tally.horizons.add(made.madeAt, byHorizon);
        for (var c = 0; layout != null && c * horizons < errors.length; c++) {
            sums[layout.error(c)] = sum(c * horizons);
            sums[layout.firstError(c)] = errors[c * horizons];
            tally.hours.add(c, hours, errors, c * horizons);
        }
        if (made.scale > 0 && layout != null) {
            sums[Sums.SCALED] = sums[layout.error(0)] / made.scale;
            sums[Sums.SCALED_COUNT] = sums[Sums.COUNT];
        }
    }

    /** Of one contender, from its first horizon on. */
    private double sum(int from) {
        var even = 0.0;
        var odd = 0.0;
        var i = from;
        for (; i + 1 < from + horizons; i += 2) {
            even += errors[i];
            odd += errors[i + 1];
        }
        return even + odd + (i < from + horizons ? errors[i] : 0);
    }

    private void trade(Window window, Pending made) {
        for (var c = 0; c < tally.trades.size(); c++) {
            for (var h = 0; h < horizons; h++) {
                if (came[h] > 0) {
                    var forecast = forecasts[c * horizons + h];
                    tally.trades.get(c).add(h + 1, window.get(made.slot), forecast, actual[h]);
                }
            }
        }
    }
}

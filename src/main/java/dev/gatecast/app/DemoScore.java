package dev.gatecast.app;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.topology.ForecastListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Compares the forecasts of the demo with what came, hour by hour, beside the forecasts that need no model. Thread-safe.
 */
final class DemoScore implements ForecastListener {
    /** Hours ahead that are scored. */
    static final int[] HORIZONS = {1, 6, 24};

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DAY = 24;
    private static final int WEEK = 168;
    private static final String[] NAMES = {"Gatecast", "last value", "same hour yesterday", "same hour last week"};

    private final long from;
    private final Map<String, Past> pasts = new HashMap<>();
    private final double[][] errors = new double[HORIZONS.length][NAMES.length];
    private final long[] compared = new long[HORIZONS.length];
    private final Histogram times = new Histogram(LONGEST_NANOS, 2);
    private OptionalLong scoredFrom = OptionalLong.empty();
    private long streamed;
    private long covered;
    private long banded;

    /** The last week of an entity, newest first, and its last day of forecasts, newest first. */
    private static final class Past {
        final Deque<Double> values = new ArrayDeque<>();
        final Deque<Forecast> forecasts = new ArrayDeque<>();
    }

    /** Scores ticks from this event time on, milliseconds since the epoch. */
    DemoScore(long from) {
        this.from = from;
    }

    /** Settles the forecasts made for a tick, then remembers it and its own. Ticks come one cadence apart. */
    @Override
    public synchronized void advanced(Tick tick, @Nullable Forecast forecast, @Nullable Alert alert, long nanos) {
        var past = pasts.computeIfAbsent(tick.entity(), name -> new Past());
        var values = past.values.stream().mapToDouble(Double::doubleValue).toArray();
        if (tick.time() >= from && values.length == WEEK) {
            for (int i = 0; i < HORIZONS.length; i++) {
                compare(past, values, tick, i);
            }
        }
        remember(past.values, tick.values()[0], WEEK);
        if (forecast != null) {
            streamed++;
            times.recordValue(Math.min(nanos, LONGEST_NANOS));
            remember(past.forecasts, forecast, DAY);
        }
    }

    private void note(long time) {
        if (scoredFrom.isEmpty()) {
            scoredFrom = OptionalLong.of(time);
        }
    }

    /** Event time of the first tick scored, milliseconds since the epoch; a resumed stream lacks a week before it. */
    synchronized OptionalLong scoredFrom() {
        return scoredFrom;
    }

    private static <T> void remember(Deque<T> newestFirst, T item, int most) {
        newestFirst.addFirst(item);
        if (newestFirst.size() > most) {
            newestFirst.removeLast();
        }
    }

    /** Ticks that have been forecast. */
    synchronized long streamed() {
        return streamed;
    }

    /** Seconds that a share of the ticks that were forecast stayed below, in the topology's own code; NaN without any. */
    synchronized double seconds(double share) {
        return streamed == 0 ? Double.NaN : times.getValueAtPercentile(100 * share) / 1e9;
    }

    private void compare(Past past, double[] values, Tick tick, int index) {
        int horizon = HORIZONS[index];
        for (var forecast : past.forecasts) {
            if (forecast.targetTime(horizon) == tick.time() && !forecast.stamp().warming()) {
                double value = tick.values()[0];
                double[] contenders = {
                    forecast.quantile(horizon, level(forecast, 0.5f)),
                    values[horizon - 1],
                    values[DAY - 1],
                    values[WEEK - 1]
                };
                for (int i = 0; i < contenders.length; i++) {
                    errors[index][i] += Math.abs(value - contenders[i]);
                }
                note(tick.time());
                compared[index]++;
                banded++;
                if (value >= forecast.quantile(horizon, level(forecast, 0.05f))
                        && value <= forecast.quantile(horizon, level(forecast, 0.95f))) {
                    covered++;
                }
            }
        }
    }

    /** Mean absolute error of the forecasts {@code HORIZONS[index]} hours ahead; NaN before the first. */
    synchronized double error(int index) {
        return errors[index][0] / compared[index];
    }

    /** Share of ticks within the 90 % band made for them, over the horizons scored. */
    synchronized double coverage() {
        return (double) covered / banded;
    }

    /** The comparison as lines of text. */
    synchronized String table() {
        var text = new StringBuilder(String.format(Locale.ROOT, "%-22s", "mean absolute error"));
        for (int horizon : HORIZONS) {
            text.append(String.format(Locale.ROOT, "%10s", horizon + " h"));
        }
        for (int name = 0; name < NAMES.length; name++) {
            text.append(String.format(Locale.ROOT, "%n  %-20s", NAMES[name]));
            for (int i = 0; i < HORIZONS.length; i++) {
                text.append(
                        String.format(Locale.ROOT, "%10s", DemoSummary.number("%.3f", errors[i][name] / compared[i])));
            }
        }
        var share = DemoSummary.number("%.1f%%", 100 * coverage());
        text.append(String.format(Locale.ROOT, "%n%-22s%10s", "90 % band covers", share));
        return text.toString();
    }

    private static int level(Forecast forecast, float probability) {
        var levels = forecast.levels();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] == probability) {
                return i;
            }
        }
        throw new IllegalArgumentException("the demo's forecasts have a level " + probability);
    }
}

package dev.gatecast.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The charts of single entities: those with the most alerts, the worst, and some more. */
final class EntityCharts {
    private static final int SHOWN = 16;
    private static final int OF_A_KIND = 5;
    private static final double[] FAN = {0.05, 0.25, 0.5, 0.75, 0.95};

    private final Report report;
    private final Map<String, List<Alert>> alerts;

    EntityCharts(Report report) {
        this.report = report;
        alerts = report.alerts.opened().stream().collect(Collectors.groupingBy(Alert::entity));
    }

    void into(ArrayNode charts) {
        var tracks = report.judgement().drawn().stream()
                .collect(Collectors.toMap(track -> track.entity, Function.identity()));
        chosen(tracks).stream().limit(SHOWN).forEach(name -> {
            var track = tracks.get(name);
            if (track != null && track.sample != null) {
                chart(name, track.sample, charts.addObject());
            }
        });
    }

    private Set<String> chosen(Map<String, Track> tracks) {
        var names = new LinkedHashSet<String>();
        alerts.entrySet().stream()
                .filter(of -> tracks.containsKey(of.getKey()))
                .sorted((a, b) -> a.getValue().size() == b.getValue().size()
                        ? a.getKey().compareTo(b.getKey())
                        : b.getValue().size() - a.getValue().size())
                .limit(OF_A_KIND)
                .forEach(of -> names.add(of.getKey()));
        report.judgement().worst(SHOWN).stream()
                .map(EntityErrors::entity)
                .filter(tracks::containsKey)
                .limit(OF_A_KIND)
                .forEach(names::add);
        tracks.keySet().stream().sorted().forEach(names::add);
        return names;
    }

    private void chart(String name, Sample sample, ObjectNode into) {
        into.put("name", name);
        var values = into.putArray("values");
        sample.values().forEach(point -> ChartData.add(values.addArray().add(point.time()), point.value()));
        var fan = into.putArray("fan");
        var last = Long.MIN_VALUE;
        for (var forecast : sample.forecasts()) {
            last = fan(forecast, sample.values(), last, fan);
        }
        var outline = into.putArray("outline");
        for (var stretch : sample.outline().stretches()) {
            var row = outline.addArray().add(stretch.from());
            ChartData.add(row, stretch.least());
            ChartData.add(row, stretch.largest());
        }
        var marks = into.putArray("alerts");
        for (var alert : alerts.getOrDefault(name, List.of())) {
            marks.addObject()
                    .put("time", alert.time())
                    .put("value", alert.evidence().value())
                    .put("why", alert.surprise().channel().name());
        }
    }

    /** Adds a forecast's quantiles at the times after the last one; gives the last time by now. */
    private long fan(Forecast forecast, List<Sample.Point> values, long after, ArrayNode into) {
        var first = values.isEmpty() ? Long.MAX_VALUE : values.get(0).time();
        var last = after;
        if (after != Long.MIN_VALUE && forecast.madeAt() > after) {
            gap(after + 1, into);
        }
        for (var h = 1; h <= report.judgement().horizons(); h++) {
            var time = target(forecast, h, values);
            if (time <= last || time < first) {
                continue;
            }
            var row = into.addArray().add(time);
            for (var level : FAN) {
                ChartData.add(row, forecast.quantile(h, nearest(forecast.levels(), level)));
            }
            last = time;
        }
        return last;
    }

    private static void gap(long time, ArrayNode into) {
        var row = into.addArray().add(time);
        for (var i = 0; i < FAN.length; i++) {
            row.addNull();
        }
    }

    /** When a horizon is; without a cadence the time of the value that came, or Long.MIN_VALUE. */
    private long target(Forecast forecast, int horizon, List<Sample.Point> values) {
        if (forecast.cadence() > 0) {
            return forecast.targetTime(horizon);
        }
        if (report.settings.output().rowTimes()) {
            return forecast.madeAt() + horizon;
        }
        for (var i = 0; i < values.size(); i++) {
            if (values.get(i).time() == forecast.madeAt()) {
                return i + horizon < values.size() ? values.get(i + horizon).time() : Long.MIN_VALUE;
            }
        }
        return Long.MIN_VALUE;
    }

    private static int nearest(float[] levels, double probability) {
        var best = 0;
        for (var i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - probability) < Math.abs(levels[best] - probability)) {
                best = i;
            }
        }
        return best;
    }
}

package dev.gatecast.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatecast.event.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the charts of {@code report.html} are drawn from. */
final class ChartData {
    private static final int TIMES = 90;
    private static final int WORST = 20;
    private static final int ALERTS = 200;

    private final Report report;
    private final Judgement judgement;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    ChartData(Report report) {
        this.report = report;
        judgement = report.judgement();
    }

    ObjectNode root() {
        var counts = report.counts;
        root.put("rowTimes", report.settings.output().rowTimes());
        root.put("judged", counts.judged());
        root.put("horizons", judgement.horizons());
        root.put(
                "counts",
                String.format(
                        Locale.ROOT,
                        "%,d ticks of %,d entities, %,d of them before the cut; %,d forecast values judged; models %s",
                        counts.ticks(),
                        counts.entities(),
                        counts.pastTicks(),
                        counts.judged(),
                        report.models.isEmpty() ? "none" : String.join(", ", report.models.keySet())));
        var notes = root.putArray("notes");
        judgement.warming().text().ifPresent(notes::add);
        var times = new TimeText(report.settings.output().rowTimes());
        judgement.overlap().text(times).ifPresent(notes::add);
        judgement.lost().text().ifPresent(notes::add);
        report.gate.text().ifPresent(notes::add);
        judgement.leftOut().forEach((name, reason) -> notes.add(name + " is left out: " + reason));
        contenders(root.putArray("contenders"));
        quantiles();
        times(root.putArray("times"));
        trades();
        newEntities();
        worst(root.putArray("worst"));
        alerts(root.putArray("alerts"));
        root.put("alertCount", report.alerts.count(Alert.Phase.OPEN));
        new EntityCharts(report).into(root.putArray("entities"));
        return root;
    }

    private void contenders(ArrayNode into) {
        var significance = judgement.significance();
        var wins = judgement.entityWins();
        var byHorizon = IntStream.rangeClosed(1, judgement.horizons())
                .mapToObj(h -> judgement.significance(h, h))
                .toList();
        for (var name : judgement.names()) {
            var metrics = judgement.points(name, 1, judgement.horizons());
            var node = into.addObject().put("name", name);
            ReportJson.number(node, "mae", metrics.mae());
            ReportJson.number(node, "rmse", metrics.rmse());
            ReportJson.number(node, "mase", metrics.mase());
            var horizons = node.putArray("byHorizon");
            for (var h = 1; h <= judgement.horizons(); h++) {
                add(horizons, judgement.points(name, h, h).mae());
            }
            var hours = node.putArray("byHour");
            for (var hour = 0; hour < HourErrors.HOURS; hour++) {
                add(hours, judgement.mae(name, hour));
            }
            significance.stream().filter(one -> one.other().equals(name)).forEach(one -> {
                ReportJson.number(node, "difference", one.difference());
                ReportJson.number(node, "p", one.p());
                var at = significance.indexOf(one);
                var deviations = node.putArray("deviations");
                byHorizon.forEach(all -> add(deviations, all.get(at).statistic()));
                node.put("better", wins.get(at).better())
                        .put("compared", wins.get(at).entities());
            });
        }
    }

    private void quantiles() {
        var levels = root.putArray("levels");
        var below = root.putArray("below");
        var bands = root.putArray("bands");
        var quantiles = judgement.withQuantiles().isEmpty() ? null : judgement.quantiles(judgement.subject());
        if (quantiles == null) {
            return;
        }
        for (var level : quantiles.levels()) {
            levels.add(Math.round(1e6 * level) / 1e6);
        }
        for (var share : quantiles.below()) {
            add(below, share);
        }
        for (var band : quantiles.bands(1, judgement.horizons())) {
            ReportJson.number(bands.addObject().put("nominal", band.nominal()), "coverage", band.coverage());
        }
    }

    /** Errors and coverage by the time of forecasting, in fewer buckets than the sums have. */
    private void times(ArrayNode into) {
        var all = new ArrayList<>(judgement.times().entrySet());
        var each = Math.max(1, (all.size() + TIMES - 1) / TIMES);
        for (var from = 0; from < all.size(); from += each) {
            var sums = all.get(from).getValue().clone();
            for (var i = from + 1; i < Math.min(all.size(), from + each); i++) {
                Sums.add(all.get(i).getValue(), sums);
            }
            time(all.get(from).getKey(), sums, into.addObject());
        }
    }

    private void time(long time, double[] sums, ObjectNode into) {
        var layout = judgement.layout();
        into.put("time", time);
        var errors = into.putArray("mae");
        judgement.names().forEach(name -> add(errors, sums[layout.error(judgement.number(name))] / sums[Sums.COUNT]));
        var coverage = into.putArray("coverage");
        for (var band = 0; band < layout.bands(); band++) {
            add(coverage, sums[layout.inside(band)] / sums[Sums.COUNT]);
        }
    }

    private void trades() {
        var cost = report.settings.output().cost();
        if (cost == null) {
            return;
        }
        root.put("cost", cost.text()).put("rule", Trades.RULE);
        var rows = root.putArray("trades");
        for (var name : judgement.names()) {
            judgement.trades(name, 1, judgement.horizons()).ifPresent(metrics -> {
                var row = rows.addArray().add(name);
                add(row, 100 * metrics.right());
                row.add(metrics.trades());
                add(row, 100 * metrics.won());
                add(row, (cost.share() ? 100 : 1) * metrics.each());
                add(row, (cost.share() ? 100 : 1) * metrics.profit());
            });
        }
    }

    private void newEntities() {
        var entities = judgement.newEntities();
        if (!entities.any()) {
            return;
        }
        var into = root.putObject("newEntities").put("text", entities.text() + "; " + NewEntities.SCALED);
        var ranges = new ArrayList<>(judgement.groups());
        ranges.add(new int[] {1, judgement.horizons()});
        var columns = into.putArray("columns");
        ranges.forEach(range -> columns.add(range[0] == range[1] ? "h=" + range[0] : "h=" + range[0] + "–" + range[1]));
        var rows = into.putArray("rows");
        rows("MAE, ", entities.mae(), ranges, rows);
        rows("scaled, ", entities.scaled(), ranges, rows);
        rows("", entities.inside(), ranges, rows);
    }

    private static void rows(String title, List<NewEntities.Row> rows, List<int[]> ranges, ArrayNode into) {
        for (var row : rows) {
            var cells = into.addArray().add(title + row.name());
            ranges.forEach(range -> add(cells, row.values().applyAsDouble(range[0], range[1])));
        }
    }

    private void worst(ArrayNode into) {
        for (var one : judgement.worst(WORST)) {
            var node = into.addObject().put("entity", one.entity());
            ReportJson.number(node, "mase", one.mase());
            var errors = node.putArray("mae");
            one.mae().forEach(mae -> add(errors, mae));
        }
    }

    private void alerts(ArrayNode into) {
        report.alerts.opened().stream().limit(ALERTS).forEach(alert -> {
            var node = into.addObject()
                    .put("time", alert.time())
                    .put("entity", alert.entity())
                    .put("why", alert.surprise().channel().name());
            ReportJson.number(node, "value", alert.evidence().value());
            ReportJson.number(node, "expected", alert.evidence().expected());
            ReportJson.number(node, "lower", alert.evidence().lower());
            ReportJson.number(node, "upper", alert.evidence().upper());
        });
    }

    /** As short as a chart needs it; JSON knows no NaN. */
    static void add(ArrayNode into, double value) {
        if (Double.isFinite(value)) {
            into.add((float) value);
        } else {
            into.addNull();
        }
    }
}

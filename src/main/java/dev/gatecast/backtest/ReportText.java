package dev.gatecast.backtest;

import dev.gatecast.event.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The report as text tables. */
final class ReportText {
    private static final int ALERTS_SHOWN = 40;
    private static final int ENTITIES_SHOWN = 5;

    private final Report report;
    private final TimeText times;
    private final StringBuilder text = new StringBuilder();

    ReportText(Report report) {
        this.report = report;
        times = new TimeText(report.settings.output().rowTimes());
    }

    @Override
    public String toString() {
        text.setLength(0);
        counts();
        if (report.counts.judged() > 0) {
            points();
            report.judgement().withQuantiles().forEach(this::quantiles);
            significance();
            trades();
            hours();
            worst();
        } else {
            line("nothing was judged: %s", whyNothing());
        }
        newEntities();
        alerts();
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private void counts() {
        var counts = report.counts;
        line(
                "%,d ticks of %,d entities, %,d of them before the cut; %,d forecast values judged",
                counts.ticks(), counts.entities(), counts.pastTicks(), counts.judged());
        report.models.forEach((model, count) -> line("model %s: %,d forecasts", model, count));
        report.judgement().warming().text().ifPresent(text -> line("%s", text));
        report.judgement().overlap().text(times).ifPresent(text -> line("%s", text));
        report.judgement().lost().text().ifPresent(text -> line("%s", text));
        report.gate.text().ifPresent(text -> line("%s", text));
        line("seasons: %s", report.judgement().seasons().text());
        report.judgement().leftOut().forEach((name, reason) -> line("%s is left out: %s", name, reason));
        if (report.refused.total() > 0) {
            line("rejected: %s", report.refused.counts());
            report.refused.messages().stream().limit(5).forEach(message -> line("  %s", message));
        }
    }

    private String whyNothing() {
        var counts = report.counts;
        if (counts.ticks() == 0) {
            return "no row is a tick";
        }
        if (counts.ticks() == counts.pastTicks()) {
            return "every tick is before the cut";
        }
        if (report.used.idle().isPresent()) {
            return report.used.idle().get();
        }
        if (counts.ticks() == counts.entities()) {
            return "no entity has a second tick, which its first forecast could be judged by";
        }
        if (report.judgement().warming().any()) {
            return allWarming();
        }
        return "no tick came at a time that had been forecast; see cadence and horizon";
    }

    private String allWarming() {
        var steps = report.used.steps();
        return "every forecast that a step followed was warming"
                + (steps == 0
                        ? ""
                        : String.format(Locale.ROOT, ", and only after %,d steps of an entity do they count", steps))
                + ": give more of the past, of a topic by an earlier --from, and with --train-until the time from which"
                + " forecasts are to be judged";
    }

    private void points() {
        metric("MAE", PointMetrics::mae);
        metric("RMSE", PointMetrics::rmse);
        metric("sMAPE %", PointMetrics::smape);
        metric("MASE", PointMetrics::mase);
    }

    private void metric(String title, ToDoubleFunction<PointMetrics> of) {
        var judgement = report.judgement();
        var table = new TextTable(title, columns());
        for (var name : judgement.names()) {
            table.row(name, values(range -> of.applyAsDouble(judgement.points(name, range[0], range[1]))));
        }
        text.append(System.lineSeparator()).append(table);
    }

    private void quantiles(String name) {
        var judgement = report.judgement();
        var table = new TextTable(name, columns());
        table.row("pinball", values(range -> judgement.pinball(name, range[0], range[1])));
        for (var band : judgement.bands(name, 1, 1)) {
            var percent = String.format(Locale.ROOT, "%.0f", 100 * band.nominal());
            table.row(
                    "inside " + percent + " %",
                    values(range -> 100 * band(name, band, range).coverage()));
            table.row("width " + percent + " %", values(range -> band(name, band, range)
                    .width()));
        }
        if (judgement.directions(name, 1, 1).isPresent()) {
            table.row(
                    "direction right %",
                    values(range -> 100 * directions(name, range).accuracy()));
            table.row(
                    "commonest right %",
                    values(range -> 100 * directions(name, range).commonest()));
        }
        text.append(System.lineSeparator()).append(table);
    }

    private DirectionMetrics directions(String name, int[] range) {
        return report.judgement().directions(name, range[0], range[1]).orElseThrow();
    }

    private BandMetrics band(String name, BandMetrics like, int[] range) {
        return report.judgement().band(name, like.nominal(), range[0], range[1]).orElseThrow();
    }

    /** Who is better by more than chance. */
    private void significance() {
        var judgement = report.judgement();
        var all = judgement.significance();
        if (all.isEmpty()) {
            return;
        }
        text.append(System.lineSeparator());
        line("against %s; above 0: %s is better", judgement.subject(), judgement.subject());
        var table = new TextTable("Diebold-Mariano", List.of("difference", "deviations", "p"));
        all.forEach(one -> table.row(one.other(), List.of(one.difference(), one.statistic()), one.p()));
        text.append(table).append(System.lineSeparator()).append(byGroup(judgement));
        text.append(System.lineSeparator()).append(byEntity(judgement));
    }

    private static TextTable byGroup(Judgement judgement) {
        var groups = judgement.groups();
        var table = new TextTable(
                "deviations",
                groups.stream()
                        .map(g -> "h=" + (g[0] == g[1] ? "" : g[0] + "-") + g[1])
                        .toList());
        var columns =
                groups.stream().map(g -> judgement.significance(g[0], g[1])).toList();
        for (var i = 0; i < columns.get(0).size(); i++) {
            var row = i;
            table.row(
                    columns.get(0).get(i).other(),
                    columns.stream().map(column -> column.get(row).statistic()).toList());
        }
        return table;
    }

    private static TextTable byEntity(Judgement judgement) {
        var table = new TextTable("entities", List.of("better on", "of", "p"));
        judgement
                .entityWins()
                .forEach(one -> table.row(one.other(), List.of((long) one.better(), (long) one.entities()), one.p()));
        return table;
    }

    private void trades() {
        var cost = report.settings.output().cost();
        if (cost == null) {
            return;
        }
        text.append(System.lineSeparator());
        line("trades at a cost of %s each: %s", cost.text(), Trades.RULE);
        var unit = cost.share() ? 100 : 1;
        var of = cost.share() ? " %" : "";
        trade("direction %", metrics -> 100 * metrics.right());
        trade("trades", TradeMetrics::trades);
        trade("won %", metrics -> 100 * metrics.won());
        trade("profit each" + of, metrics -> unit * metrics.each());
        trade("profit" + of, metrics -> unit * metrics.profit());
    }

    private void trade(String title, Function<TradeMetrics, Number> of) {
        var judgement = report.judgement();
        var table = new TextTable(title, columns());
        for (var name : judgement.names()) {
            table.row(
                    name,
                    ranges().map(range -> judgement
                                    .trades(name, range[0], range[1])
                                    .map(of)
                                    .orElseThrow())
                            .toList());
        }
        text.append(System.lineSeparator()).append(table);
    }

    /** Errors by the hour of the day of the value that was forecast. */
    private void hours() {
        if (report.settings.output().rowTimes()) {
            return;
        }
        var judgement = report.judgement();
        var table = new TextTable("MAE at hour, UTC", shortNames());
        for (var hour = 0; hour < HourErrors.HOURS; hour++) {
            var at = hour;
            var row = judgement.names().stream()
                    .map(name -> judgement.mae(name, at))
                    .toList();
            if (!row.get(0).isNaN()) {
                table.row(String.format(Locale.ROOT, "%02d:00", hour), row);
            }
        }
        text.append(System.lineSeparator()).append(table);
    }

    private List<String> shortNames() {
        return report.judgement().names().stream()
                .map(name -> name.length() > 11 ? name.substring(0, 11) : name)
                .toList();
    }

    private void worst() {
        var judgement = report.judgement();
        var worst = judgement.worst(ENTITIES_SHOWN);
        if (worst.size() > 1) {
            var columns = new ArrayList<>(List.of("MASE"));
            columns.addAll(shortNames());
            var table = new TextTable("worst, MAE", columns);
            worst.forEach(one -> table.row(one.entity(), row(one)));
            text.append(System.lineSeparator()).append(table);
        }
    }

    private void newEntities() {
        var entities = report.judgement().newEntities();
        if (!entities.any()) {
            return;
        }
        text.append(System.lineSeparator());
        line("%s", entities.text());
        line("%s", NewEntities.SCALED);
        table("MAE", entities.mae());
        table("scaled", entities.scaled());
        table(Judgement.MODEL, entities.inside());
    }

    private void table(String title, List<NewEntities.Row> rows) {
        var table = new TextTable(title, columns());
        rows.forEach(row -> table.row(row.name(), values(range -> row.values().applyAsDouble(range[0], range[1]))));
        text.append(table);
    }

    private static List<Double> row(EntityErrors one) {
        var row = new ArrayList<>(List.of(one.mase()));
        row.addAll(one.mae());
        return row;
    }

    private List<String> columns() {
        var names = new ArrayList<String>();
        shown().forEach(h -> names.add("h=" + h));
        names.add("all");
        return names;
    }

    private List<Double> values(ToDoubleFunction<int[]> ofRange) {
        return ranges().map(ofRange::applyAsDouble).toList();
    }

    /** Single horizons, then all: first and last of each. */
    private Stream<int[]> ranges() {
        var all = new int[] {1, report.judgement().horizons()};
        return Stream.concat(shown().stream().map(h -> new int[] {h, h}), Stream.of(all));
    }

    /** The first, the last, and some between. */
    private Set<Integer> shown() {
        var last = report.judgement().horizons();
        return new TreeSet<>(List.of(1, Math.max(1, last / 4), Math.max(1, last / 2), last));
    }

    private void alerts() {
        var alerts = report.alerts;
        text.append(System.lineSeparator());
        line(
                "alerts: %,d opened %s, %,d updates, %,d closed%s",
                alerts.count(Alert.Phase.OPEN),
                alerts.channels(),
                alerts.count(Alert.Phase.UPDATE),
                alerts.count(Alert.Phase.CLOSE),
                report.settings.data().cut() == null ? "" : "; " + alerts.openedInThePast() + " opened before the cut");
        alerts.opened().stream().limit(ALERTS_SHOWN).forEach(this::alert);
        if (alerts.opened().size() > ALERTS_SHOWN) {
            line("  ... and %,d more", alerts.count(Alert.Phase.OPEN) - ALERTS_SHOWN);
        }
    }

    private void alert(Alert alert) {
        line(
                "  %s  %s  %-5s  value %s%s",
                times.text(alert.time()),
                alert.entity(),
                alert.surprise().channel(),
                TextTable.value(alert.evidence().value()),
                expected(alert));
    }

    /** What had been expected: of a level its mean before, of anything else the forecast. */
    private static String expected(Alert alert) {
        var evidence = alert.evidence();
        if (alert.surprise().channel() == Alert.Channel.LEVEL) {
            return ", lately " + TextTable.number(evidence.fastMean()) + " on average, before that "
                    + TextTable.number(evidence.slowMean());
        }
        if (Double.isNaN(evidence.expected())) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                ", expected %s (%s to %s)",
                TextTable.number(evidence.expected()),
                TextTable.number(evidence.lower()),
                TextTable.number(evidence.upper()));
    }
}

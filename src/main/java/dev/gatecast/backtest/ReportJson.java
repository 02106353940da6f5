package dev.gatecast.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatecast.event.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes {@code report.json}. It holds nothing that two runs of the same backtest would not share. */
final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final int ENTITIES = 50;

    private final Report report;
    private final TimeText times;

    private ReportJson(Report report) {
        this.report = report;
        times = new TimeText(report.settings.output().rowTimes());
    }

    static void write(Report report, Path file) {
        try {
            MAPPER.writeValue(file.toFile(), new ReportJson(report).root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode root() {
        var root = MAPPER.createObjectNode();
        var counts = report.counts;
        root.put("ticks", counts.ticks());
        root.put("ticks_before_cut", counts.pastTicks());
        root.put("entities", counts.entities());
        root.put("forecasts_judged", counts.judged());
        var models = root.putObject("forecasts_by_model");
        report.models.forEach(models::put);
        warming(root);
        overlap(root);
        report.judgement().lost().into(root);
        report.gate.into(root);
        var seasons = root.putObject("seasons");
        seasons.put("source", report.judgement().seasons().source().name());
        report.judgement().seasons().lengths().forEach(seasons.putArray("steps")::add);
        var leftOut = root.putObject("left_out");
        report.judgement().leftOut().forEach(leftOut::put);
        var rejected = root.putObject("rejected");
        report.refused.counts().forEach((reason, count) -> rejected.put(reason.name(), count));
        report.refused.messages().forEach(root.putArray("rejected_first")::add);
        contenders(root.putArray("contenders"));
        if (report.judgement().withQuantiles().contains(Judgement.MODEL)) {
            quantiles(Judgement.MODEL, root.putObject("quantiles"));
        }
        significance(root.putArray("significance"));
        newEntities(root);
        trades(root);
        hours(root.putArray("hours"));
        entities(root.putArray("worst_entities"));
        alerts(root.putObject("alerts"));
        return root;
    }

    private void warming(ObjectNode root) {
        var warming = report.judgement().warming();
        if (warming.any()) {
            root.putObject("warming")
                    .put("forecasts", warming.forecasts())
                    .put("entities", warming.entities())
                    .put("entities_without_other", warming.withoutOther());
        }
    }

    private void overlap(ObjectNode root) {
        var overlap = report.judgement().overlap();
        overlap.text(times).ifPresent(text -> root.putObject("look_ahead")
                .put("text", text)
                .put("entities", overlap.entities())
                .put("of", overlap.of()));
    }

    private void newEntities(ObjectNode root) {
        var entities = report.judgement().newEntities();
        if (!entities.any()) {
            return;
        }
        var into = root.putObject("new_entities")
                .put("text", entities.text() + "; " + NewEntities.SCALED)
                .put("ticks", FirstTicks.TICKS)
                .put("begun", entities.begun())
                .put("judged", entities.judged())
                .put("forecasts", entities.forecasts())
                .put("better", entities.better());
        each((node, range) -> newEntities(entities, node, range[0], range[1]), into);
    }

    private static void newEntities(NewEntities entities, ObjectNode into, int from, int to) {
        into.put("count", entities.count(from, to));
        var mae = into.putObject("mae");
        entities.mae().forEach(row -> number(mae, row.name(), row.values().applyAsDouble(from, to)));
        var scaled = into.putObject("scaled");
        entities.scaled().forEach(row -> number(scaled, row.name(), row.values().applyAsDouble(from, to)));
        var bands = into.putArray("bands");
        entities.bands(from, to).forEach(band -> band(band, bands.addObject()));
    }

    private static void band(BandMetrics band, ObjectNode into) {
        into.put("nominal", band.nominal());
        number(into, "coverage", band.coverage());
        number(into, "width", band.width());
    }

    private void contenders(ArrayNode into) {
        for (var name : report.judgement().names()) {
            var contender = into.addObject().put("name", name);
            each((node, range) -> points(report.judgement().points(name, range[0], range[1]), node), contender);
            if (!name.equals(Judgement.MODEL) && report.judgement().quantiles(name) != null) {
                quantiles(name, contender.putObject("quantiles"));
            }
        }
    }

    private static void points(PointMetrics metrics, ObjectNode into) {
        into.put("count", metrics.count());
        number(into, "mae", metrics.mae());
        number(into, "rmse", metrics.rmse());
        number(into, "smape", metrics.smape());
        number(into, "mase", metrics.mase());
    }

    private void quantiles(String name, ObjectNode into) {
        var judgement = report.judgement();
        each(
                (node, range) -> {
                    number(node, "pinball", judgement.pinball(name, range[0], range[1]));
                    for (var band : judgement.bands(name, range[0], range[1])) {
                        band(band, node.withArray("bands").addObject());
                    }
                    judgement.directions(name, range[0], range[1]).ifPresent(directions -> {
                        number(node, "direction_accuracy", directions.accuracy());
                        number(node, "commonest_direction", directions.commonest());
                    });
                },
                into);
    }

    private void significance(ArrayNode into) {
        if (report.counts.judged() == 0) {
            return;
        }
        var judgement = report.judgement();
        var wins = judgement.entityWins();
        var nodes = new ArrayList<ObjectNode>();
        for (var one : judgement.significance()) {
            var node = into.addObject().put("other", one.other());
            significance(one, node);
            wins(wins.get(nodes.size()), node.putObject("entities"));
            nodes.add(node);
        }
        judgement.groups().forEach(group -> significance(group[0], group[1], "groups", nodes));
        for (var h = 1; h <= judgement.horizons(); h++) {
            significance(h, h, "horizons", nodes);
        }
    }

    private void significance(int from, int to, String name, List<ObjectNode> into) {
        var all = report.judgement().significance(from, to);
        for (var i = 0; i < all.size(); i++) {
            var node = into.get(i).withArray(name).addObject();
            if (name.equals("groups")) {
                node.put("from", from).put("to", to);
            } else {
                node.put("horizon", from);
            }
            significance(all.get(i), node);
        }
    }

    private static void significance(Significance one, ObjectNode into) {
        number(into, "difference", one.difference());
        number(into, "statistic", one.statistic());
        number(into, "p", one.p());
    }

    private static void wins(EntityWins wins, ObjectNode into) {
        into.put("compared", wins.entities()).put("better", wins.better());
        number(into, "mean", wins.mean());
        number(into, "p", wins.p());
    }

    private void trades(ObjectNode root) {
        var cost = report.settings.output().cost();
        if (cost == null) {
            return;
        }
        var into = root.putObject("trades");
        into.put("cost", cost.amount()).put("unit", cost.share() ? "share of the value" : "units of the value");
        into.put("rule", Trades.RULE);
        var contenders = into.putArray("contenders");
        for (var name : report.judgement().names()) {
            each(
                    (node, range) -> report.judgement()
                            .trades(name, range[0], range[1])
                            .ifPresent(metrics -> trades(metrics, node)),
                    contenders.addObject().put("name", name));
        }
    }

    private static void trades(TradeMetrics metrics, ObjectNode into) {
        into.put("directions", metrics.directions());
        number(into, "right", metrics.right());
        into.put("trades", metrics.trades());
        number(into, "won", metrics.won());
        number(into, "profit", metrics.profit());
        number(into, "profit_each", metrics.each());
    }

    /** Mean absolute errors by the hour of the day, where ticks have times. */
    private void hours(ArrayNode into) {
        if (report.settings.output().rowTimes()) {
            return;
        }
        var judgement = report.judgement();
        for (var hour = 0; hour < HourErrors.HOURS; hour++) {
            var node = into.addObject().put("hour", hour);
            for (var name : judgement.names()) {
                number(node, name, judgement.mae(name, hour));
            }
        }
    }

    private void entities(ArrayNode into) {
        var judgement = report.judgement();
        for (var one : judgement.worst(ENTITIES)) {
            var node = into.addObject().put("entity", one.entity()).put("count", one.count());
            number(node, "mase", one.mase());
            for (var i = 0; i < one.mae().size(); i++) {
                number(node, judgement.names().get(i), one.mae().get(i));
            }
        }
    }

    /** All horizons together, then one by one. */
    private void each(BiConsumer<ObjectNode, int[]> write, ObjectNode into) {
        var horizons = report.judgement().horizons();
        write.accept(into.putObject("all"), new int[] {1, horizons});
        var single = into.putArray("horizons");
        for (var h = 1; h <= horizons; h++) {
            write.accept(single.addObject().put("horizon", h), new int[] {h, h});
        }
    }

    private void alerts(ObjectNode into) {
        into.put("opened", report.alerts.count(Alert.Phase.OPEN));
        into.put("updates", report.alerts.count(Alert.Phase.UPDATE));
        into.put("closed", report.alerts.count(Alert.Phase.CLOSE));
        into.put("opened_before_cut", report.alerts.openedInThePast());
        var channels = into.putObject("opened_by_channel");
        report.alerts.channels().forEach((channel, count) -> channels.put(channel.name(), count));
        var first = into.putArray("first");
        report.alerts.opened().forEach(alert -> alert(alert, first.addObject()));
    }

    private void alert(Alert alert, ObjectNode into) {
        into.put("entity", alert.entity());
        into.put("time", times.text(alert.time()));
        into.put("why", alert.surprise().channel().name());
        number(into, "score", alert.surprise().score());
        number(into, "value", alert.evidence().value());
        number(into, "expected", alert.evidence().expected());
        number(into, "lower", alert.evidence().lower());
        number(into, "upper", alert.evidence().upper());
        number(into, "lately", alert.evidence().fastMean());
        number(into, "before", alert.evidence().slowMean());
    }

    /** JSON knows no NaN. */
    static void number(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, value);
        } else {
            into.putNull(name);
        }
    }
}

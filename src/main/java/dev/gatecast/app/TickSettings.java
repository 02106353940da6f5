package dev.gatecast.app;

import dev.gatecast.codec.Format;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.codec.TickFormat.Kind;
import dev.gatecast.codec.TickFormat.Line;
import dev.gatecast.codec.TickFormat.Time;
import dev.gatecast.codec.TimeFormat;
import dev.gatecast.codec.TraitFields;
import dev.gatecast.feature.Ahead;
import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.forecast.TickNames;
import dev.gatecast.source.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the ticks topic and our own look like, out of the configuration. */
final class TickSettings {
    private TickSettings() {}

    /** The fields of a tick, the targets first. */
    static Fields fields(GatecastConfig config) {
        return Fields.of(fieldNames(config), config.list("ticks.targets"));
    }

    /** Those that are named, and the values to come of some of them. */
    private static List<String> fieldNames(GatecastConfig config) {
        var names = new LinkedHashSet<>(config.list("ticks.fields"));
        names.addAll(new Ahead(config.list("ticks.future"), steps(config)).names());
        return List.copyOf(names);
    }

    private static int steps(GatecastConfig config) {
        return config.list("ticks.future").isEmpty() ? 0 : config.whole("horizon");
    }

    /** The names of what a model is to forecast and of what it may see beside. */
    static TickNames names(GatecastConfig config) {
        var fields = fields(config);
        var others = new ArrayList<>(fields.others());
        if (BarSettings.wanted(config)) {
            others.add(Bars.MISSING);
        }
        return new TickNames(fields.targets(), new TickFields(others));
    }

    /** The format of the ticks topic. */
    static TickFormat format(GatecastConfig config) {
        var fields = fields(config);
        var who = new TickFormat.Who(
                orNull(config.text("ticks.entity")),
                new TraitFields(orNull(config.text("ticks.zone")), orNull(config.text("ticks.category"))));
        var time = new Time(orNull(config.text("ticks.time")), timeFormat(config.text("ticks.time.unit")));
        try {
            return new TickFormat(
                    Kind.valueOf(config.text("ticks.format").toUpperCase(Locale.ROOT)),
                    who,
                    time,
                    fields.names(),
                    fields.targets().size(),
                    line(config, who, time));
        } catch (IllegalArgumentException e) {
            throw new UserError("ticks: " + e.getMessage());
        }
    }

    /** What reads the ticks topic. */
    static TickCodec codec(GatecastConfig config) {
        try {
            return new TickCodec(format(config), TickWrapping.of(config));
        } catch (IllegalArgumentException e) {
            throw new UserError("ticks: " + e.getMessage());
        }
    }

    /** What writes ticks to the topic, which is done in formats of ours only. */
    static TickCodec writer(GatecastConfig config) {
        if (TickWrapping.isUsers(config)) {
            throw new UserError(
                    "ticks are written as JSON, CSV or Avro of schemas/tick.avsc; without ticks.avro.schema,"
                            + " ticks.avro.registry and ticks.deserializer");
        }
        return codec(config);
    }

    /** The format of what we write. */
    static Format output(GatecastConfig config) {
        return Format.valueOf(config.text("output.format").toUpperCase(Locale.ROOT));
    }

    private static Line line(GatecastConfig config, TickFormat.Who who, Time time) {
        var columns = new ArrayList<>(config.list("ticks.csv.columns"));
        if (columns.isEmpty()) {
            addIfNamed(who.field(), columns);
            addIfNamed(time.field(), columns);
            addIfNamed(who.traits().zone(), columns);
            addIfNamed(who.traits().category(), columns);
            columns.addAll(fieldNames(config));
        }
        return new Line(columns, config.text("ticks.csv.separator").charAt(0));
    }

    private static void addIfNamed(@Nullable String column, List<String> columns) {
        if (column != null) {
            columns.add(column);
        }
    }

    private static TimeFormat timeFormat(String unit) {
        return switch (unit) {
            case "s" -> TimeFormat.SECONDS;
            case "us" -> TimeFormat.MICROS;
            case "ns" -> TimeFormat.NANOS;
            case "iso" -> TimeFormat.ISO;
            default -> TimeFormat.MILLIS;
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}

package dev.gatecast.app;

import dev.gatecast.codec.TimeFormat;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.Cadence;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TickSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which CSV files stand in for the ticks topic. */
final class CsvArguments {
    /** The words for a time column's format. */
    enum TimeWord {
        ISO(TimeFormat.ISO),
        S(TimeFormat.SECONDS),
        MS(TimeFormat.MILLIS),
        US(TimeFormat.MICROS),
        NS(TimeFormat.NANOS),
        NUMBER(TimeFormat.NUMBER);

        private final TimeFormat format;

        TimeWord(TimeFormat format) {
            this.format = format;
        }
    }

    /** A gap of more bars than this is left as it is. */
    private static final int MOST_FILLED = 336;

    @Option(
            names = "--csv",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Ticks from these files or folders (*.csv, *.csv.gz) instead of the topic.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--layout",
            defaultValue = "long",
            paramLabel = "long|wide|rows",
            description =
                    "What a row is: one event (long), one time with a column for each entity (wide), or all values"
                            + " of one entity (rows). Default: long.")
    private Layout layout = Layout.LONG;

    @Option(
            names = "--entity",
            paramLabel = "COLUMN",
            description = "Column with the entity's name, or 'file' for the file's name. Default: file.")
    private @Nullable String entity;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Column with the time. Default: none, the number of the entity's row is the time.")
    private @Nullable String time;

    @Option(
            names = "--time-format",
            defaultValue = "iso",
            paramLabel = "iso|s|ms|us|ns|number",
            description =
                    "How the time is written: ISO-8601, or a number since the epoch in this unit, or a number that"
                            + " counts steps. Default: iso.")
    private TimeWord timeFormat = TimeWord.ISO;

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that become a tick's values. Default: all that hold numbers.")
    private List<String> fields = new ArrayList<>();

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "COLUMN",
            description = "Those of them to forecast. Default: the first.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--separator",
            defaultValue = ",",
            paramLabel = "CHARACTER",
            description = "Between two cells. Default: a comma.")
    private char separator = ',';

    @Option(
            names = "--cadence",
            paramLabel = "DURATION",
            description = "Fixed step of the grid, such as PT1H, or none; as the key cadence. Default for files: what"
                    + " nearly all their ticks keep to.")
    private @Nullable String cadence;

    @Option(
            names = "--season",
            paramLabel = "STEPS",
            description = "Lengths of the seasons in steps, such as 24,168, or auto; as the key seasons.")
    private @Nullable String season;

    @Option(names = "--horizon", paramLabel = "STEPS", description = "Steps ahead that a forecast reaches; as the key.")
    private @Nullable String horizon;

    @Option(
            names = "--bars",
            split = ",",
            paramLabel = "RULE|FIELD=RULE",
            description =
                    "Makes bars of --cadence out of the ticks: last, mean, sum, count, min or max, for all fields or"
                            + " for each (price=last,amount=sum). A bar has the time of its start.")
    private List<String> bars = List.of();

    @Option(
            names = "--grace",
            defaultValue = "PT0S",
            paramLabel = "DURATION",
            description = "Time after a bar's end until which late ticks still belong to it. Default: none.")
    private Duration grace = Duration.ZERO;

    @Option(
            names = "--fill",
            defaultValue = "none",
            paramLabel = "none|last|zero",
            description = "What stands for a bar without ticks. Default: none, a gap.")
    private Fill fill = Fill.NONE;

    /** Whether ticks come from files. */
    boolean given() {
        return !paths.isEmpty();
    }

    /**
     * Which files, and how to read them.
     *
     * @throws dev.gatecast.source.BadSource when the options contradict one another
     */
    CsvOptions files() {
        return new CsvOptions(paths, layout, new Columns(entity, time, fields, targets), timeFormat.format, separator);
    }

    /**
     * Opens the files.
     *
     * @throws dev.gatecast.source.BadSource when they cannot be read
     */
    TickSource open() {
        var ticks = CsvTicks.open(files());
        return bars.isEmpty() ? ticks : new BarTicks(ticks, bars(ticks.fields()));
    }

    private BarSpec bars(Fields fields) {
        if (cadence == null || !timed() || layout == Layout.ROWS) {
            throw new UserError("--bars need a length and times: give --cadence and --time");
        }
        var rules = fields.names().stream().map(this::rule).toList();
        return new BarSpec(Times.period("--cadence", cadence, true), grace.toMillis(), rules, fill, MOST_FILLED);
    }

    private Rule rule(String field) {
        for (var text : bars) {
            var at = text.indexOf('=');
            if (at < 0 || text.substring(0, at).equals(field)) {
                return rule(field, text.substring(at + 1));
            }
        }
        throw new UserError("--bars: no rule for the field " + field + "; give " + field + "=last or another");
    }

    private static Rule rule(String field, String text) {
        try {
            return Rule.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError("--bars: '" + text + "' for " + field + " is none of last, mean, sum, count, min, max");
        }
    }

    /** Whether the files have times; without them ticks carry row numbers. */
    boolean timed() {
        return time != null && timeFormat != TimeWord.NUMBER;
    }

    /** Whether ticks come in the order of their times, all entities side by side. */
    boolean inOrderOfTime() {
        return time != null;
    }

    /** Whether the command line says how far ahead is looked. */
    boolean horizonGiven() {
        return horizon != null;
    }

    /** Whether the command line says what the step is. */
    boolean cadenceGiven() {
        return cadence != null;
    }

    /**
     * The settings that these options stand for. Where nobody says what the cadence is, it is looked for in the files.
     *
     * @throws dev.gatecast.source.BadSource when the files cannot be read
     */
    Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        put("cadence", cadence == null && given() ? found() : cadence, settings);
        put("seasons", season, settings);
        put("horizon", horizon, settings);
        return settings;
    }

    private String found() {
        if (!timed()) {
            return "none";
        }
        try (var ticks = CsvTicks.open(files())) {
            var found = Cadence.of(ticks);
            return found == 0 ? "none" : Duration.ofMillis(found).toString();
        }
    }

    private static void put(String key, @Nullable String value, Map<String, String> settings) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}

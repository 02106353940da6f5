package dev.gatecast.app;

import dev.gatecast.codec.TimeFormat;
import dev.gatecast.codec.TraitFields;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.CsvHint;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import dev.gatecast.source.Misfit;
import dev.gatecast.source.TickSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which CSV files stand in for the ticks topic. */
final class CsvArguments {
    /** Settings under which ticks have no grid. */
    static final Map<String, String> NO_GRID = Map.of("cadence", "none", "bars", "");

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
            names = "--zone",
            paramLabel = "COLUMN",
            description = "Column with the name of the entity's time zone. Default: calendar.zone is everybody's.")
    private @Nullable String zone;

    @Option(
            names = "--category",
            paramLabel = "COLUMN",
            description = "Column with the entity's category, of which models learn. Default: none.")
    private @Nullable String category;

    @Option(
            names = "--future",
            split = ",",
            paramLabel = "COLUMN",
            description =
                    "Columns of which values to come are known: beside price there are price+1, price+2 and so on,"
                            + " what it is known to be one, two and more steps later. Default: none.")
    private List<String> future = new ArrayList<>();

    @Option(
            names = "--separator",
            defaultValue = ",",
            paramLabel = "CHARACTER",
            description = "Between two cells. Default: a comma.")
    private char separator = ',';

    @Option(
            names = "--cadence",
            paramLabel = "DURATION",
            description =
                    "Fixed step of the grid, such as PT1H, or none, or auto; as the key cadence. Auto, of files: what"
                            + " their ticks keep to; where some are missing they are made bars, the gaps filled by season.")
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
            paramLabel = "RULE|FIELD=RULE",
            description =
                    "Makes bars of --cadence out of the ticks: last, mean, sum, count, min or max, for all fields or"
                            + " for each (price=last,amount=sum). A bar has the time of its start. As the key bars.")
    private @Nullable String bars;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            description = "Time after a bar's end until which late ticks still belong to it; as the key bars.grace.")
    private @Nullable String grace;

    @Option(
            names = "--fill",
            paramLabel = "RULE",
            description = "What stands for a bar without ticks; as the key bars.fill.")
    private @Nullable String fill;

    private @Nullable GridFound grid;
    private @Nullable Cut cut;
    private @Nullable Long step;
    private boolean ofFilledBars; // what the model was trained on
    private Set<String> said = Set.of();

    /** What is looked for in the files is looked for before this. */
    void before(@Nullable Cut end) {
        cut = end;
    }

    /**
     * The cadence of a model, or that it has none, is that of the files too where nobody says otherwise.
     *
     * @throws UserError where the model has one and the files have no times
     */
    void ofModel(Model model) {
        step = model.recipe().cadence();
        ofFilledBars = model.recipe().spec().context().past().stream()
                .anyMatch(field -> field.name().equals(BarSpec.MISSING));
        if (given() && !timed() && step > 0) {
            throw new UserError(
                    "the model's steps are " + Duration.ofMillis(step) + " apart, so ticks with times are"
                            + " expected, and these have numbers instead: give --time COLUMN, or a model that was trained on rows");
        }
    }

    /** The keys that the configuration says something of: what it says is not looked for in the files. */
    void beside(Set<String> keys) {
        said = keys;
    }

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
        return new CsvOptions(
                paths,
                layout,
                new Columns(entity, time, fields, targets, new TraitFields(zone, category), future),
                timeFormat.format,
                separator);
    }

    /**
     * Opens the files.
     *
     * @throws dev.gatecast.source.BadSource when they cannot be read
     */
    TickSource open() {
        return CsvTicks.open(files());
    }

    /**
     * What is probably not meant or was found, in lines; looks into the files.
     *
     * @param read with these options
     */
    List<String> hints(GatecastConfig read) {
        if (!given()) {
            return List.of();
        }
        var hints = new ArrayList<String>();
        CsvHint.of(files()).ifPresent(hints::add);
        CsvHint.ofClocks(files()).ifPresent(hints::add);
        if (fillsGaps()) {
            grid().filled().ifPresent(hints::add);
            otherSteps(read.cadence()).ifPresent(hints::add);
        } else if (timed() && read.cadence() > 0 && !BarSettings.wanted(read)) {
            GridFound.in(files(), Optional.ofNullable(cut), read.cadence())
                    .left()
                    .ifPresent(hints::add);
        }
        return hints;
    }

    /** That some entities have other steps than the grid whose gaps are filled, so that most of theirs are guesses. */
    private Optional<String> otherSteps(long grid) {
        try (var ticks = open()) {
            return Misfit.of(grid, ticks).map(misfit -> misfit.text("the cadence", Misfit.OF_TICKS));
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

    /** Whether somebody says what the step is: the command line or, of files with times, the configuration. */
    boolean cadenceGiven() {
        return cadence == null ? timed() && said.contains("cadence") : !cadence.equals(GatecastConfig.AUTO);
    }

    /** Whether the cadence is what the ticks of files keep to, nobody and no model having said another. */
    boolean cadenceFound() {
        return given() && timed() && !cadenceGiven() && step == null;
    }

    /**
     * The settings that these options stand for.
     *
     * @throws UserError where bars are asked for that the files cannot have, or files are described that are not named
     */
    Map<String, String> settings() {
        if (!given()) {
            refuseWhatIsOfFiles();
        }
        if (bars != null && given() && (!cadenceGiven() || !timed() || layout == Layout.ROWS)) {
            throw new UserError("--bars need a length and times: give --cadence and --time");
        }
        if (given() && !timed() && cadenceGiven() && !GridFound.NONE.text().equals(cadence)) {
            throw new UserError(
                    "--cadence " + cadence + " is a time, and the ticks have numbers instead, each a step: give"
                            + " --time COLUMN, or --cadence none");
        }
        var settings = new TreeMap<String, String>();
        put("bars", bars, settings);
        put("bars.grace", grace, settings);
        put("bars.fill", fill, settings);
        put("cadence", !cadenceGiven() && given() && !timed() ? GridFound.NONE.text() : cadence, settings);
        put("seasons", season, settings);
        put("horizon", horizon, settings);
        return settings;
    }

    private void refuseWhatIsOfFiles() {
        var ofFiles = new LinkedHashMap<String, Boolean>();
        ofFiles.put("--layout", layout != Layout.LONG);
        ofFiles.put("--entity", entity != null);
        ofFiles.put("--time", time != null);
        ofFiles.put("--time-format", timeFormat != TimeWord.ISO);
        ofFiles.put("--fields", !fields.isEmpty());
        ofFiles.put("--targets", !targets.isEmpty());
        ofFiles.put("--zone", zone != null);
        ofFiles.put("--category", category != null);
        ofFiles.put("--future", !future.isEmpty());
        ofFiles.put("--separator", separator != ',');
        ofFiles.forEach((option, used) -> {
            if (used) {
                throw new UserError(option + " describes files: name them with --csv PATH. What the ticks topic looks"
                        + " like is said by keys such as ticks.fields, by --set or in the --config file");
            }
        });
    }

    /**
     * Settings that were found in the files, where nobody says what the cadence is.
     *
     * @throws dev.gatecast.source.BadSource when the files cannot be read
     */
    Map<String, String> found() {
        if (!given() || cadenceGiven()) {
            return Map.of();
        }
        var settings = new TreeMap<>(Map.of("cadence", grid().text()));
        if (fillsGaps()) {
            settings.put("bars", "last");
            settings.put("bars.fill", "season");
        }
        return settings;
    }

    /** Whether gaps are filled that nobody said anything of: there are some, or the model knows of filled ones. */
    private boolean fillsGaps() {
        boolean grid = !cadenceGiven() && !barsGiven() && timed();
        return grid && (grid().missing() > 0 || (ofFilledBars && !grid().equals(GridFound.NONE)));
    }

    private boolean barsGiven() {
        return bars != null || said.contains("bars");
    }

    private GridFound grid() {
        if (grid == null) {
            grid = timed() && (step == null || step > 0)
                    ? GridFound.in(files(), Optional.ofNullable(cut), step == null ? 0 : step)
                    : GridFound.NONE;
        }
        return grid;
    }

    private static void put(String key, @Nullable String value, Map<String, String> settings) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}

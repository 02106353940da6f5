package dev.gatecast.app;

import dev.gatecast.backtest.Backtest;
import dev.gatecast.backtest.BacktestSettings;
import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.backtest.ModelChoice;
import dev.gatecast.backtest.Models;
import dev.gatecast.backtest.Rival;
import dev.gatecast.source.Cut;
import dev.gatecast.source.Misfit;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.trainer.UnusableHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "backtest",
        description = {
            "Replays the ticks of the topic, or of CSV files, through the forecaster and reports its errors, coverage and"
                    + " alerts beside those of simple forecasts.",
            "With CSV files and a model in a file no broker is needed."
        })
final class BacktestCommand implements Runnable {
    private static final String OFFSET = "offset:";

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private CsvArguments csv;

    @Mixin
    private BacktestOutput output;

    @Option(
            names = "--from",
            paramLabel = "TIME|offset:N",
            description = "Reads the topic from this event time, or from this offset of each partition, on.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME|offset:N",
            description = "Reads the topic up to this event time, or up to this offset of each partition.")
    private @Nullable String to;

    @Option(
            names = "--train-until",
            paramLabel = "TIME|ROW|FRACTION",
            description = "What comes before is the past: it is replayed, and models are fitted to it, but"
                    + " only what comes after is judged. A time, a number of rows of each entity (-48: all but the last"
                    + " 48), or a share of them with a decimal point.")
    private @Nullable String until;

    @Option(
            names = "--models",
            paramLabel = "CHOICE",
            description = {
                "latest: the newest activated model; file:FILE; pinned:ID: a published model; as-recorded: each activation"
                        + " as it was; walk-forward:PERIOD: trained anew every so often on what has come before (PT168H,"
                        + " or a number where times are numbers); none.",
                "Default: latest for the topic. For CSV files a model is trained on what comes before --train-until,"
                        + " and none is used without that."
            })
    private @Nullable String models;

    @Option(
            names = "--model-out",
            paramLabel = "FILE",
            description = "Where a model that is trained here is written to.")
    private @Nullable Path modelOut;

    @Option(
            names = "--contender",
            paramLabel = "CHOICE",
            description = "Another model to judge beside it: file:FILE, pinned:ID or latest. May be repeated.")
    private List<String> contenders = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share the work; their number changes no result. Default: one a core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var cut = until == null ? null : Cut.parse(until);
        csv.before(cut);
        csv.beside(config.said());
        var one = csv.given() ? oneModel() : Optional.<Models.Pinned>empty();
        one.ifPresent(pinned -> csv.ofModel(pinned.model()));
        var asked = config.read(csv.settings(), csv.found());
        checkOptions();
        var read = onGrid(asked, cut);
        var err = spec.commandLine().getErr();
        var out = spec.commandLine().getOut();
        var found = one.<Models>map(pinned -> pinned).orElseGet(() -> found(read));
        csv.hints(read).forEach(err::println);
        BacktestModels.seen(found, cut).ifPresent(err::println);
        misfit(read, found).ifPresent(err::println);
        var source = new RefusedRows(source(read));
        try (var progress = new BacktestProgress(err);
                var sender = output.sender(read)) {
            var report = new Backtest(settings(read, found), source, progress).run(found, rivals(read), sender);
            out.print(report.text());
            if (sender != null) {
                out.printf(Locale.ROOT, "%,d forecasts sent%n", sender.finish());
            }
            if (output.folder() != null) {
                out.printf("the files, among them report.json and report.html, are in %s%n", output.folder());
            }
            out.flush();
        } catch (UnusableHistory e) {
            source.say(err);
            throw e;
        }
    }

    /**
     * The model that all of the files are judged under, where one is there already: the grid that the files are to have is
     * its own, so it is looked for under the rest of the configuration.
     */
    private Optional<Models.Pinned> oneModel() {
        var choice = choice();
        if (choice instanceof ModelChoice.FromFile
                || choice instanceof ModelChoice.Pinned
                || choice instanceof ModelChoice.Latest) {
            var finder = new BacktestModels(
                    config.read(CsvArguments.NO_GRID), spec.commandLine().getErr());
            return Optional.of((Models.Pinned) finder.chosen(choice));
        }
        return Optional.empty();
    }

    /** With the cadence that the ticks of the topic keep to, where it is to be found and no model has one. */
    private GatecastConfig onGrid(GatecastConfig asked, @Nullable Cut cut) {
        var choice = choice();
        boolean ownSteps = choice instanceof ModelChoice.None || choice instanceof ModelChoice.WalkForward;
        if (csv.given() || !asked.findsCadence() || !ownSteps) {
            return asked;
        }
        var grid = GridFound.in(source(asked), Optional.ofNullable(cut), 0);
        return asked.with(Map.of("cadence", grid.text()));
    }

    /** That the ticks do not keep to the cadence which they are judged by, or have several where there is none. */
    private Optional<String> misfit(GatecastConfig read, Models found) {
        if (csv.given() && !csv.timed()) {
            return Optional.empty();
        }
        var model = found instanceof Models.Pinned pinned ? pinned.model() : null;
        long cadence = model == null ? read.cadence() : model.recipe().cadence();
        try (var ticks = source(read).get()) {
            if (cadence == 0) {
                return Misfit.apart(ticks).map(misfit -> misfit.text("the others' step", Misfit.NO_CADENCE));
            }
            return Misfit.of(cadence, ticks)
                    .map(misfit -> model == null
                            ? misfit.text("the cadence", Misfit.OF_TICKS)
                            : misfit.text("the model's cadence", Misfit.OF_MODEL));
        }
    }

    private void checkOptions() {
        if (threads < 1) {
            throw new UserError("--threads: at least 1 expected, got " + threads);
        }
        if (csv.given() && (from != null || to != null)) {
            throw new UserError("--from and --to choose from the topic; they do not go with --csv");
        }
        if (to != null && from != null && empty(from, to)) {
            throw new UserError("--from=" + from + " is not before --to=" + to + ": nothing lies between them");
        }
        if (modelOut != null && !trains()) {
            throw new UserError("--model-out is for a model that is trained here: give --train-until without --models");
        }
        if (modelOut != null) {
            ModelFile.requireWritable(modelOut);
        }
        if (output.folder() != null) {
            OutputFolder.make(output.folder());
        }
    }

    /** Whether the model is made of what comes before the cut. */
    private boolean trains() {
        return csv.given() && until != null && models == null;
    }

    private Models found(GatecastConfig read) {
        var finder = new BacktestModels(read, spec.commandLine().getErr());
        if (trains()) {
            return finder.trained(csv.timed(), modelOut);
        }
        if (models == null && csv.given()) {
            spec.commandLine().getErr().println("no model: give --train-until to train one, or --models file:FILE");
        }
        var choice = choice();
        if (choice instanceof ModelChoice.WalkForward forward) {
            return finder.walkForward(forward.period(), csv);
        }
        return finder.chosen(choice);
    }

    private ModelChoice choice() {
        return ModelChoice.parse(models != null ? models : csv.given() ? "none" : "latest");
    }

    private List<Rival> rivals(GatecastConfig read) {
        var finder = new BacktestModels(read, spec.commandLine().getErr());
        return contenders.stream().map(finder::rival).toList();
    }

    private BacktestSettings settings(GatecastConfig read, Models found) {
        var ownSteps = found instanceof Models.None || found instanceof Models.WalkForward;
        var seasons = read.findsSeasons()
                ? null
                : Arrays.stream(read.wholes("seasons")).boxed().toList();
        return new BacktestSettings(
                new Steps(
                        csv.horizonGiven() || ownSteps ? read.whole("horizon") : 0,
                        seasons,
                        csv.cadenceGiven() || ownSteps ? read.durationOrNone("cadence") : 0),
                new Data(
                        until == null ? null : Cut.parse(until), TrainSettings.limits(read, csv.timed()), judged(read)),
                ForecastSettings.forecaster(read).withoutDrivers(),
                output.output(csv.given() && !csv.timed()),
                threads);
    }

    /** Of bars all are taken: they are made of ticks that were. */
    private BacktestSettings.Future judged(GatecastConfig read) {
        return BarSettings.wanted(read) ? new BacktestSettings.Future(Long.MAX_VALUE, 0) : future(read);
    }

    private BacktestSettings.Future future(GatecastConfig read) {
        long limit = ForecastSettings.futureLimit(read);
        if (csv.given() || read.text("ticks.entity").isEmpty()) {
            return new BacktestSettings.Future(limit, 0);
        }
        var cluster = Cluster.of(read);
        try (var admin = cluster.admin()) {
            int partitions = admin.partitions(cluster.topics().names().ticks()).orElse(0);
            return new BacktestSettings.Future(limit, partitions);
        }
    }

    private Supplier<TickSource> source(GatecastConfig read) {
        var future = future(read);
        var ticks = csv.given() ? (Supplier<TickSource>) csv::open : topic(read);
        return () -> BarSettings.of(read, ticks.get(), future);
    }

    private Supplier<TickSource> topic(GatecastConfig read) {
        var cluster = Cluster.of(read);
        var format = TickSettings.format(read);
        var range = TopicRange.now(cluster.clients(), cluster.topics().names().ticks(), times())
                .within(offset("--from", from, 0), offset("--to", to, Long.MAX_VALUE));
        var wanted = format.time().field() == null ? range.skipping(cluster.clients()) : range;
        var codec = TickSettings.codec(read);
        return () -> TopicTicks.open(cluster.clients(), wanted, codec, TickSettings.fields(read));
    }

    /** Whether two bounds of the same kind leave nothing. */
    private static boolean empty(String from, String to) {
        boolean offsets = from.startsWith(OFFSET);
        if (offsets != to.startsWith(OFFSET)) {
            return false;
        }
        return offsets
                ? offset("--from", from, 0) >= offset("--to", to, 0)
                : time("--from", from, 0) >= time("--to", to, 0);
    }

    private TopicRange.Times times() {
        return new TopicRange.Times(time("--from", from, Long.MIN_VALUE), time("--to", to, Long.MAX_VALUE));
    }

    private static long time(String name, @Nullable String text, long otherwise) {
        return text == null || text.startsWith(OFFSET) ? otherwise : Times.option(name, text);
    }

    private static long offset(String name, @Nullable String text, long otherwise) {
        if (text == null || !text.startsWith(OFFSET)) {
            return otherwise;
        }
        try {
            return Long.parseLong(text.substring(OFFSET.length()));
        } catch (NumberFormatException e) {
            throw new UserError(name + "=" + text + ": a number is expected after " + OFFSET);
        }
    }
}

package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.forecast.UnfitModel;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.SeriesTicks;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replays ticks through the forecaster that the live topology uses, and judges every forecast beside simpler ones. What
 * comes out depends on the ticks, the models and the settings alone.
 */
public final class Backtest {
    private static final int HORIZONS_WITHOUT_A_MODEL = 24;

    private final BacktestSettings settings;
    private final Supplier<? extends TickSource> source;
    private final Progress progress;

    /**
     * A backtest that has not run.
     *
     * @param source opens the ticks from their start; asked once for the past, if there is a cut, and once for the
     *     replay; once more for cuts that count from the end
     */
    public Backtest(BacktestSettings settings, Supplier<? extends TickSource> source, Progress progress) {
        this.settings = settings;
        this.source = source;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @throws BadSource if the ticks, the cut and the models do not go together
     */
    public Report run(Models models) {
        return run(models, List.of(), null);
    }

    /**
     * Runs it beside other models, and shows every forecast of the model in use as it is made, those of the past and
     * those that do not count yet too.
     *
     * @param rivals other models, for all ticks
     * @param made is shown the forecasts; null: nobody
     * @throws BadSource if the ticks, the cut and the models do not go together
     */
    public Report run(Models models, List<Rival> rivals, @Nullable Consumer<Forecast> made) {
        var cut = settings.data().cut();
        Predicate<SourcedTick> past = cut == null ? tick -> false : cut.past(() -> watched("counting"));
        var history = cut == null ? null : history(past);
        var schedule = models.schedule(
                new Models.Past(history, past, this::fields, settings.data().history()));
        var grid = grid(schedule.recipe(), history);
        rivals.forEach(rival -> requireLike(rival, grid));
        try (var ticks = watched("replay")) {
            var fields = new TickFields(ticks.fields().others());
            var lineup = new Lineup(
                    grid,
                    room -> new Forecaster(settings.forecaster(), fields, room),
                    !(models instanceof Models.None),
                    rivals,
                    new Contenders(grid, history, intake(schedule.recipe())),
                    settings.output());
            return replay(schedule, lineup, made, ticks, past);
        } catch (UnfitModel e) {
            throw new BadSource(String.valueOf(e.getMessage()), e);
        }
    }

    private Report replay(
            Models.Schedule schedule,
            Lineup lineup,
            @Nullable Consumer<Forecast> made,
            TickSource ticks,
            Predicate<SourcedTick> past) {
        try (var files = OutputFiles.open(settings.output());
                var replay = new Replay(schedule, lineup, files, settings.threads(), made)) {
            replay.run(ticks, past);
            var report = replay.report(settings, ticks.rejections());
            files.report(report);
            return report;
        }
    }

    /** A past whose model is not known before the first tick was taken in without one. */
    private Intake intake(@Nullable Recipe recipe) {
        var seasons = recipe == null ? Seasons.NONE : recipe.spec().seasons();
        return new Intake(seasons, settings.forecaster().valueLimit());
    }

    private Fields fields() {
        try (var ticks = source.get()) {
            return ticks.fields().ofSeries();
        }
    }

    private void requireLike(Rival rival, Grid grid) {
        var recipe = rival.model().recipe();
        var step = step(recipe.cadence());
        if (recipe.horizons() < grid.horizons() || step != grid.slots().cadence()) {
            throw new BadSource(rival.name() + " forecasts " + recipe.horizons() + " steps of " + step + " ms; "
                    + grid.horizons() + " steps of " + grid.slots().cadence() + " ms are judged");
        }
    }

    /** How far steps are apart: rows without times are counted. */
    private long step(long cadence) {
        return cadence == 0 && settings.output().rowTimes() ? 1 : cadence;
    }

    private TickSource watched(String stage) {
        var admitted = new AdmittedTicks(source.get(), settings.data().future());
        return new WatchedTicks(SeriesTicks.of(admitted), stage, progress);
    }

    private History history(Predicate<SourcedTick> past) {
        try (var ticks = watched("past")) {
            return History.read(ticks, past, settings.data().history());
        }
    }

    private Grid grid(@Nullable Recipe recipe, @Nullable History history) {
        var steps = settings.steps();
        var horizons = steps.horizons() > 0 ? steps.horizons() : HORIZONS_WITHOUT_A_MODEL;
        var cadence = steps.cadence();
        if (recipe != null) {
            horizons = horizons(recipe);
            cadence = cadence(recipe);
        }
        boolean rows = settings.output().rowTimes();
        var seasons = GridSeasons.of(steps.seasons(), recipe, history, rows ? 0 : cadence);
        return new Grid(
                new Slots(step(cadence)), horizons, seasons, settings.data().cut() != null);
    }

    private int horizons(Recipe recipe) {
        var asked = settings.steps().horizons();
        if (asked > recipe.horizons()) {
            throw new BadSource("the model forecasts " + recipe.horizons() + " steps, " + asked + " are asked for");
        }
        return asked > 0 ? asked : recipe.horizons();
    }

    private long cadence(Recipe recipe) {
        var asked = settings.steps().cadence();
        var own = recipe.spec().cadence();
        if (asked > 0 && own > 0 && asked != own) {
            throw new BadSource("the model's cadence is " + own + " ms, " + asked + " ms are asked for");
        }
        return own > 0 ? own : asked;
    }
}

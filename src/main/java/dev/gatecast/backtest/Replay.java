package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One pass over the ticks: advances every entity, and shows what comes of it to the judge and to the files. */
final class Replay {
    private final Forecaster forecaster;
    private final Models.Schedule schedule;
    private final Judge judge;
    private final OutputFiles files;
    private final Consumer<Forecast> made;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Map<String, Long> models = new TreeMap<>();
    private final Rejections rejections = new Rejections();
    private final AlertLog alerts = new AlertLog();
    private long ticks;
    private long pastTicks;

    Replay(Forecaster forecaster, Models.Schedule schedule, Judge judge, OutputFiles files, Consumer<Forecast> made) {
        this.forecaster = forecaster;
        this.made = made;
        this.schedule = schedule;
        this.judge = judge;
        this.files = files;
    }

    /** Reads the source to its end. */
    void run(TickSource source, Predicate<SourcedTick> past) {
        for (var tick = source.next(); tick != null; tick = source.next()) {
            take(tick, past.test(tick));
        }
        tracks.values().forEach(this::end);
    }

    private void take(SourcedTick sourced, boolean past) {
        var tick = sourced.tick();
        var track = tracks.computeIfAbsent(tick.entity(), this::track);
        var governing = schedule.at(tick);
        var outcome = forecaster.advance(track.state, tick, governing);
        ticks++;
        pastTicks += past ? 1 : 0;
        files.tick(tick, outcome);
        var rejection = outcome.rejection();
        if (rejection != null) {
            var reason = outcome.reason();
            rejections.add(rejection, () -> sourced.origin() + ": " + tick.entity() + ": " + reason);
            return;
        }
        track.governing = governing;
        var alert = outcome.alert();
        if (alert != null) {
            alerts.add(alert, past);
        }
        var forecast = noted(outcome.forecast());
        judge.tick(track, tick, past, forecast, forecast != null || schedule.recipe() == null);
    }

    private Track track(String entity) {
        return new Track(entity, forecaster.newState(), judge.window());
    }

    private @Nullable Forecast noted(@Nullable Forecast forecast) {
        if (forecast == null) {
            return null;
        }
        made.accept(forecast);
        models.merge(forecast.stamp().model(), 1L, Long::sum);
        if (forecast.horizons() < judge.horizons()) {
            throw new BadSource("the model " + forecast.stamp().model() + " forecasts " + forecast.horizons()
                    + " steps where the first one forecasts " + judge.horizons() + "; give --horizon "
                    + forecast.horizons());
        }
        return forecast;
    }

    private void end(Track track) {
        var governing = track.governing;
        var last = track.pending.peekLast();
        var made = last != null && last.madeAt == track.state.lastTime();
        judge.end(track, made || governing == null ? null : forecaster.forecast(track.entity, track.state, governing));
    }

    Report report(BacktestSettings settings, Rejections ofSource) {
        var counts = new Report.Counts(ticks, pastTicks, tracks.size(), judge.judged());
        return new Report(settings, counts, models, judge.judgement(), alerts, new Refused(ofSource, rejections));
    }
}

package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Governing;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.SourcedTick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Advances some of the entities. The lanes of a replay share nothing that changes, and their number does not depend on
 * that of the threads: so the threads' number changes no result.
 */
final class Lane {
    private static final @Nullable Forecast[] NO_RIVALS = {};

    private final Lineup lineup;
    private final Forecaster forecaster;
    private final List<Runner> rivals;
    private final RoutedPages pages = new RoutedPages();
    private final Shelf shelf = new Shelf();
    private final Judge judge;
    private final Map<String, Long> models = new TreeMap<>();
    private String model = ""; // of the last forecasts
    private long made; // by it, not yet among the models
    private final boolean watched;

    /**
     * A rival in this lane.
     *
     * @param forecaster its own, so that it cannot push the model's kernels out
     * @param governing the rival's model
     */
    private record Runner(Forecaster forecaster, Governing governing) {}

    /** @param watched whether every forecast is noted as it is made */
    Lane(Lineup lineup, boolean watched) {
        this.lineup = lineup;
        this.watched = watched;
        IntFunction<float[]> room = watched ? float[]::new : shelf::take;
        forecaster = lineup.forecaster().apply(room);
        rivals = lineup.rivals().stream()
                .map(rival -> new Runner(lineup.forecaster().apply(room), new Governing(rival.model(), 1)))
                .toList();
        judge = new Judge(lineup, pages, shelf);
    }

    /**
     * An entity for this lane to advance.
     *
     * @param drawn whether it is kept for the charts
     * @param newcomer place among the entities that begin after the cut, or -1
     */
    Track track(String entity, int number, boolean drawn, int newcomer) {
        return new Track(
                entity,
                number,
                new Track.Start(
                        forecaster.newState(),
                        Stream.generate(forecaster::newState)
                                .limit(rivals.size())
                                .toArray(EntityState[]::new),
                        judge.window(),
                        judge.memories(),
                        drawn ? new Sample(lineup.grid().horizons()) : null,
                        newcomer));
    }

    /** Forecasts made, by the model's id. */
    Map<String, Long> models() {
        note();
        return models;
    }

    /** The sums so far. */
    Tally tally() {
        return judge.tally();
    }

    /** Does this lane's part of a block. */
    void work(Block block, Part part) {
        pages.route(part.pages);
        for (var i = 0; i < part.size(); i++) {
            var item = part.item(i);
            var tick = block.ticks[item];
            if (tick == null) {
                end(block.tracks[item]);
            } else {
                take(block, item, tick, part);
            }
            part.pages.endItem();
        }
    }

    private void take(Block block, int item, SourcedTick sourced, Part part) {
        var track = block.tracks[item];
        var governing = block.governing[item];
        var past = block.past[item];
        var outcome = forecaster.advance(track.state, sourced.tick(), governing);
        var tick = outcome.tick();
        part.pages.tick(tick, outcome);
        var rejection = outcome.rejection();
        if (rejection != null) {
            var text = sourced.origin() + ": " + tick.entity() + ": " + outcome.reason();
            part.events.add(new Part.Rejected(item, rejection, text));
            return;
        }
        if (governing != track.governing) { // else the collector would note the store all the same
            track.governing = governing;
        }
        track.lastRow = sourced.row();
        var alert = outcome.alert();
        if (alert != null) {
            part.events.add(new Part.Alerted(item, alert, past));
        }
        var forecast = outcome.forecast();
        if (forecast != null) {
            checkReach(forecast);
            count(forecast.stamp().model());
            if (watched) {
                part.events.add(new Part.Made(item, forecast));
            }
        }
        judge.tick(track, tick, past, made(track, sourced, past, forecast));
    }

    private void count(String by) {
        if (!by.equals(model)) {
            note();
            model = by;
        }
        made++;
    }

    private void note() {
        if (made > 0) {
            models.merge(model, made, Long::sum);
            made = 0;
        }
    }

    private @Nullable Pending made(Track track, SourcedTick sourced, boolean past, @Nullable Forecast forecast) {
        var ofRivals = rivals.isEmpty() ? NO_RIVALS : rivals(track, sourced.tick());
        if (forecast == null && lineup.model()) {
            return null;
        }
        var at = new Pending.SourcedAt(sourced.tick().time(), sourced.row());
        var pending = new Pending(judge.slot(track, sourced.tick()), at, past, forecast, ofRivals);
        if (watched) {
            shelf.keep(pending); // the forecasts are somebody else's too
        }
        return pending;
    }

    private @Nullable Forecast[] rivals(Track track, Tick tick) {
        var forecasts = new @Nullable Forecast[rivals.size()];
        for (var r = 0; r < forecasts.length; r++) {
            var runner = rivals.get(r);
            var outcome = runner.forecaster.advance(track.rivals[r], tick, runner.governing);
            forecasts[r] = outcome.forecast();
        }
        return forecasts;
    }

    private void checkReach(Forecast forecast) {
        var horizons = lineup.grid().horizons();
        if (forecast.horizons() < horizons) {
            throw new BadSource("the model " + forecast.stamp().model() + " forecasts " + forecast.horizons()
                    + " steps where " + horizons + " are wanted; give --horizon " + forecast.horizons());
        }
    }

    private void end(Track track) {
        var governing = track.governing;
        var last = track.pending.peekLast();
        var made = last != null && last.madeAt == track.state.lastTime();
        var forecast = made || governing == null ? null : forecaster.forecast(track.entity, track.state, governing);
        judge.end(track, forecast == null ? null : lastOf(track, forecast));
    }

    private static Pending lastOf(Track track, Forecast forecast) {
        var at = new Pending.SourcedAt(forecast.madeAt(), track.lastRow);
        return new Pending(track.window.newest(), at, false, forecast, NO_RIVALS);
    }

    /** Hands forecasts on to the pages of the block that is being worked on. */
    private static final class RoutedPages implements ForecastSink {
        private @Nullable Pages pages;

        void route(Pages to) {
            pages = to;
        }

        @Override
        public void forecast(Pending made, Window window, boolean last) {
            if (pages != null) {
                pages.forecast(made, window, last);
            }
        }
    }
}

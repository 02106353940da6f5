package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds every forecast until its actual values have come, and judges it beside the rivals and contenders. What is made
 * while the past lasts is forgotten, but for the forecast of an entity's last tick of it. One a lane.
 */
final class Judge {
    private final Lineup lineup;
    private final Grid grid;
    private final Contender[] contenders;
    private final ForecastSink sink;
    private final Tally tally;
    private final Settlement settlement;
    private final int atOnce; // contenders that forecast at once
    private final double[] scratch; // (horizons)
    private final Shelf shelf;

    /** @param shelf takes the arrays of what leaves */
    Judge(Lineup lineup, ForecastSink sink, Shelf shelf) {
        this.lineup = lineup;
        this.sink = sink;
        this.shelf = shelf;
        grid = lineup.grid();
        contenders = lineup.contenders().ofLane().toArray(Contender[]::new);
        tally = lineup.tally();
        settlement = new Settlement(lineup, contenders, tally);
        atOnce = (int) Arrays.stream(contenders).filter(Contender::atOnce).count();
        scratch = new double[grid.horizons()];
    }

    /** A window that keeps what the contenders look up and what the files tell. */
    Window window() {
        var reach = Arrays.stream(contenders).mapToInt(Contender::reach).max().orElse(1);
        var slots = grid.horizons() + Math.max(reach, grid.mainSeason()) + 1;
        return new Window(slots, grid.horizons() + 1);
    }

    /** What the contenders keep of a new entity, (contenders). */
    double[][] memories() {
        return Arrays.stream(contenders).map(Contender::memory).toArray(double[][]::new);
    }

    /** The sums so far. */
    Tally tally() {
        return tally;
    }

    /** The number of a tick's step. */
    long slot(Track track, Tick tick) {
        return grid.slots().of(tick.time(), track.ticks);
    }

    /**
     * Takes a tick in, after the entity's state has.
     *
     * @param made what was forecast at this tick; null where nothing of it is judged
     */
    void tick(Track track, Tick tick, boolean past, @Nullable Pending made) {
        var slot = slot(track, tick);
        forgetOrFinish(track, slot, past);
        if (track.window.length() == 0 || slot > track.window.newest()) {
            settle(track, slot, tick);
            remember(track, slot, tick, past);
        }
        track.ticks++;
        track.movement.add(tick.values()[0]);
        if (past) {
            track.pastUntil = tick.time();
        } else if (track.judgedFrom == Long.MAX_VALUE) {
            track.judgedFrom = tick.time();
        }
        if (made != null) {
            made.first = FirstTicks.include(track);
            track.pending.add(made);
        }
    }

    private void forgetOrFinish(Track track, long slot, boolean past) {
        var newest = track.pending.peekLast();
        if (newest == null || newest.finished) {
            return;
        }
        var forgotten = newest.past && past;
        var due = slot > newest.slot && slot - newest.slot <= grid.horizons();
        if (!forgotten && due && !newest.counts()) {
            track.warming++;
        }
        if (forgotten || !(lineup.output().keepsAll() || newest.first || newest.counts())) {
            shelf.put(track.pending.removeLast());
        } else {
            finish(track, newest);
        }
    }

    /** Contenders that forecast at once do so late, when somebody wants it; the window is still that of the tick. */
    private void finish(Track track, Pending made) {
        made.finished = true;
        made.scale = track.scale();
        if (made.counts()) {
            made.atOnce = newest(track, made.slot);
        }
        if (track.sample != null && made.forecast != null) {
            track.sample.forecast(made.forecast);
        }
    }

    /** What the contenders that forecast at once say now, less the slot's value, (those contenders * horizons). */
    private float[] newest(Track track, long slot) {
        var from = track.window.get(slot);
        var forecasts = shelf.take(atOnce * scratch.length);
        var at = 0;
        for (var c = 0; c < contenders.length; c++) {
            if (contenders[c].atOnce()) {
                contenders[c].forecast(track.window, track.memories[c], scratch);
                for (var value : scratch) {
                    forecasts[at++] = (float) (value - from);
                }
            }
        }
        return forecasts;
    }

    /** Lets those leave of whose values the last one was due before this slot. */
    private void settle(Track track, long slot, Tick tick) {
        for (var oldest = track.pending.peek();
                oldest != null && slot - oldest.slot > grid.horizons();
                oldest = track.pending.peek()) {
            tally.complete++;
            tally.reach += tick.time() - oldest.madeAt;
            leave(track, false);
        }
    }

    private void leave(Track track, boolean last) {
        var made = track.pending.remove();
        if (made.finished && made.counts()) {
            settlement.judge(track, made);
        }
        if (made.finished && made.first && made.forecast != null) {
            tally.firsts.judge(track, made.slot, made.forecast);
        }
        sink.forecast(made, track.window, last);
        shelf.put(made);
    }

    private void remember(Track track, long slot, Tick tick, boolean past) {
        var value = tick.values()[0];
        var before = track.window.get(slot - grid.mainSeason());
        if (!tick.missing() && !Double.isNaN(before)) {
            track.addDifference(Math.abs(value - before), past);
        }
        track.window.put(slot, value, tick.time());
        if (tick.missing()) {
            track.window.guess();
        }
        for (var c = 0; c < track.memories.length; c++) {
            var memory = contenders[c].tick(slot, value, track.memories[c]);
            if (memory != track.memories[c]) { // else the collector would note the store all the same
                track.memories[c] = memory;
            }
        }
        if (track.sample != null) {
            track.sample.value(tick);
        }
    }

    /**
     * Ends an entity: what still waits goes to the sink, the last forecast marked as such.
     *
     * @param last the forecast of the entity's last tick where none was made at it before; null where it was
     */
    void end(Track track, @Nullable Pending last) {
        if (last != null) {
            track.pending.add(last);
        }
        while (!track.pending.isEmpty()) {
            leave(track, track.pending.size() == 1);
        }
    }
}

package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the ticks: deals them to the lanes block by block, and writes what comes of each block in the order of
 * its ticks while the next one is worked on.
 */
final class Replay implements AutoCloseable {
    /** Fixed: the entities of a lane share sums, so another number would round them differently. */
    private static final int LANES = 16;

    private final Models.Schedule schedule;
    private final Lineup lineup;
    private final OutputFiles files;
    private final @Nullable Consumer<Forecast> made;
    private final Crew crew;
    private final List<Lane> lanes = new ArrayList<>(); // (lanes)
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Rejections rejections = new Rejections();
    private final AlertLog alerts = new AlertLog();
    private Block filling;
    private Block working;
    private long ticks;
    private long pastTicks;
    private int newcomers; // entities without a tick before the cut

    /**
     * A replay that has not begun.
     *
     * @param made is shown every forecast; null: nobody
     */
    Replay(Models.Schedule schedule, Lineup lineup, OutputFiles files, int threads, @Nullable Consumer<Forecast> made) {
        this.schedule = schedule;
        this.lineup = lineup;
        this.files = files;
        this.made = made;
        crew = new Crew(threads);
        for (var lane = 0; lane < LANES; lane++) {
            lanes.add(new Lane(lineup, made != null));
        }
        filling = block();
        working = block();
    }

    private Block block() {
        return new Block(LANES, () -> files.pages(lineup.grid().horizons()));
    }

    /** Reads the source to its end. */
    void run(TickSource source, Predicate<SourcedTick> past) {
        for (var tick = source.next(); tick != null; tick = source.next()) {
            take(tick, past.test(tick));
        }
        tracks.values().forEach(track -> add(track, null, false));
        turn();
        turn();
    }

    private void take(SourcedTick tick, boolean past) {
        ticks++;
        pastTicks += past ? 1 : 0;
        var entity = tick.tick().entity();
        var track = tracks.get(entity);
        if (track == null) {
            track = track(entity, past);
            tracks.put(entity, track);
        }
        add(track, tick, past);
    }

    private Track track(String entity, boolean past) {
        var number = tracks.size();
        var newcomer = past ? -1 : newcomers++;
        return lanes.get(number % LANES).track(entity, number % LANES, number < Sample.ENTITIES, newcomer);
    }

    private void add(Track track, @Nullable SourcedTick tick, boolean past) {
        filling.add(track, tick, tick == null ? null : schedule.at(tick), past);
        if (filling.isFull()) {
            turn();
        }
    }

    /** Starts work on the block that was filled, and writes the one before. */
    private void turn() {
        crew.await();
        var done = working;
        working = filling;
        filling = done;
        var block = working;
        var tasks = new ArrayList<Runnable>();
        for (var lane = 0; lane < LANES; lane++) {
            var own = lanes.get(lane);
            var part = block.parts.get(lane);
            if (part.size() > 0) {
                tasks.add(() -> own.work(block, part));
            }
        }
        crew.start(tasks);
        finish(done);
        done.clear();
    }

    private void finish(Block block) {
        var events = new ArrayList<Part.Event>();
        block.parts.forEach(part -> events.addAll(part.events));
        events.sort(Comparator.comparingInt(Part.Event::item));
        events.forEach(this::note);
        for (var item = 0; item < block.size(); item++) {
            files.write(block.tracks[item].entity, block.part(item).pages, block.place(item));
        }
    }

    private void note(Part.Event event) {
        if (event instanceof Part.Alerted alerted) {
            alerts.add(alerted.alert(), alerted.past());
        } else if (event instanceof Part.Rejected rejected) {
            rejections.add(rejected.reason(), rejected::text);
        } else if (event instanceof Part.Made one && made != null) {
            made.accept(one.forecast());
        }
    }

    /** What was found, after the run. */
    Report report(BacktestSettings settings, Rejections ofSource) {
        var whole = lineup.tally();
        var models = new TreeMap<String, Long>();
        for (var lane : lanes) {
            whole.merge(lane.tally());
            lane.models().forEach((model, count) -> models.merge(model, count, Long::sum));
        }
        var judgement = new Judgement(lineup, whole, List.copyOf(tracks.values()));
        var counts = new Report.Counts(ticks, pastTicks, tracks.size(), whole.judged);
        return new Report(
                settings,
                counts,
                Report.Used.of(models, schedule),
                judgement,
                alerts,
                new Refused(ofSource, rejections));
    }

    @Override
    public void close() {
        crew.close();
    }
}

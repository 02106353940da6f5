package dev.gatecast.forecast;

import dev.gatecast.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest tick time of one stream (a partition), and what is done with ticks too far ahead of it: the same for the live
 * topology, the trainer and the backtest. Not thread-safe.
 *
 * <p>One wrong clock must not move time on for everybody, but after a silence time has moved on for everybody, and nothing
 * of what comes then may be lost. At the first tick nobody can tell which it is. So a tick too far ahead is held until it is
 * known: the next tick in time shows that those held were of wrong clocks, and they are refused; when the held ones are of
 * more than half of the stream's entities and at least two, or when {@code patience} of them have come in a row, time has
 * moved on, and they are taken in the order in which they came.
 *
 * @param <T> what a tick comes in
 */
public final class StreamClock<T> {
    /** Held ticks after which time has moved on, whoever they are of, where nobody says otherwise. */
    public static final int PATIENCE = 100;

    private final long limit;
    private final int patience;
    private final SeenEntities seen;
    private final List<Held<T>> held = new ArrayList<>();
    private long time = -1;

    /**
     * A clock before its first tick.
     *
     * @param limit how far ahead of the newest time a tick may be, milliseconds; Long.MAX_VALUE for any
     * @param patience held ticks after which time has moved on
     */
    public StreamClock(long limit, int patience) {
        this.limit = limit;
        this.patience = patience;
        this.seen = new SeenEntities(2 * patience);
    }

    /**
     * A tick that waits.
     *
     * @param time its time, milliseconds since the epoch
     * @param entity hash of its entity's name
     * @param tick it
     */
    public record Held<T>(long time, int entity, T tick) {}

    /** What becomes of ticks. */
    public interface Door<T> {
        /** The tick goes in. */
        void take(T tick);

        /** The tick stays outside. */
        void refuse(T tick, String reason);

        /** What to hold of the tick until it is taken or refused; null where it cannot be held, so that it is refused. */
        default @Nullable T keep(T tick) {
            return tick;
        }
    }

    /** Takes, holds or refuses a tick, and those held before it with it. */
    public void offer(long tickTime, String entity, T tick, Door<T> door) {
        if (inTime(tickTime)) {
            refuseHeld(door);
            advance(tickTime, entity.hashCode());
            door.take(tick);
            return;
        }
        if (!held.isEmpty() && apart(tickTime, held.get(held.size() - 1).time(), limit)) {
            refuseHeld(door);
        }
        hold(tickTime, entity.hashCode(), tick, door);
        if (movedOn()) {
            takeHeld(door);
        }
    }

    /** Moves on to the time of something that another clock has admitted. */
    public void reach(long admitted) {
        time = Math.max(time, admitted);
    }

    private boolean inTime(long tickTime) {
        return time < 0 || tickTime - time <= limit;
    }

    private static boolean apart(long a, long b, long limit) {
        return Math.abs(a - b) > limit;
    }

    private void advance(long tickTime, int entity) {
        time = Math.max(time, tickTime);
        seen.add(entity);
    }

    private void hold(long tickTime, int entity, T tick, Door<T> door) {
        var kept = door.keep(tick);
        if (kept == null) {
            door.refuse(tick, reason(tickTime));
        } else {
            held.add(new Held<>(tickTime, entity, kept));
        }
    }

    /** Whether more than half of the entities agree, or so many ticks have come that it does not matter who they are of. */
    private boolean movedOn() {
        if (held.size() >= patience) {
            return true;
        }
        var ahead = new HashSet<Integer>();
        held.forEach(tick -> ahead.add(tick.entity()));
        long all = seen.count()
                + ahead.stream().filter(entity -> !seen.has(entity)).count();
        return held.size() >= 2 && 2L * ahead.size() > all;
    }

    private void takeHeld(Door<T> door) {
        var ready = List.copyOf(held);
        held.clear();
        ready.forEach(tick -> {
            advance(tick.time(), tick.entity());
            door.take(tick.tick());
        });
    }

    private void refuseHeld(Door<T> door) {
        if (!held.isEmpty()) {
            var wrong = List.copyOf(held);
            held.clear();
            wrong.forEach(tick -> door.refuse(tick.tick(), reason(tick.time())));
        }
    }

    private String reason(long tickTime) {
        return "a time of at most " + Duration.ofMillis(limit) + " after the newest, " + Tick.text(time)
                + ", was expected, not " + Tick.text(tickTime) + ", and the stream has not followed it (future.limit)";
    }

    /** Time of the newest tick taken, milliseconds since the epoch; -1 before the first. */
    public long time() {
        return time;
    }

    /** The ticks that wait, in the order in which they came. Unmodifiable. */
    public List<Held<T>> held() {
        return List.copyOf(held);
    }

    /** Hashes of the names of the entities taken so far, up to twice the patience of them. */
    public int[] seen() {
        return seen.all();
    }

    /** Goes on from what {@link #time}, {@link #seen} and {@link #held} gave. */
    public void restore(long newest, int[] entities, List<Held<T>> waiting) {
        time = newest;
        seen.clear();
        for (int entity : entities) {
            seen.add(entity);
        }
        held.clear();
        held.addAll(waiting);
    }
}

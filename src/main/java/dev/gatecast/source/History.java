package dev.gatecast.source;

import dev.gatecast.event.Targets;
import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Ticks of many entities in memory, within bounds. Where there are more entities than the bound, a sample is kept: those
 * whose seeded hash is smallest, which needs no memory of the others and does not depend on their order.
 */
public final class History {
    private static final int FEWEST_SAMPLED = 32;

    private final Limits limits;
    private final Targets targets;
    private final Fields fields; // of a series
    private final Map<String, Series> kept = new HashMap<>();
    private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(Comparator.reverseOrder());
    private Ranked bound = new Ranked(Long.MAX_VALUE, "");
    private final long mostTicks;
    private long newest = Long.MIN_VALUE;
    private long forgotten; // the newest tick when old ones were last dropped
    private long ticks;
    private long late;
    private long dropped;

    /**
     * The bounds.
     *
     * @param entities most entities
     * @param bytes most bytes of all ticks, 8 and 8 more a field for each; beyond it entities leave the sample, and the
     *     last {@value #FEWEST_SAMPLED} lose their older half. Arrays that grow take up to half as much beside them
     * @param span most time from the newest tick of all back to the oldest, the ticks' time; Long.MAX_VALUE: no bound
     * @param seed of the sample
     */
    public record Limits(int entities, long bytes, long span, long seed) {
        /** 10,000 entities, ten million ticks with one field. */
        public static final Limits DEFAULT = new Limits(10_000, 160_000_000, Long.MAX_VALUE, 1);

        /** Checks. */
        public Limits {
            if (entities < 1 || bytes < 1 || span < 1) {
                throw new BadSource("room for at least one entity and one tick is needed, got " + entities
                        + " entities, " + bytes + " bytes and a time of " + span);
            }
        }
    }

    private History(Fields fields, Limits limits) {
        this.targets = fields.series();
        this.fields = fields.ofSeries();
        this.limits = limits;
        this.mostTicks =
                Math.max(1, limits.bytes / (Long.BYTES * (1L + fields.names().size())));
    }

    /** A history that ticks are added to one by one. */
    public static History empty(Fields fields, Limits limits) {
        return new History(fields, limits);
    }

    /** Reads a source to its end; does not close it. */
    public static History read(TickSource source, Limits limits) {
        return read(source, tick -> true, limits);
    }

    /** Reads those ticks of a source that pass the filter, to its end; does not close it. */
    public static History read(TickSource source, Predicate<SourcedTick> wanted, Limits limits) {
        var history = new History(source.fields(), limits);
        for (var tick = source.next(); tick != null; tick = source.next()) {
            if (wanted.test(tick)) {
                history.add(tick);
            }
        }
        history.forgetOld();
        return history;
    }

    /** Adds a tick to each of its series, within the bounds. */
    public void add(SourcedTick sourced) {
        for (int target = 0; target < targets.count(); target++) {
            add(targets.tick(sourced.tick(), target));
        }
    }

    private void add(Tick tick) {
        var series = kept.get(tick.entity());
        if (series == null) {
            var rank = new Ranked(hash(tick.entity(), limits.seed), tick.entity());
            if (rank.compareTo(bound) >= 0) {
                dropped++;
                return;
            }
            series = new Series(tick.entity(), fields.names().size());
            kept.put(tick.entity(), series);
            worstFirst.add(rank);
        }
        if (series.add(tick)) {
            ticks++;
            newest = Math.max(newest, tick.time());
            shrink();
        } else {
            late++;
        }
    }

    private void shrink() {
        if (ticks > mostTicks && newest - forgotten > limits.span / 10) {
            forgetOld();
        }
        while (kept.size() > limits.entities || (ticks > mostTicks && kept.size() > FEWEST_SAMPLED)) {
            bound = worstFirst.remove();
            var gone = kept.remove(bound.entity).size();
            ticks -= gone;
            dropped += gone;
        }
        if (ticks > mostTicks) {
            kept.values().forEach(Series::halve);
            recount();
        }
    }

    /** Drops what is further back from the newest tick than the span. */
    private void forgetOld() {
        if (limits.span < Long.MAX_VALUE && ticks > 0) {
            forgotten = newest;
            long oldest = newest - limits.span;
            kept.values().forEach(series -> series.forgetBefore(oldest));
            recount();
        }
    }

    private void recount() {
        long left = kept.values().stream().mapToLong(Series::size).sum();
        dropped += ticks - left;
        ticks = left;
    }

    /** Spreads names evenly over all longs: FNV-1a of the characters, then the finaliser of SplitMix64. */
    private static long hash(String entity, long seed) {
        var hash = 0xcbf29ce484222325L ^ seed;
        for (var i = 0; i < entity.length(); i++) {
            hash = (hash ^ entity.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /** The names of a series' values. */
    public Fields fields() {
        return fields;
    }

    /** The series with ticks, by name. */
    public List<Series> series() {
        forgetOld();
        var all = new ArrayList<>(kept.values());
        all.removeIf(series -> series.size() == 0);
        all.sort(Comparator.comparing(Series::entity));
        return all;
    }

    /** One series of each entity with ticks, by name: their times are those of the others. */
    List<Series> entities() {
        var seen = new HashSet<String>();
        return series().stream()
                .filter(series -> seen.add(targets.entity(series.entity())))
                .toList();
    }

    /** Number of ticks kept. */
    public long ticks() {
        return ticks;
    }

    /** Ticks left out because they were not newer than the one before. */
    public long late() {
        return late;
    }

    /** Ticks left out for the bounds. */
    public long dropped() {
        return dropped;
    }

    private record Ranked(long hash, String entity) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            var byHash = Long.compare(hash, other.hash);
            return byHash != 0 ? byHash : entity.compareTo(other.entity);
        }
    }
}

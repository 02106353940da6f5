package dev.gatecast.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Fields fields;
    private final Map<String, Series> kept = new HashMap<>();
    private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(Comparator.reverseOrder());
    private Ranked bound = new Ranked(Long.MAX_VALUE, "");
    private long ticks;
    private long late;
    private long dropped;

    /**
     * The bounds.
     *
     * @param entities most entities
     * @param ticks most ticks in all; beyond it entities leave the sample, and the last {@value #FEWEST_SAMPLED} lose
     *     their older half. A tick takes 8 bytes and 8 more a field
     * @param seed of the sample
     */
    public record Limits(int entities, long ticks, long seed) {
        /** 10,000 entities, ten million ticks. */
        public static final Limits DEFAULT = new Limits(10_000, 10_000_000, 1);

        /** Checks. */
        public Limits {
            if (entities < 1 || ticks < 1) {
                throw new BadSource(
                        "room for at least one entity and one tick is needed, got " + entities + " and " + ticks);
            }
        }
    }

    private History(Fields fields, Limits limits) {
        this.fields = fields;
        this.limits = limits;
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
        return history;
    }

    /** Adds a tick, within the bounds. */
    public void add(SourcedTick sourced) {
        var tick = sourced.tick();
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
            shrink();
        } else {
            late++;
        }
    }

    private void shrink() {
        while (kept.size() > limits.entities || (ticks > limits.ticks && kept.size() > FEWEST_SAMPLED)) {
            bound = worstFirst.remove();
            var gone = kept.remove(bound.entity).size();
            ticks -= gone;
            dropped += gone;
        }
        if (ticks > limits.ticks) {
            kept.values().forEach(Series::halve);
            var left = kept.values().stream().mapToLong(Series::size).sum();
            dropped += ticks - left;
            ticks = left;
        }
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

    /** The names of the values. */
    public Fields fields() {
        return fields;
    }

    /** The series, by name. */
    public List<Series> series() {
        var all = new ArrayList<>(kept.values());
        all.sort(Comparator.comparing(Series::entity));
        return all;
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

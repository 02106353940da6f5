package dev.gatecast.source;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The fixed step of a grid in ticks that nobody said it of.
 *
 * @param step milliseconds (rows) from one place of the grid to the next; 0 where there is no grid
 * @param missing share of the places that have no tick and are to be filled; 0 where gaps are left as they are
 */
public record Cadence(long step, double missing) {
    private static final double SHARE = 0.95;
    private static final double MOSTLY = 0.5;
    private static final double FEW = 0.01; // missing places that are not worth filling
    private static final long OUTAGE = 48; // places of one gap that decide at most
    private static final double MOST =
            0.5; // more of the entities leave hours or days out, where all are taken to do so

    /**
     * The step that nearly all ticks of an entity keep to, or half of them where all others are multiples of it: the
     * ticks between are missing then. They are missing at random where at least half of the places have one, and no hour
     * of the day and no day of the week is without any in two weeks or more; a market's nights and weekends are no gaps to
     * be filled, and where they are left out each tick is a step. Reads the first 200,000 ticks; does not close the
     * source.
     *
     * @param past the ticks that count
     */
    public static Cadence of(TickSource source, Predicate<SourcedTick> past) {
        return steps(source, past).found();
    }

    /**
     * A step that is known, and the share of its places that are missing at random.
     *
     * @param step milliseconds (rows), above 0
     */
    public static Cadence of(long step, TickSource source, Predicate<SourcedTick> past) {
        return steps(source, past).of(step);
    }

    /** The same of the newest ticks of a history. */
    public static Cadence of(History history) {
        return steps(history).found();
    }

    /** A step that is known, and the share of its places that are missing at random among those ticks. */
    public static Cadence of(long step, History history) {
        return steps(history).of(step);
    }

    private static Steps steps(History history) {
        var steps = new Steps();
        Looked.at(history, steps);
        return steps;
    }

    private static Steps steps(TickSource source, Predicate<SourcedTick> past) {
        var steps = new Steps();
        Looked.at(source, past, steps);
        return steps;
    }

    /** The steps of all entities, and when each of them had ticks. */
    private static final class Steps implements Looked.Ticks {
        private final Map<String, Hours> entities = new HashMap<>();
        private final Hours together = new Hours();
        private final Map<Long, Integer> counts = new TreeMap<>();
        private int all;

        @Override
        public void see(String entity, long time) {
            var hours = entities.computeIfAbsent(entity, name -> new Hours());
            if (hours.ticks > 0 && time > hours.newest) {
                counts.merge(time - hours.newest, 1, Integer::sum);
                all++;
            }
            hours.add(time);
            together.add(time);
        }

        Cadence found() {
            long step = commonest();
            boolean kept = step > 0 && (random(step) || same(step) >= SHARE) && !leftOut(step);
            return kept ? of(step) : new Cadence(0, 0);
        }

        Cadence of(long step) {
            boolean filled = all > 0 && random(step) && missing(step, OUTAGE) >= FEW;
            return new Cadence(step, filled ? missing(step, Long.MAX_VALUE) : 0);
        }

        private boolean random(long step) {
            return same(step) >= MOSTLY
                    && onGrid(step) >= SHARE
                    && missing(step, OUTAGE) <= 1 - MOSTLY
                    && !leftOut(step);
        }

        private double same(long step) {
            return counts.getOrDefault(step, 0) / (double) all;
        }

        private long commonest() {
            return counts.entrySet().stream()
                    .max(Map.Entry.<Long, Integer>comparingByValue()
                            .thenComparing(
                                    Map.Entry.<Long, Integer>comparingByKey().reversed()))
                    .map(Map.Entry::getKey)
                    .orElse(0L);
        }

        private double onGrid(long step) {
            return counts.entrySet().stream()
                            .filter(one -> one.getKey() % step == 0)
                            .mapToInt(Map.Entry::getValue)
                            .sum()
                    / (double) all;
        }

        /** Share of the places, of each gap at most so many. */
        private double missing(long step, long most) {
            double places = counts.entrySet().stream()
                    .mapToDouble(one -> one.getValue() * (double) Math.min(most, Math.max(1, one.getKey() / step)))
                    .sum();
            return 1 - all / places;
        }

        /** Whether nobody has ticks in some hours or on some days, or most of the entities whose ticks tell have none. */
        private boolean leftOut(long step) {
            if (together.leaveOut(step)) {
                return true;
            }
            var told = entities.values().stream().filter(one -> one.tell(step)).toList();
            long leaving = told.stream().filter(one -> one.leaveOut(step)).count();
            return leaving > MOST * told.size();
        }
    }

    /** The hours of the day and the days of the week, UTC, that there are ticks in. */
    private static final class Hours {
        private static final long HOUR = 3_600_000L;
        private static final long DAY = 24 * HOUR;
        private static final int ENOUGH = 8; // ticks of an entity for each hour of the day, or day of the week

        private long oldest = Long.MAX_VALUE;
        private long newest = Long.MIN_VALUE;
        private int ticks;
        private int hours; // a bit each
        private int days;

        void add(long time) {
            oldest = Math.min(oldest, time);
            newest = Math.max(newest, time);
            ticks++;
            hours |= 1 << Math.floorMod(Math.floorDiv(time, HOUR), 24);
            days |= 1 << Math.floorMod(Math.floorDiv(time, DAY), 7);
        }

        /** Whether an hour, of longer steps a day, without any is no accident. */
        boolean tell(long step) {
            return ticks >= (step <= HOUR ? 24 : 7) * ENOUGH;
        }

        /** Whether some are without any in two weeks or more. */
        boolean leaveOut(long step) {
            boolean hourly = step <= HOUR && Integer.bitCount(hours) < 24;
            boolean daily = step <= DAY && Integer.bitCount(days) < 7;
            return newest - oldest >= 14 * DAY && (hourly || daily);
        }
    }
}

package dev.gatecast.source;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That ticks do not come at a cadence's steps: so few of an entity's are one step apart that they cannot be steps of which
 * some are missing.
 *
 * @param cadence milliseconds
 * @param entities whose ticks come at other steps
 * @param told entities with enough ticks to tell
 * @param step time from one tick to the next, milliseconds: of those entities' medians the median
 */
public record Misfit(long cadence, int entities, int told, long step) {
    /** What to do where no model has it yet. */
    public static final String OF_TICKS =
            "forecasts of theirs are of other steps than their own; where it is wrong leave cadence out, so that it is"
                    + " found; else bring all to one length by cadence and bars, or train them apart";

    /** What to do where there is none. */
    public static final String NO_CADENCE =
            "no cadence is everybody's, and a step is a tick whatever time has passed; train them apart, or bring all to"
                    + " one length by cadence and bars";

    /** What to do where a model has the cadence. */
    public static final String OF_MODEL =
            "its forecasts are of other steps than theirs; take a model that was trained on such ticks, or say by cadence"
                    + " and bars how ticks become bars of that length";

    private static final int ENOUGH = 20; // steps of an entity that tell
    private static final int MOST = 500; // that are looked at
    private static final double NEAR = 0.1; // of the cadence
    private static final double PRESENT = 0.1; // share of one step: nine ticks of ten may be missing
    private static final double FEW = 0.1; // share of the entities that may be odd
    private static final double REGULAR = 0.5; // share of the steps that are as long as their median

    /**
     * Looks into the first ticks of a source; does not close it.
     *
     * @param cadence milliseconds, above 0
     */
    public static Optional<Misfit> of(long cadence, TickSource source) {
        var all = new Entities();
        Looked.at(source, tick -> true, all);
        return all.misfit(cadence);
    }

    /** The same of the newest ticks of a history. */
    public static Optional<Misfit> of(long cadence, History history) {
        var all = new Entities();
        Looked.at(history, all);
        return all.misfit(cadence);
    }

    /**
     * That some of the entities whose ticks come at steps of one length have another length than most; {@link #cadence} is
     * that of most.
     */
    public static Optional<Misfit> apart(TickSource source) {
        var all = new Entities();
        Looked.at(source, tick -> true, all);
        return all.apart();
    }

    /** The same of the newest ticks of a history. */
    public static Optional<Misfit> apart(History history) {
        var all = new Entities();
        Looked.at(history, all);
        return all.apart();
    }

    /** In a sentence that names the cadence and goes on after a colon. */
    public String text(String name, String advice) {
        return "the ticks of " + entities + " of " + told + (told == 1 ? " entity" : " entities") + " come every "
                + Duration.ofMillis(step) + " (median), and " + name + " is " + Duration.ofMillis(cadence) + ": "
                + advice;
    }

    private static final class Entities implements Looked.Ticks {
        private final HashMap<String, Steps> steps = new HashMap<>();

        @Override
        public void see(String entity, long time) {
            steps.computeIfAbsent(entity, name -> new Steps()).add(time);
        }

        Optional<Misfit> misfit(long cadence) {
            return odd(cadence, steps.values().stream().filter(Steps::tell).toList());
        }

        Optional<Misfit> apart() {
            var regular = steps.values().stream()
                    .filter(one -> one.tell() && one.regular())
                    .toList();
            long[] medians = medians(regular.stream());
            return medians.length == 0 ? Optional.empty() : odd(medians[(medians.length - 1) / 2], regular);
        }

        private static Optional<Misfit> odd(long cadence, List<Steps> told) {
            long[] others = medians(told.stream().filter(one -> !one.fit(cadence)));
            return others.length == 0 || others.length < FEW * told.size()
                    ? Optional.empty()
                    : Optional.of(new Misfit(cadence, others.length, told.size(), others[others.length / 2]));
        }

        private static long[] medians(Stream<Steps> entities) {
            return entities.mapToLong(Steps::median).sorted().toArray();
        }
    }

    /** The steps of one entity. */
    private static final class Steps {
        private long[] lengths = new long[4];
        private int size;
        private long last = Long.MIN_VALUE;

        void add(long time) {
            if (last != Long.MIN_VALUE && time > last && size < MOST) {
                if (size == lengths.length) {
                    lengths = Arrays.copyOf(lengths, 2 * size);
                }
                lengths[size++] = time - last;
            }
            last = Math.max(last, time);
        }

        boolean tell() {
            return size >= ENOUGH;
        }

        long median() {
            var sorted = Arrays.copyOf(lengths, size);
            Arrays.sort(sorted);
            return sorted[size / 2];
        }

        boolean fit(long cadence) {
            return near(median(), cadence) || share(cadence) >= PRESENT;
        }

        boolean regular() {
            return share(median()) >= REGULAR;
        }

        private double share(long length) {
            return Arrays.stream(lengths, 0, size)
                            .filter(step -> near(step, length))
                            .count()
                    / (double) size;
        }

        private static boolean near(long step, long cadence) {
            return Math.abs(step - cadence) <= NEAR * cadence;
        }
    }
}

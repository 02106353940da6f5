package dev.gatecast.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The recipe by which an entity's recent values become a model's inputs. Part of the model; never changes.
 *
 * @param transform map of every value before scaling
 * @param seasons season lengths in steps
 * @param windows how many recent values are looked at
 * @param cadence milliseconds from one step to the next; 0 where every tick is a step
 * @param choice which inputs there are
 * @param spread spread of the values that the model was trained on
 */
public record FeatureSpec(
        Transform transform, Seasons seasons, Windows windows, long cadence, InputChoice choice, Spread spread) {

    /** Number of inputs that say where the entity stands; the calendar and the context come after them. */
    static final int RELATIVE_INPUTS = 8;

    private static final long DAY = 86_400_000L;

    /** Values of the longest ring. */
    private static final int MOST = 1 << 16;

    /** Sine and cosine of the first two harmonics of day and week. */
    static final int CALENDAR_INPUTS = 8;

    /** Checks the parts against each other; throws IllegalArgumentException with what was expected. */
    public FeatureSpec {
        if (cadence < 0) {
            throw new IllegalArgumentException("cadence: expected milliseconds >= 0, got " + cadence);
        }
        int needed = Math.max(needed(choice, windows), Math.max(windows.profile(), seasons.longer() + 1));
        if (windows.ring() < needed) {
            throw new IllegalArgumentException(
                    "ring of " + windows.ring() + " values is too short: these windows and seasons need " + needed);
        }
    }

    /** The inputs of training here, with or without the calendar, which ticks that carry row numbers do without. */
    public FeatureSpec(
            Transform transform, Seasons seasons, Windows windows, long cadence, boolean calendar, Spread spread) {
        this(transform, seasons, windows, cadence, new InputChoice.Standard(calendar), spread);
    }

    private static int needed(InputChoice choice, Windows windows) {
        return choice instanceof InputChoice.Listed listed
                ? Math.max(
                        windows.level(),
                        listed.inputs().stream().mapToInt(Input::reach).max().orElse(1))
                : 2 * windows.level();
    }

    /**
     * Season lengths in steps; 0 where there is none.
     *
     * @param shorter the main season, e.g. 24 for hourly data
     * @param longer the long season, e.g. 168 for hourly data; not below the main one
     */
    public record Seasons(int shorter, int longer) {
        public static final Seasons NONE = new Seasons(0, 0);

        public Seasons {
            if (shorter < 0 || longer < shorter || longer >= MOST) {
                throw new IllegalArgumentException(
                        "seasons: expected 0 <= shorter <= longer < " + MOST + ", got " + shorter + " and " + longer);
            }
        }
    }

    /**
     * Window lengths in steps.
     *
     * @param level values whose mean and deviation scale everything
     * @param profile values that the head sees one by one
     * @param ring values kept per entity; a re-prime replays them
     */
    public record Windows(int level, int profile, int ring) {
        public Windows {
            if (level < 2 || level > MOST || profile < 0 || ring < 1 || ring > MOST) {
                throw new IllegalArgumentException(
                        "windows: expected 2 <= level <= 65536, profile >= 0, 1 <= ring <= 65536, got " + level + ", "
                                + profile + ", " + ring);
            }
        }
    }

    /**
     * Spread of transformed values.
     *
     * @param training standard deviation over the training data
     * @param floor smallest deviation that scaling divides by
     */
    public record Spread(double training, double floor) {
        public Spread {
            if (!(training > 0) || !(floor > 0) || training == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "spread: expected finite training and floor > 0, got " + training + " and " + floor);
            }
        }
    }

    /** Length of the cell's input vector. */
    public int inputs() {
        return choice instanceof InputChoice.Listed listed ? listed.inputs().size() : RELATIVE_INPUTS + extras();
    }

    /** Whether the inputs of training here are used, with the time of day and of week. */
    public boolean calendar() {
        return choice instanceof InputChoice.Standard standard && standard.calendar();
    }

    /** What is seen beside the target. */
    public Context context() {
        return choice instanceof InputChoice.Standard standard ? standard.context() : Context.NONE;
    }

    /** Length of what the head sees too: the calendar, then the context. */
    public int extras() {
        return (calendar() ? CALENDAR_INPUTS : 0) + context().inputs();
    }

    /** Length of what the head sees one by one: values to come, holidays, then the newest values of the target. */
    public int profile() {
        return context().future().inputs() + holidays() + windows.profile();
    }

    /** How many steps the head is told of whether they are on holidays: those ahead, then {@link #recentHolidays}. */
    int holidays() {
        return context().days().holidays().steps() + recentHolidays();
    }

    /** Where steps are days or longer, each of the values that the head sees; of hours these would be too many to learn. */
    int recentHolidays() {
        return context().days().holidays().steps() > 0 && cadence >= DAY ? windows.profile() : 0;
    }

    /** Names of what {@link #profile} begins with, a field's all alike and those of holidays. */
    public List<String> futureNames() {
        var names = new ArrayList<>(context().future().inputNames());
        names.addAll(Collections.nCopies(holidays() - recentHolidays(), "coming holidays"));
        names.addAll(Collections.nCopies(recentHolidays(), "recent holidays"));
        return names;
    }

    /** Names of the inputs in order: stored with the weights, so that code that means others is refused. */
    public List<String> inputNames() {
        if (choice instanceof InputChoice.Listed listed) {
            return listed.inputs().stream().map(Input::name).toList();
        }
        var names = new ArrayList<>(List.of(
                "level",
                "step",
                "short-season-difference",
                "long-season-difference",
                "short-mean",
                "level-trend",
                "spread",
                "season-spread"));
        if (calendar()) {
            for (var period : List.of("day", "week")) {
                for (var harmonic : List.of("1", "2")) {
                    names.add(period + "-sine-" + harmonic);
                    names.add(period + "-cosine-" + harmonic);
                }
            }
        }
        names.addAll(context().inputNames());
        return List.copyOf(names);
    }
}

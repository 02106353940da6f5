package dev.gatecast.model;

/**
 * Sequences to train on or to score, and the steps at which they are scored. The arrays may be filled anew and used again.
 *
 * @param steps length of the longest sequence
 * @param size number of sequences
 * @param x inputs, (steps, size, inputs), step by step
 * @param initial states before the first step, (size, stateSize); empty where
 *     each begins as the network does
 * @param scored where forecasts are scored and against what
 * @param lengths steps of each sequence, the longest first, (size); empty where all have {@code steps}. Steps beyond it
 *     cost nothing, and a forecast there does not count
 * @param categories of each sequence, (size), where what is learned of it replaces the last of the inputs and the extras;
 *     empty where those are as they shall be
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(int steps, int size, float[] x, float[] initial, Scored scored, int[] lengths, int[] categories) {
    private static final int[] NONE = {};

    /** Of sequences of equal length. */
    public Batch(int steps, int size, float[] x, float[] initial, Scored scored) {
        this(steps, size, x, initial, scored, NONE, NONE);
    }

    /** Of sequences of several lengths. */
    public Batch(int steps, int size, float[] x, float[] initial, Scored scored, int[] lengths) {
        this(steps, size, x, initial, scored, lengths, NONE);
    }

    /**
     * Forecasts to score. All numbers but the targets must be finite, also where the weight is 0.
     *
     * @param origins the steps after which a forecast is made, ascending, the same for all sequences
     * @param profile (origins, size, profile)
     * @param extras (origins, size, extras)
     * @param target what came, (origins, size, horizons); NaN where it is unknown: left out of the loss
     * @param weight (origins, size), not negative; 0 leaves a forecast out
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Scored(int[] origins, float[] profile, float[] extras, float[] target, float[] weight) {}

    /** Checks every length against an architecture. */
    void check(Architecture architecture) {
        var head = architecture.head();
        var forecasts = scored.origins.length * size;
        if (steps < 1 || size < 1) {
            throw refused("steps and size", "at least 1", Math.min(steps, size));
        }
        length("x", steps * size * architecture.inputs(), x);
        if (initial.length > 0) {
            length("initial", size * architecture.stateSize(), initial);
        }
        length("profile", forecasts * head.profile(), scored.profile);
        length("extras", forecasts * head.extras(), scored.extras);
        length("target", forecasts * head.horizons(), scored.target);
        length("weight", forecasts, scored.weight);
        checkOrigins();
        checkLengths();
        checkCategories(architecture.options().categories());
        finite("x", x);
        finite("initial", initial);
        finite("profile", scored.profile);
        finite("extras", scored.extras);
        for (var value : scored.weight) {
            if (!(value >= 0 && Float.isFinite(value))) {
                throw refused("weight", "0 or more", value);
            }
        }
    }

    private void checkOrigins() {
        var last = -1;
        for (var origin : scored.origins) {
            if (origin <= last || origin >= steps) {
                throw refused("origin", "more than " + last + " and below " + steps, origin);
            }
            last = origin;
        }
    }

    private void checkLengths() {
        if (lengths.length > 0 && lengths.length != size) {
            throw refused("lengths", size + " values or none", lengths.length);
        }
        var last = steps;
        for (var length : lengths) {
            if (length < 1 || length > last) {
                throw refused("length", "1 to " + last + ", the longest first", length);
            }
            last = length;
        }
    }

    private void checkCategories(Architecture.Categories known) {
        if (categories.length > 0 && (known.rows() == 0 || categories.length != size)) {
            throw refused("categories", known.rows() == 0 ? "none" : size + " values or none", categories.length);
        }
        for (var category : categories) {
            if (category < 0 || category >= known.rows()) {
                throw refused("category", "0 to " + (known.rows() - 1), category);
            }
        }
    }

    /** Steps of one sequence. */
    int length(int sequence) {
        return lengths.length == 0 ? steps : lengths[sequence];
    }

    /** How many of some sequences, which are the first of them, have not ended before a step. */
    int running(int step, int first, int lanes) {
        var running = lanes;
        while (running > 0 && length(first + running - 1) <= step) {
            running--;
        }
        return running;
    }

    private static void finite(String what, float[] values) {
        for (var value : values) {
            if (!Float.isFinite(value)) {
                throw refused(what, "finite numbers", value);
            }
        }
    }

    private static void length(String what, int expected, float[] actual) {
        if (actual.length != expected) {
            throw refused(what, expected + " values", actual.length);
        }
    }

    private static IllegalArgumentException refused(String what, String expected, Number actual) {
        return new IllegalArgumentException(what + ": expected " + expected + ", actual " + actual);
    }

    /** The sum over the known targets of their weights. */
    public double totalWeight(int horizons) {
        var total = 0.0;
        for (var i = 0; i < scored.weight.length; i++) {
            if (length(i % size) > scored.origins[i / size]) {
                for (var horizon = 0; horizon < horizons; horizon++) {
                    if (!Float.isNaN(scored.target[i * horizons + horizon])) {
                        total += scored.weight[i];
                    }
                }
            }
        }
        return total;
    }
}

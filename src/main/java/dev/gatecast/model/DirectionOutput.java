package dev.gatecast.model;

import java.util.Arrays;

/**
 * Where the value moves: one number for each of down, flat and up, whose softmax are the probabilities, scored by the
 * cross-entropy {@code -ln p} of the class that came. Targets are moves in scaled units.
 *
 * @param down moves below it are down
 * @param up moves above it are up
 */
public record DirectionOutput(float down, float up) implements Output {
    static final String NAME = "direction";

    private static final int CLASSES = 3;

    /** Checks the thresholds. */
    public DirectionOutput {
        if (!(Float.isFinite(down) && Float.isFinite(up) && down <= up)) {
            throw new IllegalArgumentException(
                    "thresholds: expected finite numbers, down at most up, actual " + down + " and " + up);
        }
    }

    @Override
    public int width() {
        return CLASSES;
    }

    @Override
    public int located() {
        return 0;
    }

    @Override
    public String text() {
        return NAME + " " + down + " " + up;
    }

    @Override
    public boolean gives(int quantiles) {
        return false;
    }

    /** The class of a move: 0 down, 1 flat, 2 up. */
    public int classOf(float move) {
        return move < down ? 0 : move > up ? 2 : 1;
    }

    /** The class that one horizon's numbers, from {@code from}, hold most likely; the lower one of equals. */
    public int predicted(float[] numbers, int from) {
        var best = 0;
        for (var i = 1; i < CLASSES; i++) {
            best = numbers[from + i] > numbers[from + best] ? i : best;
        }
        return best;
    }

    /**
     * Probabilities of down, flat and up.
     *
     * @param numbers (horizons * 3). Not modified.
     * @param probabilities (horizons * 3). Modified.
     */
    public void probabilities(float[] numbers, float[] probabilities) {
        Arrays.fill(probabilities, 0);
        for (var from = 0; from < numbers.length; from += CLASSES) {
            addProbabilities(numbers, from, probabilities, from);
        }
    }

    /** Adds those of one horizon. {@code probabilities} Modified. */
    void addProbabilities(float[] numbers, int from, float[] probabilities, int to) {
        var most = numbers[from + predicted(numbers, from)];
        var down = Activations.decay(most - numbers[from]);
        var flat = Activations.decay(most - numbers[from + 1]);
        var up = Activations.decay(most - numbers[from + 2]);
        var sum = down + flat + up;
        probabilities[to] += down / sum;
        probabilities[to + 1] += flat / sum;
        probabilities[to + 2] += up / sum;
    }

    /**
     * The share of known moves whose class was held most likely.
     *
     * @param numbers (forecasts * 3). Not modified.
     * @param moves what came, NaN where unknown, (forecasts). Not modified.
     * @return NaN where none is known
     */
    public double accuracy(float[] numbers, float[] moves) {
        var known = 0;
        var hits = 0;
        for (var i = 0; i < moves.length; i++) {
            if (!Float.isNaN(moves[i])) {
                known++;
                hits += predicted(numbers, i * CLASSES) == classOf(moves[i]) ? 1 : 0;
            }
        }
        return (double) hits / known;
    }

    @Override
    public Loss loss(float[] levels) {
        return this::loss;
    }

    private double loss(float[] out, int from, float target, float share, float[] d) {
        var most = out[from + predicted(out, from)];
        var sum = 0.0;
        for (var i = from; i < from + CLASSES; i++) {
            sum += StrictMath.exp((double) out[i] - most);
        }
        var came = from + classOf(target);
        for (var i = from; i < from + CLASSES; i++) {
            var probability = StrictMath.exp((double) out[i] - most) / sum;
            d[i] = (float) ((probability - (i == came ? 1 : 0)) * share);
        }
        return StrictMath.log(sum) - ((double) out[came] - most);
    }

    @Override
    public Fan fan(float[] levels) {
        throw new IllegalStateException("quantiles: expected an output that has some, actual " + text());
    }

    /** All classes equally likely. */
    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        Arrays.fill(numbers, 0);
    }
}

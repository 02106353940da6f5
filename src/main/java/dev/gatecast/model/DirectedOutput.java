package dev.gatecast.model;

import java.util.Arrays;

/**
 * Quantiles, and beside them where the value moves: after the quantiles of a horizon one number for each of down, flat and
 * up, as in {@link DirectionOutput}. A move is the target less the newest of the recent values that the head sees.
 *
 * <p>The loss is the pinball losses' and a share of the cross-entropy. The skip path adds to the quantiles alone: the
 * direction is learned by the hidden layer.
 *
 * @param count of quantiles, 1 to 1024
 * @param direction of the move
 */
public record DirectedOutput(int count, DirectionOutput direction) implements Output {
    /** What the cross-entropy counts beside the mean pinball loss. */
    public static final double SHARE = 0.1;

    /** Checks the count. */
    public DirectedOutput {
        Architecture.check("quantiles", count, 1, 1024);
    }

    @Override
    public int width() {
        return count + direction.width();
    }

    @Override
    public int ordered() {
        return count;
    }

    @Override
    public String text() {
        return new QuantileOutput(count).text() + " " + direction.text();
    }

    @Override
    public Loss loss(float[] levels) {
        var factor = (float) (SHARE * count);
        var pinball = new QuantileOutput(count).loss(levels);
        var entropy = direction.loss(levels);
        return new Both(pinball, entropy, count, factor);
    }

    @Override
    public Fan fan(float[] levels) {
        Levels.check(count, levels);
        return (numbers, quantiles) -> {
            for (int from = 0, to = 0; from < numbers.length; from += width(), to += count) {
                System.arraycopy(numbers, from, quantiles, to, count);
            }
        };
    }

    /** All classes equally likely. */
    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        Levels.check(count, levels);
        Arrays.fill(numbers, 0);
        for (int from = 0, to = 0; from < quantiles.length; from += count, to += width()) {
            System.arraycopy(quantiles, from, numbers, to, count);
        }
    }

    /**
     * Adds probabilities of down, flat and up. Allocates nothing.
     *
     * @param numbers (horizons * width). Not modified.
     * @param probabilities (horizons * 3). Modified: added to.
     */
    public void addProbabilities(float[] numbers, float[] probabilities) {
        for (int from = count, to = 0; from < numbers.length; from += width(), to += direction.width()) {
            direction.addProbabilities(numbers, from, probabilities, to);
        }
    }

    /** What a move of one horizon, from 0, costs beside the quantiles. {@code numbers} Not modified. */
    public double cost(float[] numbers, int horizon, float move) {
        var unused = new float[numbers.length];
        return SHARE * direction.loss(new float[0]).of(numbers, horizon * width() + count, move, 0, unused);
    }

    private record Both(Loss pinball, Loss entropy, int count, float factor) implements Loss {
        @Override
        public double of(float[] out, int from, float target, float share, float[] d) {
            return of(out, from, target, 0, share, d);
        }

        @Override
        public double of(float[] out, int from, float target, float newest, float share, float[] d) {
            return pinball.of(out, from, target, share, d)
                    + factor * entropy.of(out, from + count, target - newest, factor * share, d);
        }
    }
}

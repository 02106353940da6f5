package dev.gatecast.model;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Batches of seeded random numbers, and their parts. */
final class RandomBatches {
    private RandomBatches() {}

    /** Two origins at most, weights of 0, 1 and 2, initial states, sequences of equal length. */
    static Batch batch(Architecture shape, int steps, int size, Random random) {
        return batch(shape, steps, size, random, new int[0], true);
    }

    /** The same of other lengths, with or without initial states. Elapsed times are not negative. */
    static Batch batch(Architecture shape, int steps, int size, Random random, int[] lengths, boolean carried) {
        var head = shape.head();
        var origins = IntStream.of(steps / 2, steps - 1).distinct().toArray();
        var forecasts = origins.length * size;
        var weight = new float[forecasts];
        for (var i = 0; i < forecasts; i++) {
            weight[i] = i % 3;
        }
        var scored = new Batch.Scored(
                origins,
                RandomNetworks.numbers(forecasts * head.profile(), 2, random),
                RandomNetworks.numbers(forecasts * head.extras(), 2, random),
                RandomNetworks.numbers(forecasts * head.horizons(), 2, random),
                weight);
        var x = RandomNetworks.numbers(steps * size * shape.inputs(), 2, random);
        for (var i = shape.options().elapsed(); i >= 0 && i < x.length; i += shape.inputs()) {
            x[i] = Math.abs(x[i]);
        }
        var initial = RandomNetworks.numbers(carried ? size * shape.stateSize() : 0, 1, random);
        return new Batch(steps, size, x, initial, scored, lengths);
    }

    /** The quantiles' levels, evenly spaced. */
    static float[] levels(Architecture shape) {
        var levels = new float[shape.head().quantiles()];
        for (var i = 0; i < levels.length; i++) {
            levels[i] = (i + 1f) / (levels.length + 1);
        }
        return levels;
    }

    /** One sequence of a batch alone. */
    static Batch alone(Architecture shape, Batch batch, int lane) {
        var length = batch.length(lane);
        var x = new float[length * shape.inputs()];
        for (var t = 0; t < length; t++) {
            System.arraycopy(input(shape, batch, t, lane), 0, x, t * shape.inputs(), shape.inputs());
        }
        var origins = Arrays.stream(batch.scored().origins())
                .filter(origin -> origin < length)
                .toArray();
        var head = shape.head();
        var scored = batch.scored();
        return new Batch(
                length,
                1,
                x,
                batch.initial().length == 0 ? new float[0] : initial(shape, batch, lane),
                new Batch.Scored(
                        origins,
                        every(scored.profile(), origins.length, batch.size(), lane, head.profile()),
                        every(scored.extras(), origins.length, batch.size(), lane, head.extras()),
                        every(scored.target(), origins.length, batch.size(), lane, head.horizons()),
                        every(scored.weight(), origins.length, batch.size(), lane, 1)));
    }

    private static float[] every(float[] all, int origins, int size, int lane, int n) {
        var some = new float[origins * n];
        for (var origin = 0; origin < origins; origin++) {
            System.arraycopy(all, (origin * size + lane) * n, some, origin * n, n);
        }
        return some;
    }

    static float[] slice(float[] all, int i, int n) {
        return Arrays.copyOfRange(all, i * n, (i + 1) * n);
    }

    static float[] input(Architecture shape, Batch batch, int step, int lane) {
        return slice(batch.x(), step * batch.size() + lane, shape.inputs());
    }

    static float[] initial(Architecture shape, Batch batch, int lane) {
        return slice(batch.initial(), lane, shape.stateSize());
    }
}

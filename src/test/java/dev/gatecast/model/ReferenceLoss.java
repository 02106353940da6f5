package dev.gatecast.model;

import java.util.Arrays;

/** The loss of a batch, sequence by sequence: by the slow twin in double precision, or by live steps. */
final class ReferenceLoss {
    private final Architecture shape;
    private final Loss loss;
    private final Dropout dropout;

    ReferenceLoss(Architecture shape, float[] levels) {
        this(shape, new PinballLoss(levels), Dropout.NONE);
    }

    ReferenceLoss(Architecture shape, Loss loss, Dropout dropout) {
        this.shape = shape;
        this.loss = loss;
        this.dropout = dropout;
    }

    /** What a forecast costs in double precision, as the tests of losses say it. */
    interface Loss {
        double of(double[] out, float[] target);
    }

    /** {@code max(q e, (q - 1) e)} over horizons and quantiles. */
    record PinballLoss(float[] levels) implements Loss {
        @Override
        public double of(double[] out, float[] target) {
            var sum = 0.0;
            for (var k = 0; k < out.length; k++) {
                var error = target[k / levels.length] - out[k];
                var level = (double) levels[k % levels.length];
                sum += Math.max(level * error, (level - 1) * error);
            }
            return sum;
        }
    }

    /** {@code -ln} of the density of Student's t with location and scale, the degrees 1 + e^-k where k is among the numbers. */
    record StudentLoss(int width, double degrees) implements Loss {
        @Override
        public double of(double[] out, float[] target) {
            var sum = 0.0;
            for (var from = 0; from < out.length; from += width) {
                var degrees = width == 3 ? 1 + StrictMath.exp(-out[from + 2]) : this.degrees;
                var scale = StrictMath.exp(out[from + 1]);
                var u = (target[from / width] - out[from]) / scale;
                var density = StrictMath.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2))
                        / (StrictMath.sqrt(degrees * Math.PI) * scale)
                        * StrictMath.pow(1 + u * u / degrees, -(degrees + 1) / 2);
                sum -= StrictMath.log(density);
            }
            return sum;
        }

        /** Lanczos with g = 7. */
        private static double logGamma(double x) {
            double[] c = {
                676.5203681218851,
                -1259.1392167224028,
                771.32342877765313,
                -176.61502916214059,
                12.507343278686905,
                -0.13857109526572012,
                9.9843695780195716e-6,
                1.5056327351493116e-7
            };
            var sum = 0.99999999999980993;
            for (var i = 0; i < c.length; i++) {
                sum += c[i] / (x + i);
            }
            var t = x + 6.5;
            return 0.5 * StrictMath.log(2 * Math.PI) + (x - 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
        }
    }

    /** {@code -ln} of the normal density. */
    record GaussianLoss() implements Loss {
        @Override
        public double of(double[] out, float[] target) {
            var sum = 0.0;
            for (var from = 0; from < out.length; from += 2) {
                var deviation = StrictMath.exp(out[from + 1]);
                var u = (target[from / 2] - out[from]) / deviation;
                sum -= StrictMath.log(StrictMath.exp(-u * u / 2) / (deviation * StrictMath.sqrt(2 * Math.PI)));
            }
            return sum;
        }
    }

    private interface Forecaster {
        double[] forecast(float[] profile, float[] extras);
    }

    double of(ReferenceNetwork reference, Batch batch) {
        var sum = 0.0;
        var total = 0.0;
        for (var lane = 0; lane < batch.size(); lane++) {
            var h = batch.initial().length == 0
                    ? reference.start()
                    : RandomNetworks.toDoubles(RandomBatches.initial(shape, batch, lane));
            for (var t = 0; t < batch.length(lane); t++) {
                var step = t;
                var sequence = lane;
                reference.step(
                        reference.embedded(
                                RandomNetworks.toDoubles(RandomBatches.input(shape, batch, t, lane)), batch, lane),
                        h,
                        (layer, below) ->
                                masked(below, -1 - (((long) layer * batch.steps() + step) * batch.size() + sequence)));
                var origin = Arrays.binarySearch(batch.scored().origins(), t);
                if (origin >= 0) {
                    var forecast = origin * batch.size() + lane;
                    total += batch.scored().weight()[forecast] * terms();
                    sum += scored(
                            batch,
                            forecast,
                            (profile, extras) -> reference.head(
                                    RandomNetworks.toDoubles(profile),
                                    reference.embedded(RandomNetworks.toDoubles(extras), batch, sequence),
                                    masked(reference.seen(h), 2L * forecast),
                                    active -> masked(active, 2L * forecast + 1)));
                }
            }
        }
        return sum / total;
    }

    private int terms() {
        return shape.head().horizons() * shape.head().output().terms();
    }

    private double[] masked(double[] values, long stream) {
        if (dropout.rate() == 0) {
            return values;
        }
        var mask = new float[values.length];
        dropout.mask(stream, mask, 0, mask.length);
        var masked = new double[values.length];
        for (var i = 0; i < masked.length; i++) {
            masked[i] = mask[i] * values[i];
        }
        return masked;
    }

    /** The same by live steps. */
    double live(Network network, Batch batch) {
        var scratch = network.newScratch();
        var sum = 0.0;
        var total = 0.0;
        var out = new float[shape.head().outputs()];
        for (var lane = 0; lane < batch.size(); lane++) {
            var h = new float[shape.stateSize()];
            network.start(h, 0);
            if (batch.initial().length > 0) {
                h = RandomBatches.initial(shape, batch, lane);
            }
            for (var t = 0; t < batch.length(lane); t++) {
                var category = batch.categories().length == 0 ? 0 : batch.categories()[lane];
                var input = RandomBatches.input(shape, batch, t, lane);
                network.embed(category, input, new float[shape.head().extras()]);
                network.step(input, h, scratch);
                var origin = Arrays.binarySearch(batch.scored().origins(), t);
                if (origin >= 0) {
                    var forecast = origin * batch.size() + lane;
                    var state = h;
                    total += batch.scored().weight()[forecast] * terms();
                    sum += scored(batch, forecast, (profile, extras) -> {
                        network.embed(category, new float[shape.inputs()], extras);
                        network.head(state, profile, extras, out, scratch);
                        return RandomNetworks.toDoubles(out);
                    });
                }
            }
        }
        return sum / total;
    }

    private double scored(Batch batch, int forecast, Forecaster forecaster) {
        var head = shape.head();
        var out = forecaster.forecast(
                RandomBatches.slice(batch.scored().profile(), forecast, head.profile()),
                RandomBatches.slice(batch.scored().extras(), forecast, head.extras()));
        var target = RandomBatches.slice(batch.scored().target(), forecast, head.horizons());
        return batch.scored().weight()[forecast] * loss.of(out, target);
    }
}

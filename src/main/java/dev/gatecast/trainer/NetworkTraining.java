package dev.gatecast.trainer;

import dev.gatecast.model.Adam;
import dev.gatecast.model.Backprop;
import dev.gatecast.model.Batch;
import dev.gatecast.model.Dropout;
import dev.gatecast.model.Network;
import dev.gatecast.model.Parameters;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * Trains one network from its start. What is kept is the running average of the weights at the iteration that scored best
 * on the rows that select, iteration 0 included.
 */
final class NetworkTraining {
    private static final int MOST_DRAWS = 1_000;
    private static final double LEAST_RATE = 0.02; // of the largest, at the end of the cosine

    /**
     * A network must beat the linear start by so much of the loss, and by more than the share of it that one of the forecasts
     * which tell something of their own has: less is luck.
     */
    private static final double WORTHWHILE = 0.005;

    private final Prepared data;
    private final TrainerSettings settings;
    private final Selection selection;
    private final Workers workers;
    private final long renewedFrom; // rows from this time on are new to the start; Long.MIN_VALUE: all are

    /**
     * What came out.
     *
     * @param network the best one
     * @param loss its loss on the rows that select
     * @param iteration at which it was found, 0 for the start
     * @param start loss of the start
     * @param iterations how many were done
     * @param last loss at the last look
     */
    record Result(Network network, double loss, int iteration, double start, int iterations, double last) {}

    NetworkTraining(Start start, TrainerSettings settings, Workers workers) {
        this.data = start.data();
        this.settings = settings.with(settings.batches().burningIn(data.mostBurnIn()), settings.descent());
        this.selection = start.selection();
        this.workers = workers;
        this.renewedFrom =
                start.champion().map(champion -> champion.correction().from()).orElse(Long.MIN_VALUE);
    }

    /**
     * Trains.
     *
     * @param start Modified.
     * @param fromLinear whether it is the linear model, which is kept unless the gain is worth it
     * @param seed of this network
     * @param clock when to stop, and whom to tell
     * @throws CancellationException if the thread was interrupted
     */
    Result train(Parameters start, boolean fromLinear, long seed, Pace pace) {
        var run = new Run(start, fromLinear, seed);
        int total = settings.descent().iterations();
        int every = Math.max(1, Math.min(100, total / 10));
        double loss = 0;
        int since = 0;
        for (int i = 1; i <= total && !pace.over(); i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted");
            }
            pace.before();
            loss += run.iterate(rate(i - 1, pace.share((double) (i - 1) / total)));
            since++;
            if (i % every == 0 || i == total || pace.over()) {
                run.select(i);
                boolean enough = run.outOfPatience();
                pace.report(enough ? total : i, total, loss / since, run.best);
                loss = 0;
                since = 0;
                if (enough) {
                    break;
                }
            }
        }
        return run.result();
    }

    private double rate(int iteration, double share) {
        double rise = Math.min(
                1, (iteration + 1.0) / Math.max(1, settings.descent().course().rise()));
        double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * share));
        return settings.descent().rate() * rise * (LEAST_RATE + (1 - LEAST_RATE) * cosine);
    }

    /** One descent. */
    private final class Run {
        private final WindowSampler sampler = new WindowSampler(data, settings.batches(), renewedFrom);
        private final BatchFiller filler;
        private final Random random;
        private final Parameters weights;
        private final Parameters average;
        private final Parameters gradient;
        private final Backprop backprop;
        private final Adam adam;
        private final double gain; // that the first better network must bring
        private final double startLoss;
        private Network bestNetwork;
        private double best;
        private int bestIteration;
        private int misses; // looks since the best one
        private double last;
        private int done;

        Run(Parameters start, boolean fromLinear, long seed) {
            var descent = settings.descent();
            gain = fromLinear ? Math.max(WORTHWHILE, 1.0 / selection.separate()) : 0;
            random = new Random(seed);
            filler = new BatchFiller(
                    data, settings.batches(), start.architecture().stateSize());
            weights = start;
            average = start.copy();
            gradient = new Parameters(start.architecture());
            backprop = new Backprop(start.architecture(), settings.target().levels(), workers.helpers());
            float linear = (float) descent.linearRate();
            adam = new Adam(
                    start.architecture(),
                    new Adam.Settings(0.9, 0.999, 1e-8, descent.course().decay()),
                    Map.of("head.skip.weight", linear, "head.skip.bias", linear));
            bestNetwork = start.freeze();
            startLoss = selection.loss(bestNetwork, workers);
            best = startLoss;
        }

        double iterate(double rate) {
            var batch = drawn();
            var dropout = new Dropout((float) settings.descent().dropout(), random.nextLong());
            double loss = backprop.gradient(weights, batch, gradient, dropout);
            settings.descent().weights().penalty().add(weights, gradient);
            gradient.clip(settings.descent().course().norm());
            adam.step(weights, gradient, rate);
            done++;
            filler.carry(backprop);
            double keep = settings.descent().course().average();
            double decay = Math.min(keep, (1.0 + done) / (10 + done));
            average.towards(weights, (float) (1 - decay));
            return loss;
        }

        /** Of histories that are hardly long enough, all windows of a draw can lie where nothing is to be forecast. */
        private Batch drawn() {
            for (int i = 0; i < MOST_DRAWS; i++) {
                var batch = filler.fill(sampler.draw(random), workers);
                if (batch.totalWeight(data.horizons()) > 0) {
                    return batch;
                }
            }
            throw new UnusableHistory("values to forecast from were expected in the rows to train on; of " + MOST_DRAWS
                    + " draws of windows none has any: give more rows or a shorter train.window");
        }

        void select(int iteration) {
            var network = average.freeze();
            double loss = selection.loss(network, workers);
            double mustBeat = bestIteration == 0 ? best * (1 - gain) : best;
            if (loss < mustBeat) {
                best = loss;
                bestNetwork = network;
                bestIteration = iteration;
                misses = 0;
            } else {
                misses++;
            }
            last = loss;
        }

        boolean outOfPatience() {
            int patience = settings.descent().course().patience();
            return patience > 0 && misses >= patience;
        }

        Result result() {
            return new Result(bestNetwork, best, bestIteration, startLoss, done, last);
        }
    }
}

package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Initialiser;
import dev.gatecast.model.Output;
import dev.gatecast.model.Penalty;
import java.time.Duration;
import java.util.Optional;

/**
 * What a training is told: what to forecast, how large the model is, how it descends, what is held out. The defaults are
 * those of hourly data that were measured best.
 *
 * @param target what is forecast
 * @param sizes how large the model is
 * @param batches what one iteration sees
 * @param descent how the weights move
 * @param holdOut what is kept from the training data, and what a challenger must achieve on it
 * @param run seed, threads and time
 */
public record TrainerSettings(Target target, Sizes sizes, Batches batches, Descent descent, HoldOut holdOut, Run run) {

    /** Hourly data with daily and weekly seasons, 24 hours ahead. */
    public static final TrainerSettings DEFAULT = new TrainerSettings(
            Target.DEFAULT, Sizes.DEFAULT, Batches.DEFAULT, Descent.DEFAULT, HoldOut.DEFAULT, Run.DEFAULT);

    /** The same with another target. */
    TrainerSettings with(Target other) {
        return new TrainerSettings(other, sizes, batches, descent, holdOut, run);
    }

    /**
     * What is forecast.
     *
     * @param horizons steps ahead, at least 1
     * @param levels the quantiles' probabilities, ascending within (0, 1), with 0.5 among them, (levels)
     * @param seasons season lengths in steps, or {@link #SEASONS_OF_DATA}
     * @param cadence milliseconds from one step to the next, 0 where every tick is a step
     * @param calendar whether the ticks' times are times, not row numbers; they are inputs then and held-out data is
     *     cut by time
     * @param transform map of every value before scaling; empty: the best on held-out data is chosen
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Target(
            int horizons,
            float[] levels,
            Seasons seasons,
            long cadence,
            boolean calendar,
            Optional<Transform> transform) {
        public static final Target DEFAULT = new Target(
                24,
                new float[] {0.025f, 0.05f, 0.1f, 0.25f, 0.5f, 0.75f, 0.9f, 0.95f, 0.975f},
                new Seasons(24, 168),
                3_600_000L,
                true,
                Optional.empty());

        /** Checks what the model's recipe does not check. */
        public Target {
            require(horizons >= 1 && horizons <= 10_000, "horizons: 1 to 10,000", horizons);
        }

        /** In the place of seasons: they are found in the data. */
        public static final Seasons SEASONS_OF_DATA = new Seasons(1, 1);

        /** The same with other seasons. */
        Target with(Seasons found) {
            return new Target(horizons, levels, found, cadence, calendar, transform);
        }

        /** The same with a transform that is set. */
        public Target with(Transform chosen) {
            return new Target(horizons, levels, seasons, cadence, calendar, Optional.of(chosen));
        }
    }

    /**
     * How large the model is, and how long it warms up.
     *
     * @param core the recurrent layers
     * @param units hidden units of the head
     * @param profile recent values that the head sees; 0: one or two long seasons, as the history allows
     * @param networks trained from different seeds and averaged
     * @param warmUp steps of an entity before its forecasts count
     * @param output what the head gives; empty: a quantile for each of the target's levels
     */
    public record Sizes(Core core, int units, int profile, int networks, int warmUp, Optional<Output> output) {
        public static final Sizes DEFAULT = new Sizes(1, 48, 128, 0, 1, 48);

        public Sizes {
            require(units >= 1 && units <= 4096, "head units: 1 to 4096", units);
            require(profile >= 0 && profile <= 1 << 15, "profile: 0 to 32768", profile);
            require(networks >= 1 && networks <= 16, "networks: 1 to 16", networks);
            require(warmUp >= 0, "warm-up: at least 0 steps", warmUp);
        }

        /** That gives quantiles. */
        public Sizes(Core core, int units, int profile, int networks, int warmUp) {
            this(core, units, profile, networks, warmUp, Optional.empty());
        }

        /** With {@link CellKind#GRU}. */
        public Sizes(int layers, int hidden, int units, int profile, int networks, int warmUp) {
            this(new Core(CellKind.GRU, layers, hidden), units, profile, networks, warmUp);
        }
    }

    /**
     * The recurrent layers.
     *
     * @param cell its kind
     * @param layers 1 to 4
     * @param hidden units of each layer
     * @param learnedStart whether the state before an entity's first step is learned
     * @param attention how the head looks back at the last hidden states
     * @param memory how many those are, 1 to 1024; of no meaning without attention
     */
    public record Core(CellKind cell, int layers, int hidden, boolean learnedStart, Attention attention, int memory) {
        public Core {
            require(layers >= 1 && layers <= 4, "layers: 1 to 4", layers);
            require(hidden >= 1 && hidden <= 1024, "hidden units: 1 to 1024", hidden);
            require(memory >= 1 && memory <= 1024, "remembered hidden states: 1 to 1024", memory);
        }

        /** A plain one. */
        public Core(CellKind cell, int layers, int hidden) {
            this(cell, layers, hidden, false, Attention.NONE, 1);
        }

        Architecture.Options options() {
            var slots = attention == Attention.NONE ? 0 : memory;
            return new Architecture.Options(learnedStart, Architecture.Options.NO_DECAY, attention, slots);
        }
    }

    /**
     * What one iteration sees.
     *
     * @param windows windows, each from one entity
     * @param length steps of a window, from a zero state
     * @param burnIn first steps of a window, which have no part in the loss
     * @param stride steps from one forecast of a window to the next
     */
    public record Batches(int windows, int length, int burnIn, int stride) {
        public static final Batches DEFAULT = new Batches(32, 144, 48, 3);

        public Batches {
            require(windows >= 1 && windows <= 4096, "windows per iteration: 1 to 4096", windows);
            require(length >= 2 && length <= 10_000, "window: 2 to 10,000 steps", length);
            require(burnIn >= 0 && burnIn < length, "burn-in: 0 to below the window's " + length, burnIn);
            require(stride >= 1 && stride <= length - burnIn, "stride: 1 to " + (length - burnIn), stride);
        }
    }

    /**
     * How the weights move: Adam with decoupled decay, a linear rise of the rate, then a cosine.
     *
     * @param iterations of each network; 0 leaves the linear start
     * @param rate largest learning rate
     * @param linearRate rate of the linear path relative to the others; 0 freezes it
     * @param decay weight decay
     * @param dropout share of hidden values that are dropped
     * @param weights where they start and what large ones cost
     */
    public record Descent(
            int iterations, double rate, double linearRate, double decay, double dropout, Weights weights) {
        public static final Descent DEFAULT = new Descent(800, 3e-3, 0.3, 0.01, 0.1);

        public Descent {
            require(iterations >= 0, "iterations: at least 0", iterations);
            require(rate > 0 && rate < 1, "learning rate: within (0, 1)", rate);
            require(linearRate >= 0 && linearRate <= 1, "relative rate of the linear path: 0 to 1", linearRate);
            require(decay >= 0 && decay < 1, "weight decay: 0 to below 1", decay);
            require(dropout >= 0 && dropout < 1, "dropout: 0 to below 1", dropout);
        }

        /** With the usual weights. */
        public Descent(int iterations, double rate, double linearRate, double decay, double dropout) {
            this(iterations, rate, linearRate, decay, dropout, Weights.DEFAULT);
        }
    }

    /**
     * The weights apart from how they move.
     *
     * @param initialiser how those are drawn that have no part in the linear start
     * @param penalty what large ones cost, by kind
     */
    public record Weights(Initialiser initialiser, Penalty penalty) {
        public static final Weights DEFAULT = new Weights(Initialiser.PYTORCH, Penalty.NONE);
    }

    /**
     * What is kept from the training data.
     *
     * @param share latest part of the ticks that no weight is fitted to, at least two horizons; two thirds of it select
     *     (the iteration, the transform), the last third judges the challenger
     * @param margin part of the champion's error by which a challenger's must be lower
     */
    public record HoldOut(double share, double margin) {
        public static final HoldOut DEFAULT = new HoldOut(0.15, 0);

        public HoldOut {
            require(share > 0 && share <= 0.5, "held-out share: within (0, 0.5]", share);
            require(margin >= 0 && margin < 1, "margin: 0 to below 1", margin);
        }
    }

    /**
     * Seed, threads and time.
     *
     * @param seed of everything that is drawn
     * @param threads that share the work; their number does not change the result
     * @param timeLimit time after which training stops early; the result depends on the machine then. Empty: none
     */
    public record Run(long seed, int threads, Optional<Duration> timeLimit) {
        public static final Run DEFAULT = new Run(1, 2, Optional.empty());

        public Run {
            require(threads >= 1 && threads <= 256, "threads: 1 to 256", threads);
        }
    }

    private static void require(boolean holds, String expected, Number actual) {
        if (!holds) {
            throw new IllegalArgumentException(expected + " expected, got " + actual);
        }
    }
}

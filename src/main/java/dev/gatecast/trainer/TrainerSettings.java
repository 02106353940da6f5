package dev.gatecast.trainer;

import static dev.gatecast.trainer.Bounds.require;

import dev.gatecast.feature.Categories;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.ForecasterSettings;
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

    /** Checks what no part can check by itself. */
    public TrainerSettings {
        if (batches.carried() && sizes.core().learnedStart()) {
            throw new IllegalArgumentException(
                    "carried states leave nothing to learn a start from: one of the two expected, got both");
        }
    }

    /** The same with another target. */
    TrainerSettings with(Target other) {
        return new TrainerSettings(other, sizes, batches, descent, holdOut, run);
    }

    /** The same with other batches and another descent. */
    TrainerSettings with(Batches others, Descent another) {
        return new TrainerSettings(target, sizes, others, another, holdOut, run);
    }

    /**
     * What is forecast.
     *
     * @param horizons steps ahead, at least 1
     * @param levels the quantiles' probabilities, ascending within (0, 1), with 0.5 among them, (levels)
     * @param seasons season lengths in steps, or {@link #SEASONS_OF_DATA}
     * @param cadence milliseconds from one step to the next, 0 where every tick is a step, or {@link #CADENCE_OF_DATA}
     * @param timing what times mean
     * @param transform map of every value before scaling; empty: the best on held-out data is chosen
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Target(
            int horizons, float[] levels, Seasons seasons, long cadence, Timing timing, Optional<Transform> transform) {
        public static final Target DEFAULT = new Target(
                24,
                new float[] {0.025f, 0.05f, 0.1f, 0.25f, 0.5f, 0.75f, 0.9f, 0.95f, 0.975f},
                new Seasons(24, 168),
                3_600_000L,
                Timing.UTC,
                Optional.empty());

        /**
         * In universal time, without holidays.
         *
         * @param calendar whether the ticks' times are times, not row numbers
         */
        public Target(
                int horizons,
                float[] levels,
                Seasons seasons,
                long cadence,
                boolean calendar,
                Optional<Transform> transform) {
            this(horizons, levels, seasons, cadence, Timing.of(calendar), transform);
        }

        /** Checks what the model's recipe does not check. */
        public Target {
            require(horizons >= 1 && horizons <= 10_000, "horizons: 1 to 10,000", horizons);
        }

        /** In the place of seasons: they are found in the data. */
        public static final Seasons SEASONS_OF_DATA = new Seasons(1, 1);

        /** In the place of a cadence: it is found in the data. */
        public static final long CADENCE_OF_DATA = -1;

        /** The same with another cadence. */
        Target with(long found) {
            return new Target(horizons, levels, seasons, found, timing, transform);
        }

        /** The same with other seasons. */
        Target with(Seasons found) {
            return new Target(horizons, levels, found, cadence, timing, transform);
        }

        /** The same with a transform that is set. */
        public Target with(Transform chosen) {
            return new Target(horizons, levels, seasons, cadence, timing, Optional.of(chosen));
        }

        /** Whether the ticks' times are times, not row numbers. */
        public boolean calendar() {
            return timing.calendar();
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

        /** The same with another core. */
        Sizes with(Core other) {
            return new Sizes(other, units, profile, networks, warmUp, output);
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

        /**
         * What a network has beyond cells and head.
         *
         * @param elapsed the input with the time since the last tick, with which states decay, or none
         */
        Architecture.Options options(int elapsed, Categories categories) {
            var slots = attention == Attention.NONE ? 0 : memory;
            return new Architecture.Options(
                    learnedStart,
                    elapsed,
                    attention,
                    slots,
                    new Architecture.Categories(categories.rows(), categories.width()));
        }
    }

    /**
     * What one iteration sees.
     *
     * @param windows windows, each from one entity, or {@link #WINDOWS_OF_DATA}
     * @param length steps of a window, along which errors go back
     * @param burnIn first steps of a window, which have no part in the loss where it begins without a state
     * @param stride steps from one forecast of a window to the next
     * @param carried whether a window goes on where the one before it ended, with its state, until the entity ends;
     *     otherwise each is drawn by itself and begins as the network does
     * @param old where training goes on from a champion: share of the windows that lie in rows the champion was fitted to;
     *     1: windows are drawn from all rows alike
     */
    public record Batches(int windows, int length, int burnIn, int stride, boolean carried, double old) {
        /** In the place of the windows: as the size of the data asks for. */
        public static final int WINDOWS_OF_DATA = 0;

        public static final Batches DEFAULT = new Batches(32, 144, 48, 3);

        public Batches {
            require(windows >= 0 && windows <= 4096, "windows per iteration: 1 to 4096, 0 as the data asks", windows);
            require(length >= 2 && length <= 10_000, "window: 2 to 10,000 steps", length);
            require(burnIn >= 0 && burnIn < length, "burn-in: 0 to below the window's " + length, burnIn);
            require(stride >= 1 && stride <= length - burnIn, "stride: 1 to " + (length - burnIn), stride);
            require(old >= 0 && old <= 1, "share of old windows: 0 to 1", old);
        }

        /** Each by itself, from all rows alike. */
        public Batches(int windows, int length, int burnIn, int stride) {
            this(windows, length, burnIn, stride, false, 1);
        }

        /** So many windows of the same kind. */
        Batches with(int number) {
            return new Batches(number, length, burnIn, stride, carried, old);
        }

        /** The same with at most so long a burn-in. */
        Batches burningIn(int most) {
            return new Batches(windows, length, Math.min(burnIn, Math.max(0, most)), stride, carried, old);
        }

        /** The same with a length, a burn-in of a third of it at most and a stride that fits. */
        public Batches ofLength(int steps) {
            int burn = Math.min(burnIn, steps / 3);
            return new Batches(windows, steps, burn, Math.min(stride, steps - burn), carried, old);
        }
    }

    /**
     * How the weights move: Adam with decoupled decay, a linear rise of the rate, then a cosine.
     *
     * @param iterations of each network; 0 leaves the linear start; or {@link #ITERATIONS_OF_DATA}
     * @param rate largest learning rate, or {@link #RATE_OF_DATA}
     * @param linearRate rate of the linear path relative to the others; 0 freezes it
     * @param course all that seldom needs a change
     * @param dropout share of hidden values that are dropped
     * @param weights where they start and what large ones cost
     */
    public record Descent(
            int iterations, double rate, double linearRate, Course course, double dropout, Weights weights) {
        /** In the place of the iterations: as the size of model and data asks for. */
        public static final int ITERATIONS_OF_DATA = -1;

        /** In the place of the rate: as the size of the data asks for. */
        public static final double RATE_OF_DATA = 0;

        public static final Descent DEFAULT = new Descent(800, 3e-3, 0.3, 0.01, 0.1);

        public Descent {
            require(iterations >= -1, "iterations: at least 0, -1 as the data asks", iterations);
            require(rate >= 0 && rate < 1, "learning rate: below 1, 0 as the data asks", rate);
            require(linearRate >= 0 && linearRate <= 1, "relative rate of the linear path: 0 to 1", linearRate);
            require(dropout >= 0 && dropout < 1, "dropout: 0 to below 1", dropout);
        }

        /** With the usual weights. */
        public Descent(int iterations, double rate, double linearRate, double decay, double dropout) {
            this(iterations, rate, linearRate, Course.DEFAULT.with(decay), dropout, Weights.DEFAULT);
        }

        /** The same for so many iterations. */
        Descent with(int number) {
            return new Descent(number, rate, linearRate, course, dropout, weights);
        }

        /** The same with another rate. */
        Descent with(double other) {
            return new Descent(iterations, other, linearRate, course, dropout, weights);
        }

        /** The same with another course. */
        Descent with(Course other) {
            return new Descent(iterations, rate, linearRate, other, dropout, weights);
        }
    }

    /**
     * The course of a descent.
     *
     * @param decay decoupled weight decay, of AdamW; 0 leaves Adam
     * @param rise iterations over which the rate rises linearly; then it falls along a cosine
     * @param norm the gradient is clipped to this norm over all tensors
     * @param average what the running average of the weights keeps of itself at an iteration; 0: no average
     * @param patience looks at held-out data, ten or more in a training, without a better network after which it stops; 0:
     *     it does not stop early
     * @param renewal iterations where training goes on from a champion; 0: it never does; {@link #AS_FRESH}
     */
    public record Course(double decay, int rise, double norm, double average, int patience, int renewal) {
        /** In the place of the renewal: as many as from nothing. */
        public static final int AS_FRESH = -1;

        public static final Course DEFAULT = new Course(0.01, 100, 1, 0.995, 0, AS_FRESH);

        public Course {
            require(decay >= 0 && decay < 1, "weight decay: 0 to below 1", decay);
            require(rise >= 0, "rise: at least 0 iterations", rise);
            require(norm > 0, "norm: above 0", norm);
            require(average >= 0 && average < 1, "average: 0 to below 1", average);
            require(patience >= 0, "patience: at least 0 looks", patience);
            require(renewal >= AS_FRESH, "renewal: at least 0 iterations, -1 for as many as from nothing", renewal);
        }

        Course with(double otherDecay) {
            return new Course(otherDecay, rise, norm, average, patience, renewal);
        }
    }

    /**
     * The weights apart from how they move.
     *
     * @param initialiser how those are drawn that have no part in the linear start
     * @param penalty what large ones cost, by kind
     * @param linearStart whether the linear path starts from ridge regression; if not, from nothing
     * @param decay whether there are some for the decay of the states with the time since the last tick
     */
    public record Weights(Initialiser initialiser, Penalty penalty, boolean linearStart, boolean decay) {
        public static final Weights DEFAULT = new Weights(Initialiser.PYTORCH, Penalty.NONE, true);

        /** Without decay. */
        public Weights(Initialiser initialiser, Penalty penalty, boolean linearStart) {
            this(initialiser, penalty, linearStart, false);
        }
    }

    /**
     * What is kept from the training data.
     *
     * @param share latest part of the ticks that no weight is fitted to, at least two horizons; two thirds of it select
     *     (the iteration, the transform), the last third judges the challenger
     * @param margin part of every rival's loss by which a challenger's must be lower
     * @param chance largest p-value of the paired test with the champion at which a challenger is used; 1: any
     * @param served how forecasts are served: models are judged under the same limits, calibration and rounding
     */
    public record HoldOut(double share, double margin, double chance, ForecasterSettings served) {
        public static final HoldOut DEFAULT = new HoldOut(0.15, 0, 1);

        /** Served as usual. */
        public HoldOut(double share, double margin, double chance) {
            this(share, margin, chance, ForecasterSettings.DEFAULT);
        }

        public HoldOut {
            require(share > 0 && share <= 0.5, "held-out share: within (0, 0.5]", share);
            require(margin >= 0 && margin < 1, "margin: 0 to below 1", margin);
            require(chance > 0 && chance <= 1, "p-value: above 0, at most 1", chance);
        }
    }

    /**
     * Seed, threads and time.
     *
     * @param seed of everything that is drawn
     * @param threads that share the work; their number does not change the result
     * @param timeLimit time after which training stops early; the result depends on the machine then. Empty: none
     * @param tuning time in which sizes, rate and window are searched for before; the result depends on the machine then.
     *     Empty: they are as set
     */
    public record Run(long seed, int threads, Optional<Duration> timeLimit, Optional<Duration> tuning) {
        public static final Run DEFAULT = new Run(1, 2, Optional.empty());

        public Run {
            require(threads >= 1 && threads <= 256, "threads: 1 to 256", threads);
        }

        /** Without a search. */
        public Run(long seed, int threads, Optional<Duration> timeLimit) {
            this(seed, threads, timeLimit, Optional.empty());
        }
    }
}

package dev.gatecast.forecast;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Guess;
import dev.gatecast.feature.Ring;
import dev.gatecast.score.Detector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Advances entities tick by tick: the one place that knows the order of things, for the live topology, the backtest and
 * the trainer's gate alike. Belongs to one thread; the states it advances belong to whoever passes them.
 *
 * <p>The order, chosen so that a tick that leads to an impossible number leaves no trace:
 *
 * <ol>
 *   <li>admit: finite, newer than the last
 *   <li>encode, step, head: into scratch, behind the fences
 *   <li>settle and score against the forecasts made before, with statistics that have not seen the tick; a missing tick,
 *       whose value is a guess, is left out of both
 *   <li>update the statistics, accept the hidden state
 *   <li>emit: calibrated widths, the entity's units
 * </ol>
 */
public final class Forecaster {
    /** Models ready at a time; a swap needs two. */
    private static final int KERNELS = 4;

    private final ForecasterSettings settings;
    private final TickFields fields;
    private final IntFunction<float[]> room;
    private final Received received;
    private final Detector detector;
    private final Map<String, @Nullable Kernel[]> kernels = new LinkedHashMap<>(); // by id, one for each recipe
    private final Outcome outcome = new Outcome();

    /** A forecaster of ticks with a target alone; what else they have is not looked at. */
    public Forecaster(ForecasterSettings settings) {
        this(settings, TickFields.NONE);
    }

    /**
     * A forecaster.
     *
     * @param fields the names of the ticks' values after the first
     */
    public Forecaster(ForecasterSettings settings, TickFields fields) {
        this(settings, fields, float[]::new);
    }

    /**
     * A forecaster whose forecasts' numbers lie in arrays that somebody gives, who may have used them before.
     *
     * @param fields the names of the ticks' values after the first
     * @param room gives an array of a length, whatever is in it; the forecast's from then on
     */
    public Forecaster(ForecasterSettings settings, TickFields fields, IntFunction<float[]> room) {
        this.settings = settings;
        this.room = room;
        this.fields = fields;
        this.received = new Received(fields);
        this.detector = new Detector(settings.detector());
    }

    /** A fresh state for an entity that has not been seen. */
    public EntityState newState() {
        return new EntityState(settings.ring());
    }

    /**
     * Takes one tick of one entity in.
     *
     * @param state the entity's state. Modified, unless the tick is rejected.
     * @param tick its target value first
     * @param governing the model in use at the tick's time, or null while there is none
     * @return what it led to, valid until the next call
     * @throws IllegalStateException if {@code governing} is older than what the entity has used
     * @throws UnfitModel if its model needs a field that the ticks do not have
     */
    public Outcome advance(EntityState state, Tick tick, @Nullable Governing governing) {
        outcome.clear();
        requireNoGoingBack(state, tick, governing);
        return taken(state, tick.missing() ? guessed(state, tick, governing) : tick, governing);
    }

    /** A missing tick with a value. */
    private static Tick guessed(EntityState state, Tick tick, @Nullable Governing governing) {
        double value = tick.values()[0];
        if (Double.isNaN(value) && state.ring.size() > 0) {
            var seasons = governing == null
                    ? FeatureSpec.Seasons.NONE
                    : governing.model().of(tick.entity()).recipe().spec().seasons();
            value = Guess.next(state.ring, seasons);
        }
        var values = tick.values().clone();
        values[0] = value;
        return new Tick(tick.entity(), tick.time(), values, true, tick.traits());
    }

    private Outcome taken(EntityState state, Tick tick, @Nullable Governing governing) {
        outcome.tick = tick;
        double value = tick.values()[0];
        if (!admit(state, tick, value)) {
            return outcome;
        }
        var kernel = governing == null ? null : kernel(governing.model(), tick.entity());
        if (kernel != null) {
            kernel.fit(state.ring);
        }
        keepFields(state, kernel);
        state.ring.describe(tick.traits().or(state.ring.traits()));
        int sizeBefore = state.ring.size();
        float displaced = push(state, tick, kernel);
        boolean primes = kernel != null && state.fingerprint != kernel.model.fingerprint();
        if (kernel != null && !step(state, kernel, primes, tick.time())) {
            state.ring.undo(displaced, sizeBefore);
            return violated(state, tick, kernel);
        }
        if (kernel != null && !primes) {
            kernel.adoptMixture(state, false);
        }
        if (!tick.missing()) {
            settle(state, tick, primes ? null : kernel);
            score(state, tick, governing, primes ? null : kernel);
        }
        accept(state, tick, kernel, primes, governing);
        if (kernel != null) {
            emit(state, tick, kernel);
        }
        return outcome;
    }

    /** Takes a tick's values in; returns what {@link Ring#push} did. */
    private float push(EntityState state, Tick tick, @Nullable Kernel kernel) {
        var present = received.present(tick.values());
        var values = kernel == null ? present : kernel.values(present, tick.time(), state.lastTime);
        float displaced = state.ring.push(values);
        long cadence =
                kernel == null ? Received.NO_CADENCE : kernel.encoder.spec().cadence();
        received.announce(state.ring, tick.values(), state.lastTime, tick.time(), cadence);
        return displaced;
    }

    /** Fitted ticks tell which expert suits an entity, but nothing of how far forecasts of other ticks miss. */
    private static void settle(EntityState state, Tick tick, @Nullable Kernel kernel) {
        if (kernel == null) {
            return;
        }
        if (kernel.judges(tick.time())) {
            kernel.widths.settle(state.widths, tick.values()[0]);
        }
        kernel.settleMixture(state, tick.time());
    }

    /**
     * The forecast at an entity's last tick, made on demand: what {@link #advance} would have emitted there.
     *
     * @param state Not modified.
     * @param governing the model that the entity used at its last tick
     * @return the forecast, or null before the entity's first tick under this model
     */
    public @Nullable Forecast forecast(String entity, EntityState state, Governing governing) {
        var kernel = kernel(governing.model(), entity);
        if (state.rows == 0 || state.fingerprint != kernel.model.fingerprint()) {
            return null;
        }
        kernel.fit(state.ring);
        keepFields(state, kernel);
        boolean young = YoungForecast.needed(state.ring, kernel.model.recipe());
        if (!young) {
            kernel.encoder.encode(state.ring, state.lastTime, kernel.encoded);
            kernel.head(state.ring, state.hidden);
        }
        return finished(entity, state, kernel, young);
    }

    /** What a state remembers of other fields is of no use. */
    private void keepFields(EntityState state, @Nullable Kernel kernel) {
        var kept = kernel == null ? fields : kernel.fields();
        if (state.fields != kept.id()) {
            state.fields = kept.id();
            state.ring.refield(kept.names().size(), kept.ahead().size());
        }
    }

    private static void requireNoGoingBack(EntityState state, Tick tick, @Nullable Governing governing) {
        if (governing != null && governing.sequence() < state.sequence) {
            throw new IllegalStateException("entity " + tick.entity() + " has used activation " + state.sequence
                    + " and never goes back to " + governing.sequence());
        }
    }

    private boolean admit(EntityState state, Tick tick, double value) {
        if (!(Math.abs(value) <= settings.valueLimit())) {
            outcome.reject(
                    Rejection.NOT_FINITE,
                    "expected a finite value of at most " + settings.valueLimit() + " in size, got " + value);
        } else if (tick.time() == state.lastTime) {
            outcome.reject(
                    Rejection.DUPLICATE,
                    "expected a time after the entity's last, got the same: " + Tick.text(tick.time()));
        } else if (tick.time() < state.lastTime) {
            outcome.reject(
                    Rejection.LATE,
                    "expected a time after the entity's last, " + Tick.text(state.lastTime) + ", got "
                            + Tick.text(tick.time()));
        }
        return outcome.rejection == null;
    }

    /** Computes the next hidden state and the scaled forecast into the kernel; false if a fence was hit. */
    private boolean step(EntityState state, Kernel kernel, boolean primes, long time) {
        var recipe = kernel.model.recipe();
        if (primes) {
            kernel.prime(state.ring, time);
        } else {
            System.arraycopy(state.hidden, 0, kernel.hidden, 0, kernel.hidden.length);
        }
        kernel.step(state.ring, time);
        if (!kernel.soundHidden()) {
            return false;
        }
        if (!wanted(state) || YoungForecast.needed(state.ring, recipe)) {
            return true;
        }
        kernel.head(state.ring, kernel.hidden);
        return kernel.soundForecast();
    }

    private Outcome violated(EntityState state, Tick tick, Kernel kernel) {
        state.violations++;
        if (state.violations >= settings.violationLimit()) {
            state.fingerprint = 0;
            state.violations = 0;
        }
        return outcome.reject(
                Rejection.BAD_NUMBER,
                "model " + kernel.model.id() + " gave an impossible number for the value " + tick.values()[0]
                        + "; the state was kept, the entity re-primes after " + settings.violationLimit());
    }

    /** Judges a tick; {@code expecting} is the kernel of the model that had expected something, if one had. */
    private void score(EntityState state, Tick tick, @Nullable Governing governing, @Nullable Kernel expecting) {
        double value = tick.values()[0];
        var expected = state.expectation;
        double residual = expected.scale > 0 ? (value - expected.median) / expected.scale : Double.NaN;
        boolean held = governing != null && state.primed > 0 && state.primed < warmUp(governing, tick.entity());
        detector.step(state.detector, value, Detector.slot(tick.time()), residual, held, outcome.verdict);
        if (outcome.verdict.phase() != null) {
            outcome.alert = alert(state, tick, governing, expecting, outcome.verdict.phase());
        }
    }

    private Alert alert(
            EntityState state,
            Tick tick,
            @Nullable Governing governing,
            @Nullable Kernel expecting,
            Alert.Phase phase) {
        List<Alert.Driver> drivers = List.of();
        if (phase == Alert.Phase.OPEN) {
            state.alertOpenedAt = tick.time();
            if (expecting != null) {
                drivers = Drivers.of(state, expecting, settings.output().drivers());
            }
        }
        var verdict = outcome.verdict;
        var expected = state.expectation;
        var model = governing == null ? "" : governing.model().id();
        return new Alert(
                tick.entity(),
                tick.time(),
                phase,
                new Alert.Episode(state.alertOpenedAt, verdict.rows(), verdict.peak(), model, drivers),
                verdict.surprise(),
                new Alert.Evidence(
                        tick.values()[0],
                        expected.median,
                        expected.lower,
                        expected.upper,
                        verdict.fastMean(),
                        verdict.slowMean()));
    }

    private void accept(
            EntityState state, Tick tick, @Nullable Kernel kernel, boolean primes, @Nullable Governing governing) {
        state.lastTime = tick.time();
        state.rows++;
        state.violations = 0;
        if (kernel == null || governing == null) {
            return;
        }
        state.sequence = governing.sequence();
        if (primes) {
            state.fingerprint = kernel.model.fingerprint();
            state.primed =
                    Math.min(state.ring.size(), kernel.encoder.spec().windows().ring());
            state.hidden = new float[kernel.hidden.length];
            kernel.widths.adopt(state.widths);
            kernel.adoptMixture(state, true);
            state.handover.restart();
        } else {
            state.primed++;
        }
        System.arraycopy(kernel.hidden, 0, state.hidden, 0, kernel.hidden.length);
    }

    /** Makes the forecast leave, and remembers of it what later ticks are compared with. */
    private void emit(EntityState state, Tick tick, Kernel kernel) {
        state.expectation.clear();
        if ((state.rows - 1) % settings.forecastEvery() != 0) {
            state.handover.drop();
            kernel.widths.skip(state.widths);
            kernel.endMixture(state, false);
            return;
        }
        boolean young = YoungForecast.needed(state.ring, kernel.model.recipe());
        var forecast = finished(tick.entity(), state, kernel, young);
        outcome.forecast = forecast;
        kernel.endHandover(state, young);
        var bands = kernel.bands;
        var values = forecast.values();
        if (forecast.stamp().warming()) {
            kernel.widths.skip(state.widths);
            kernel.endMixture(state, false);
            return;
        }
        kernel.widths.remember(state.widths, kernel.own(values));
        kernel.endMixture(state, true);
        state.expectation.median = values[bands.median];
        state.expectation.lower = values[bands.lower];
        state.expectation.upper = values[bands.upper];
        state.expectation.scale = Math.max(bands.deviation(values), kernel.leastDeviation());
    }

    private Forecast finished(String entity, EntityState state, Kernel kernel, boolean young) {
        var recipe = kernel.model.recipe();
        var values = room.apply(kernel.out.length);
        if (young) {
            kernel.young.write(state.ring, state.lastTime, values);
        } else {
            System.arraycopy(kernel.out, 0, values, 0, values.length);
            kernel.widths.apply(state.widths, values);
            kernel.mix(state, values);
            kernel.encoder.unscale(values, kernel.encoded);
        }
        var means = room.apply(recipe.horizons());
        kernel.widths.means(state.widths, !young, values, means);
        kernel.limits.apply(kernel.bands.levels(), values);
        kernel.limits.keep(means);
        if (kernel.handover != null && !young) {
            kernel.handover.mix(state, values, means);
        }
        boolean warming = young || state.primed < recipe.warmUp();
        var stamp = new Forecast.Stamp(kernel.model.id(), warming);
        var directions = young ? null : kernel.directions();
        return new Forecast(
                entity, state.lastTime, recipe.spec().cadence(), recipe.levels(), values, stamp, means, directions);
    }

    private boolean wanted(EntityState state) {
        return state.rows % settings.forecastEvery() == 0;
    }

    private static int warmUp(Governing governing, String series) {
        return governing.model().of(series).recipe().warmUp();
    }

    private Kernel kernel(Model model, String series) {
        var made = kernels.get(model.id());
        if (made == null) {
            if (kernels.size() >= KERNELS) {
                kernels.clear();
            }
            made = new Kernel[Math.max(1, model.targets().size())];
            kernels.put(model.id(), made);
        }
        int place = model.place(series);
        var kernel = made[place];
        if (kernel == null) {
            kernel = new Kernel(model.at(place), settings.output(), fields);
            made[place] = kernel;
        }
        return kernel;
    }
}

package dev.gatecast.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an entity's ring into a model's inputs, and the head's output back into the entity's units. Belongs to one
 * model's {@link FeatureSpec} and is immutable; the numbers go into {@link Encoded}, which belongs to one thread.
 *
 * <p>With u the transformed values, newest u[t], m and w the short and long season and W the level window:
 *
 * <pre>
 * L = mean(u[t-W+1..t])     S = max(deviation(u[t-W+1..t]), floor)
 * D = mean |u[s] - u[s-m]| over that window           M = mean(u[t-m+1..t])
 * inputs: (u[t]-L)/S, (u[t]-u[t-1])/S, (u[t]-u[t-m])/S, (u[t]-u[t-w])/S, (M-L)/S, (L-L[t-W])/S,
 *         0.5 ln(S/|L|) under a logarithm, else ln(S / training spread),   0.5 ln(D / S)
 *         calendar of the next step, the other fields ({@link FieldInputs})
 * </pre>
 *
 * <p>Where the clocks of the entity have changed within a lag, and {@link Days#aligned}, the value of the same local time
 * stands for u[t-m], u[t-w] and in the profile.
 *
 * <p>Last come the learned numbers of the entity's category, which only the networks know: here they are
 * {@link Encoded#category}, and the network writes them into their places.
 *
 * <p>Every sum runs over the ring afresh: a few hundred additions, no drift, and a state read back from its bytes gives
 * the same numbers as one that never left memory. An input is 0 until its window is complete, in training as live.
 *
 * <p>A model from elsewhere lists its inputs one by one instead: {@link Input}.
 */
public final class Encoder {
    private static final float INPUT_LIMIT = 10f;
    private static final float PROFILE_LIMIT = 20f;

    private final FeatureSpec spec;
    private final @Nullable DayInputs days;
    private final InputChoice.Scale.@Nullable Fixed fixed;
    private final @Nullable ListedInputs listed;
    private final @Nullable FieldInputs fields;
    private final @Nullable FutureInputs future;
    private final Map<String, Integer> categories;
    private final int firstField;
    private final int holidays; // among the profile
    private final int elapsed; // among the columns' fields, or -1

    /** An encoder of columns whose fields are those that the model sees, in its order. */
    public Encoder(FeatureSpec spec) {
        this(
                spec,
                spec.context().past().stream().map(Covariate::name).toList(),
                spec.context().future().ahead());
    }

    /**
     * An encoder of columns with fields of these names.
     *
     * @param ahead the values to come that the columns have
     * @throws IllegalArgumentException if the model needs a field that is not among them
     */
    public Encoder(FeatureSpec spec, List<String> names, Ahead ahead) {
        this.spec = spec;
        days = spec.calendar() ? new DayInputs(spec.context().days(), spec.cadence()) : null;
        var choice = spec.choice() instanceof InputChoice.Listed list ? list : null;
        fixed = choice != null && choice.scale() instanceof InputChoice.Scale.Fixed scale ? scale : null;
        listed = choice == null ? null : new ListedInputs(choice, spec.cadence());
        elapsed = names.indexOf(Elapsed.NAME);
        var context = spec.context();
        categories = context.categories().byName();
        firstField = spec.extras()
                - context.categories().width()
                - Covariate.INPUTS * context.past().size();
        holidays = spec.holidays();
        fields = context.past().isEmpty()
                ? null
                : new FieldInputs(context, names, spec.windows().level());
        future = context.future().fields().isEmpty()
                ? null
                : new FutureInputs(
                        context.future(), names, ahead, spec.windows().level());
    }

    /** What this encoder does. */
    public FeatureSpec spec() {
        return spec;
    }

    /**
     * Inputs of the step at the newest value.
     *
     * @param ring the entity's values, fitted to the spec ({@link Ring#fit}), at least one. Not modified.
     * @param time time of the newest value, milliseconds since the epoch
     * @param out Modified.
     */
    public void encode(Ring ring, long time, Encoded out) {
        encodeAt(ring.columns(), ring.end(), ring.size(), time, out);
        out.tangent = ring.tangent();
    }

    /**
     * The times of the newest steps, as far as they are known: on the grid of the cadence, or by the times between ticks
     * that the ring has.
     *
     * @param ring at least {@code size} values. Not modified.
     * @param size how many steps
     * @param time time of the newest value, milliseconds since the epoch
     * @return oldest first, (size)
     */
    public long[] times(Ring ring, int size, long time) {
        var times = new long[size];
        long at = time;
        for (int back = 0; back < size; back++) {
            times[size - 1 - back] = at;
            at -= spec.cadence() > 0 || elapsed < 0 ? spec.cadence() : Elapsed.milliseconds(ring.field(elapsed, back));
        }
        return times;
    }

    /**
     * Inputs of an earlier step, as if the ring began {@code size} values before it: how a re-prime replays the ring.
     *
     * @param ring fitted to the spec, with at least {@code back + size} values. Not modified.
     * @param back steps before the newest value
     * @param size how many values the step may look at, itself included
     * @param time time of that step, milliseconds since the epoch
     * @param out Modified.
     */
    public void encodeAt(Ring ring, int back, int size, long time, Encoded out) {
        encodeAt(ring.columns(), ring.end() - back, size, time, out);
        out.tangent = ring.tangent();
    }

    /**
     * Inputs of the step at an element of a whole series, for the trainer: the same numbers as {@link #encode} gives
     * when the values came one by one.
     *
     * @param columns the series. Not modified.
     * @param end one past the step's value
     * @param size how many values before {@code end} exist, at least 1; more than the ring holds are not looked at
     * @param time time of the step, milliseconds since the epoch
     * @param out Modified.
     */
    public void encodeAt(Columns columns, int end, int size, long time, Encoded out) {
        var u = columns.u();
        int seen = Math.min(size, spec.windows().ring());
        out.tangent = null;
        out.time = time;
        scale(u, end, seen, out);
        out.shift.none();
        if (listed != null) {
            listed.encode(u, end, seen, time, out);
            return;
        }
        if (days != null) {
            days.shift(time, columns.traits().zone(), out.shift);
            days.write(time, columns.traits().zone(), out.extras);
        }
        relativeInputs(u, end, seen, out);
        if (fields != null) {
            fields.encode(columns, end, seen, out.extras, firstField);
        }
        out.category = category(columns);
        System.arraycopy(out.extras, 0, out.inputs, FeatureSpec.RELATIVE_INPUTS, out.extras.length);
    }

    /**
     * Where values from before a change of clocks stand among the newest ones of an entity, as {@link #encode} sees them.
     *
     * @param ring of which the traits count. Not modified.
     * @param time of the step whose ages are meant, milliseconds since the epoch
     * @param out Modified.
     */
    public void shift(Ring ring, long time, Shift out) {
        out.none();
        if (days != null && listed == null) {
            days.shift(time, ring.traits().zone(), out);
        }
    }

    /** Row of an entity's category among those that the model tells apart: {@link Categories}. */
    public int category(Columns columns) {
        return categories.isEmpty()
                ? Categories.OTHER
                : categories.getOrDefault(columns.traits().category(), Categories.OTHER);
    }

    /**
     * Values to come and the newest ones, scaled, for the head; after {@link #encode} for the same ring.
     *
     * @param ring at least {@code profile} values. Not modified.
     * @param out Modified.
     */
    public void profile(Ring ring, Encoded out) {
        profileAt(ring.columns(), ring.end(), ring.size(), out);
    }

    /**
     * The same at an element of a whole series.
     *
     * @param columns the series. Not modified.
     * @param end one past the step's value
     * @param size how many values before {@code end} exist
     * @param out Modified.
     */
    public void profileAt(Columns columns, int end, int size, Encoded out) {
        if (future != null) {
            future.encode(columns, end, Math.min(size, spec.windows().ring()), out.profile);
            future.toLocalTime(out.shift, out.profile);
        }
        int first = out.profile.length - spec.windows().profile();
        if (holidays > 0 && days != null) {
            days.holidays(out.time, columns.traits().zone(), out.profile, first - holidays, spec.recentHolidays());
        }
        newest(columns.u(), end, size, out, out.profile, first);
    }

    /**
     * The newest values alone, scaled as in the profile; after {@link #encode} for the same ring.
     *
     * @param ring at least as many values as {@code out} has room for. Not modified.
     * @param at of that encode. Not modified.
     * @param out newest last. Modified.
     */
    public void recent(Ring ring, Encoded at, float[] out) {
        newest(ring.columns().u(), ring.end(), ring.size(), at, out, 0);
    }

    /** {@code out} Modified from {@code first} on. */
    private void newest(float[] u, int end, int size, Encoded at, float[] out, int first) {
        int length = out.length - first;
        System.arraycopy(u, end - length, out, first, length);
        at.shift.move(u, end, Math.min(size, spec.windows().ring()), out, first);
        scale(out, first, (float) at.level, (float) (1.0 / at.spread));
    }

    /** In a loop of its own over one array, which C2 vectorises. {@code values} Modified from {@code first} on. */
    private static void scale(float[] values, int first, float level, float inverse) {
        for (int i = first; i < values.length; i++) {
            float scaled = (values[i] - level) * inverse;
            values[i] = Math.max(-PROFILE_LIMIT, Math.min(PROFILE_LIMIT, scaled));
        }
    }

    /** After {@link #profileAt}: as if nothing were known of coming steps. {@code out} Modified. */
    public void hideFuture(Encoded out) {
        if (future != null) {
            future.hide(out.profile);
        }
    }

    /** A transformed value in the scale of the last {@link #encode}: what the head is trained towards. */
    public static float scaled(float transformed, Encoded at) {
        return (float) ((transformed - at.level) / at.spread);
    }

    /** The inverse of {@link #scaled} and of the transform: a head's output in the entity's units. */
    public float unscaled(float output, Encoded at) {
        double transformed = at.level + at.spread * output;
        return at.tangent == null ? spec.transform().inverse(transformed) : at.tangent.inverse(transformed);
    }

    /** {@link #unscaled} of each output, in place of it. {@code outputs} Modified. */
    public void unscale(float[] outputs, Encoded at) {
        if (at.tangent == null) {
            spec.transform().inverse(at.level, at.spread, outputs);
            return;
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = unscaled(outputs[i], at);
        }
    }

    /**
     * The head tells of so many steps as if the clocks went on as they are at the next one. Gives each step the numbers of
     * the one that has its local time. {@code outputs} (horizons * width), Modified.
     */
    public static void byLocalTime(float[] outputs, int width, Encoded at) {
        at.shift.byLocalTime(outputs, width);
    }

    /** What comes closest to being {@link #unscaled} to each value, in place of it; floats all. {@code values} Modified. */
    public void rescale(double[] values, Encoded at) {
        if (at.tangent == null) {
            spec.transform().forward(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = at.tangent.forward(values[i]);
            }
        }
        double level = at.level;
        double spread = at.spread;
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - level) / spread;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
    }

    private void scale(float[] u, int end, int seen, Encoded out) {
        if (fixed != null) {
            out.level = fixed.mean();
            out.spread = fixed.deviation();
            return;
        }
        int window = Math.min(seen, spec.windows().level());
        double level = Windowed.sum(u, end - window, end) / window;
        double variance = Windowed.squares(u, end - window, end, level) / window;
        out.level = level;
        out.spread = Math.max(Math.sqrt(variance), spec.spread().floor());
    }

    private void relativeInputs(float[] u, int end, int seen, Encoded out) {
        float[] x = out.inputs;
        double level = out.level;
        double spread = out.spread;
        int m = spec.seasons().shorter();
        int w = spec.seasons().longer();
        int window = spec.windows().level();
        Arrays.fill(x, 0, FeatureSpec.RELATIVE_INPUTS, 0f);
        if (seen < Math.max(2, 2 * m)) {
            return;
        }
        double now = u[end - 1];
        x[0] = clip((now - level) / spread);
        x[1] = clip((now - u[end - 2]) / spread);
        x[6] = clip(spreadInput(level, spread));
        if (m > 0) {
            x[2] = clip((now - u[end - 1 - out.shift.age(m, seen)]) / spread);
        }
        if (w > 0 && seen > w) {
            x[3] = clip((now - u[end - 1 - out.shift.age(w, seen)]) / spread);
        }
        if (m > 0 && seen >= window) {
            x[4] = clip((Windowed.sum(u, end - m, end) / m - level) / spread);
        }
        if (seen >= 2 * window) {
            double before = Windowed.sum(u, end - 2 * window, end - window) / window;
            x[5] = clip((level - before) / spread);
        }
        if (m > 0 && seen >= 3 * m) {
            int differences = Math.min(window, seen - m);
            double d = Windowed.differences(u, end - differences, end, m) / differences;
            x[7] = clip(0.5 * StrictMath.log(Math.max(d, spec.spread().floor()) / spread));
        }
    }

    private double spreadInput(double level, double spread) {
        if (spec.transform() == Transform.LOG) {
            return 0.5
                    * StrictMath.log(
                            spread / Math.max(Math.abs(level), spec.spread().floor()));
        }
        return StrictMath.log(spread / spec.spread().training());
    }

    private static float clip(double value) {
        return (float) Math.max(-INPUT_LIMIT, Math.min(INPUT_LIMIT, value));
    }
}

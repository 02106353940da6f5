package dev.gatecast.feature;

import java.util.List;

/**
 * Inputs out of the other fields of the ticks. With x the field's values, L and S the mean and the deviation of those of
 * the level window that are there:
 *
 * <pre>
 * (x[t]-L)/S,   (x[t]-x[t-1])/S,   1 where x[t] is missing, else 0
 * </pre>
 *
 * {@link Elapsed} is not relative to its own past, so that no time is negative: x[t] / P and (x[t]-x[t-1])/P, P its deviation
 * over the training data.
 *
 * An input that needs a value that is missing, or more than the one value there is, is 0.
 */
final class FieldInputs {
    private static final float LIMIT = 10f;

    private final double[] floors; // (covariates)
    private final double[] units; // (covariates), P for the time since the last tick, else 0
    private final int[] places; // (covariates), where each is among the columns' fields
    private final int window;

    /**
     * Looks the covariates up.
     *
     * @param fields names of the columns' fields, in their order
     * @throws IllegalArgumentException if one is not among them
     */
    FieldInputs(Context context, List<String> fields, int window) {
        this.window = window;
        int count = context.past().size();
        floors = new double[count];
        units = new double[count];
        places = new int[count];
        for (int i = 0; i < count; i++) {
            var covariate = context.past().get(i);
            floors[i] = covariate.spread().floor();
            units[i] =
                    covariate.name().equals(Elapsed.NAME) ? covariate.spread().training() : 0;
            places[i] = fields.indexOf(covariate.name());
            if (places[i] < 0) {
                throw new IllegalArgumentException("the model needs the field " + covariate.name()
                        + " of the ticks, whose fields beside the target are " + fields);
            }
        }
    }

    /**
     * Writes them.
     *
     * @param columns Not modified.
     * @param end one past the step
     * @param seen how many steps there are before {@code end}
     * @param out Modified from {@code at} on.
     */
    void encode(Columns columns, int end, int seen, float[] out, int at) {
        int from = end - Math.min(seen, window);
        for (int i = 0; i < places.length; i++) {
            var x = columns.fields()[places[i]];
            if (units[i] > 0) {
                elapsed(x, end, units[i], out, at + Covariate.INPUTS * i);
            } else {
                encode(x, from, end, floors[i], out, at + Covariate.INPUTS * i);
            }
        }
    }

    private static void elapsed(float[] x, int end, double unit, float[] out, int at) {
        float now = x[end - 1];
        float before = end < 2 ? Float.NaN : x[end - 2];
        boolean missing = Float.isNaN(now);
        out[at] = missing ? 0 : clip(now / unit);
        out[at + 1] = missing || Float.isNaN(before) ? 0 : clip(((double) now - before) / unit);
        out[at + 2] = missing ? 1 : 0;
    }

    private static void encode(float[] x, int from, int end, double floor, float[] out, int at) {
        float now = x[end - 1];
        boolean missing = Float.isNaN(now);
        out[at] = 0;
        out[at + 1] = 0;
        out[at + 2] = missing ? 1 : 0;
        int count = missing ? 0 : count(x, from, end);
        if (count < 2) {
            return;
        }
        double level = sum(x, from, end) / count;
        double spread = Math.max(Math.sqrt(squares(x, from, end, level) / count), floor);
        out[at] = clip((now - level) / spread);
        float before = x[end - 2];
        if (!Float.isNaN(before)) {
            out[at + 1] = clip(((double) now - before) / spread);
        }
    }

    private static int count(float[] x, int from, int end) {
        int count = 0;
        for (int i = from; i < end; i++) {
            count += Float.isNaN(x[i]) ? 0 : 1;
        }
        return count;
    }

    private static double sum(float[] x, int from, int end) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += Float.isNaN(x[i]) ? 0 : x[i];
        }
        return sum;
    }

    private static double squares(float[] x, int from, int end, double level) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            double away = Float.isNaN(x[i]) ? 0 : x[i] - level;
            sum += away * away;
        }
        return sum;
    }

    private static float clip(double value) {
        return (float) Math.max(-LIMIT, Math.min(LIMIT, value));
    }
}

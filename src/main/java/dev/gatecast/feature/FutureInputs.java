package dev.gatecast.feature;

import java.util.Arrays;
import java.util.List;

/**
 * What ticks say of coming steps, as the head's profile begins with it. With x the field, L the mean of those of its values
 * in the level window that are there, P its deviation over the training data and n the steps:
 *
 * <pre>
 * (x[t]-L)/P,   (x[t+1]-L)/P .. (x[t+n]-L)/P,   1 where x[t+1] .. x[t+n] is missing, else 0
 * </pre>
 *
 * <p>A value that is missing, or of a field of which no past value is there, is 0. The unit is the same for every entity: a
 * field that has stood still for a window, such as a price, must not look as if it leapt.
 */
final class FutureInputs {
    private static final float LIMIT = 10f;

    private final Future future;
    private final int[] present; // (fields), where each is among the columns' fields
    private final int[] coming; // (fields), where each begins among the columns' values to come
    private final int reach; // steps that the columns have
    private final int window;

    /** @throws IllegalArgumentException if the ticks say nothing of the future of one of the fields */
    FutureInputs(Future future, List<String> names, Ahead ahead, int window) {
        this.future = future;
        this.window = window;
        reach = ahead.steps();
        present = new int[future.fields().size()];
        coming = new int[present.length];
        for (int i = 0; i < present.length; i++) {
            var name = future.fields().get(i).name();
            present[i] = names.indexOf(name);
            int known = ahead.fields().indexOf(name);
            if (present[i] < 0 || known < 0) {
                throw new IllegalArgumentException("the model needs values to come of the field " + name
                        + " of the ticks (ticks.future), which have them of " + ahead.fields());
            }
            coming[i] = known * reach;
        }
    }

    /**
     * Writes them.
     *
     * @param columns Not modified.
     * @param end one past the step
     * @param seen how many steps there are before {@code end}
     * @param out Modified from 0 on.
     */
    void encode(Columns columns, int end, int seen, float[] out) {
        for (int i = 0, at = 0; i < present.length; i++, at += future.width()) {
            var x = columns.fields()[present[i]];
            double level = level(x, end - Math.min(seen, window), end);
            double unit = future.fields().get(i).spread().training();
            write(x[end - 1], level, unit, out, at);
            for (int step = 1; step <= future.steps(); step++) {
                float value = step > reach ? Float.NaN : columns.ahead(coming[i] + step - 1, end);
                boolean known = write(value, level, unit, out, at + step);
                out[at + future.steps() + step] = known ? 0 : 1;
            }
        }
    }

    /** Puts what is known of steps after a coming change of clocks where their local time is. {@code out} Modified. */
    void toLocalTime(Shift shift, float[] out) {
        for (int at = 0; at < future.inputs(); at += future.width()) {
            shift.toLocalTime(out, at + 1, future.steps());
            shift.toLocalTime(out, at + 1 + future.steps(), future.steps());
        }
    }

    /** As if nothing were said of coming steps. {@code out} Modified. */
    void hide(float[] out) {
        for (int at = 0; at < future.inputs(); at += future.width()) {
            Arrays.fill(out, at + 1, at + 1 + future.steps(), 0);
            Arrays.fill(out, at + 1 + future.steps(), at + future.width(), 1);
        }
    }

    private static boolean write(float value, double level, double unit, float[] out, int at) {
        double scaled = (value - level) / unit;
        boolean known = !Double.isNaN(scaled);
        out[at] = known ? (float) Math.max(-LIMIT, Math.min(LIMIT, scaled)) : 0;
        return known;
    }

    private static double level(float[] x, int from, int end) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < end; i++) {
            if (!Float.isNaN(x[i])) {
                sum += x[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}

package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.feature.BarSpec.Rule;
import java.util.Arrays;
import java.util.List;

/** A bar that still takes ticks. */
final class OpenBar {
    private final double[] sum; // (fields)
    private final double[] least; // (fields)
    private final double[] largest; // (fields)
    private final double[] last; // (fields)
    private final long[] lastTime; // (fields)
    private final long[] count; // (fields)

    OpenBar(int fields) {
        sum = new double[fields];
        least = new double[fields];
        largest = new double[fields];
        last = new double[fields];
        lastTime = new long[fields];
        count = new long[fields];
        Arrays.fill(lastTime, Long.MIN_VALUE);
    }

    /** Takes a tick in. {@code values} (fields) Not modified. */
    void add(long time, double[] values) {
        for (int i = 0; i < count.length; i++) {
            double value = values[i];
            if (Double.isNaN(value)) {
                continue;
            }
            sum[i] += value;
            least[i] = count[i] == 0 ? value : Math.min(least[i], value);
            largest[i] = count[i] == 0 ? value : Math.max(largest[i], value);
            count[i]++;
            if (time >= lastTime[i]) {
                last[i] = value;
                lastTime[i] = time;
            }
        }
    }

    /** Visits every number. */
    void visit(FieldVisitor visitor) {
        visitor.reals(sum);
        visitor.reals(least);
        visitor.reals(largest);
        visitor.reals(last);
        for (int i = 0; i < count.length; i++) {
            lastTime[i] = visitor.whole(lastTime[i]);
            count[i] = visitor.whole(count[i]);
        }
    }

    /** The bar's values by the rules, then 0: it is not missing. (fields + 1) */
    double[] values(List<Rule> rules) {
        var values = new double[count.length + 1];
        for (int i = 0; i < count.length; i++) {
            values[i] = value(i, rules.get(i));
        }
        return values;
    }

    private double value(int field, Rule rule) {
        if (rule == Rule.COUNT) {
            return count[field];
        }
        if (count[field] == 0) {
            return rule == Rule.SUM ? 0 : Double.NaN;
        }
        return switch (rule) {
            case LAST, ANNOUNCED -> last[field];
            case MEAN -> sum[field] / count[field];
            case SUM -> sum[field];
            case MIN -> least[field];
            case MAX -> largest[field];
            case COUNT -> count[field];
        };
    }
}

package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import java.util.Arrays;

/**
 * How far out in the tail of its own whole past a non-negative quantity lies.
 *
 * <p>A histogram of 96 logarithmic buckets, 8 an octave, counted down from the largest value seen; what is lower, and
 * zero, lies in bucket 0. The outer 5 % of the past are taken for an exponential tail in its predictive (Lomax) form, so
 * that a short past gives a modest answer; nearer values get their rank. The lower tail is the same in -ln(value). At
 * 8192 values all counts are halved: it forgets slowly. Buckets are found by the exponent and a table of 8, so the same
 * bits come out on every machine.
 */
final class Tail {
    private static final int BUCKETS = 96;
    private static final int PER_OCTAVE = 8;
    private static final double SHARE = 0.05; // of the past is the tail
    private static final int LEAST = 8; // values in the tail at least
    private static final int WARM = 100; // values before it answers
    private static final double ALIKE = 4; // so many neighbouring rows count as one
    private static final int CAP = 8192; // no count is above it
    private static final double TINY = 1e-300; // at or below: as zero
    private static final int NONE = Integer.MIN_VALUE;

    private static final double LN2 = StrictMath.log(2);
    private static final double LN10 = StrictMath.log(10);
    private static final double[] EDGES = powers(0); // 2^(j/8)
    private static final double[] MIDDLES = powers(0.5); // 2^((j+0.5)/8)

    private final boolean lower;
    private final short[] counts = new short[BUCKETS];
    private int top = NONE; // number of the highest bucket
    private int total; // sum of counts

    private Tail(boolean lower) {
        this.lower = lower;
    }

    /** Large values are surprising. */
    static Tail ofLarge() {
        return new Tail(false);
    }

    /** Small values are surprising. */
    static Tail ofSmall() {
        return new Tail(true);
    }

    /** -log10 of the chance of a value so far out; 0 while fewer than 100 values have been seen. */
    double surprise(double v) {
        if (total < WARM || top == NONE) {
            return 0;
        }
        var need = Math.max(LEAST, (int) Math.ceil(SHARE * total));
        return lower ? small(v, need) : large(v, need);
    }

    /** Takes a value into the past. */
    void add(double v) {
        if (v > TINY) {
            var number = bucket(v);
            raise(number);
            counts[Math.max(0, BUCKETS - 1 - (top - number))]++;
        } else {
            counts[0]++;
        }
        total++;
        if (total >= CAP) {
            halve();
        }
    }

    /** Describes the layout: highest bucket, counts. */
    void visit(FieldVisitor v) {
        top = (int) v.whole(top);
        v.counts(counts);
        total = sum(0, BUCKETS - 1);
    }

    private double large(double v, int need) {
        var base = top - BUCKETS + 1;
        var i = BUCKETS - 1;
        int k = counts[i];
        while (k < need && i > 0) {
            k += counts[--i];
        }
        var edge = i == 0 ? 0 : value(EDGES, base + i); // at i = 0 more than 95 % of the past is nearly nothing
        var number = v > TINY ? bucket(v) : NONE;
        if (v <= edge || number == base + i) {
            return rank(number == NONE ? total : sum(number - base, BUCKETS - 1));
        }
        var sum = 0.0;
        for (var j = Math.max(i, 1); j < BUCKETS; j++) {
            if (counts[j] != 0) {
                sum += counts[j] * Math.max(value(MIDDLES, base + j) - edge, 0);
            }
        }
        var excess = Math.max(sum / k, value(EDGES, base + i + 1) - value(EDGES, base + i)); // no finer than a bucket
        return beyond((v - edge) / (excess + 1e-9 * edge + 1e-12), k);
    }

    private double small(double v, int need) {
        var base = top - BUCKETS + 1;
        var i = 0;
        int k = counts[0];
        while (k < need && i < BUCKETS - 1) {
            k += counts[++i];
        }
        var held = Math.max(v, value(MIDDLES, base)); // below the lowest bucket: as the lowest
        var number = bucket(held);
        if (number >= base + i) {
            return rank(sum(0, number - base));
        }
        var sum = 0.0; // in buckets
        for (var j = 0; j <= i; j++) {
            sum += counts[j] * (i + 0.5 - j);
        }
        var edge = -(base + i + 1) * LN2 / PER_OCTAVE;
        var excess = Math.max(sum / k, 1) * LN2 / PER_OCTAVE;
        return beyond((-StrictMath.log(held) - edge) / (excess + 1e-9 * Math.abs(edge) + 1e-12), k);
    }

    /** A value z mean excesses beyond the edge of the outer k. */
    private double beyond(double z, int k) {
        var free = Math.max(1, k / ALIKE);
        return (StrictMath.log((double) total / k) + free * StrictMath.log1p(z / free)) / LN10;
    }

    /** A value with so many of the past as far out or further. */
    private double rank(int asFar) {
        return asFar < total ? -StrictMath.log10((asFar + 1.0) / (total + 1.0)) : 0;
    }

    private int sum(int from, int to) {
        var sum = 0;
        for (var j = Math.max(0, from); j <= Math.min(to, BUCKETS - 1); j++) {
            sum += counts[j];
        }
        return sum;
    }

    /** Moves the window of buckets up so that it ends with the given one. */
    private void raise(int number) {
        if (top == NONE) {
            top = number;
        }
        var by = number - top;
        if (by <= 0) {
            return;
        }
        var kept = Math.max(0, BUCKETS - 1 - by);
        counts[0] = (short) sum(0, by);
        System.arraycopy(counts, BUCKETS - kept, counts, 1, kept);
        Arrays.fill(counts, kept + 1, BUCKETS, (short) 0);
        top = number;
    }

    private void halve() {
        for (var j = 0; j < BUCKETS; j++) {
            counts[j] >>= 1;
        }
        total = sum(0, BUCKETS - 1);
    }

    /** The k with 2^(k/8) <= v < 2^((k+1)/8); v is normal and positive. */
    private static int bucket(double v) {
        var exponent = Math.getExponent(v);
        var mantissa = Math.scalb(v, -exponent);
        var j = mantissa >= EDGES[4] ? 4 : 0;
        j += mantissa >= EDGES[j + 2] ? 2 : 0;
        j += mantissa >= EDGES[j + 1] ? 1 : 0;
        return exponent * PER_OCTAVE + j;
    }

    private static double value(double[] table, int number) {
        return Math.scalb(table[Math.floorMod(number, PER_OCTAVE)], Math.floorDiv(number, PER_OCTAVE));
    }

    private static double[] powers(double shift) {
        var powers = new double[PER_OCTAVE];
        for (var j = 0; j < PER_OCTAVE; j++) {
            powers[j] = StrictMath.pow(2, (j + shift) / PER_OCTAVE);
        }
        return powers;
    }
}

package dev.gatecast.model;

/**
 * Dropout of the hidden state at the head and of the head's hidden layer, in training. What stays is scaled up by 1 / (1 -
 * rate).
 *
 * @param rate share that is dropped, 0 to 0.95
 * @param seed the same seed drops the same units; take another for each batch
 */
public record Dropout(float rate, long seed) {
    /** Nothing is dropped. */
    public static final Dropout NONE = new Dropout(0, 0);

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Checks the rate. */
    public Dropout {
        if (!(rate >= 0 && rate <= 0.95f)) {
            throw new IllegalArgumentException("dropout: expected 0 to 0.95, actual " + rate);
        }
    }

    /**
     * The factors of one vector, 0 or 1 / (1 - rate).
     *
     * @param stream tells vectors of one batch apart
     * @param factors the next {@code n} from {@code at} are Modified.
     */
    void mask(long stream, float[] factors, int at, int n) {
        var keep = 1 / (1 - rate);
        var state = mix(seed + mix(stream));
        for (var i = 0; i < n; i++) {
            state += GOLDEN;
            factors[at + i] = (mix(state) >>> 40) * 0x1p-24f < rate ? 0 : keep;
        }
    }

    /** SplitMix64's finaliser, by Steele, Lea and Flood. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

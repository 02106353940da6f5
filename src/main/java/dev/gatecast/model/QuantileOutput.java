package dev.gatecast.model;

/**
 * The quantiles themselves, scored by the pinball loss {@code max(q e, (q - 1) e)} of the error e = target - out.
 *
 * @param count of quantiles, 1 to 1024
 */
public record QuantileOutput(int count) implements Output {
    static final String NAME = "quantiles";

    /** Checks the count. */
    public QuantileOutput {
        Architecture.check("quantiles", count, 1, 1024);
    }

    @Override
    public int width() {
        return count;
    }

    @Override
    public int ordered() {
        return count;
    }

    @Override
    public String text() {
        return NAME + " " + count;
    }

    @Override
    public Loss loss(float[] levels) {
        Levels.check(count, levels);
        return new Pinball(levels.clone());
    }

    @Override
    public Fan fan(float[] levels) {
        Levels.check(count, levels);
        return (numbers, quantiles) -> System.arraycopy(numbers, 0, quantiles, 0, numbers.length);
    }

    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        Levels.check(count, levels);
        System.arraycopy(quantiles, 0, numbers, 0, numbers.length);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Pinball(float[] levels) implements Loss {
        @Override
        public double of(float[] out, int from, float target, float share, float[] d) {
            var sum = 0f;
            for (int q = 0; q < levels.length; q++) {
                float error = target - out[from + q];
                float slope = error > 0 ? levels[q] : levels[q] - 1;
                sum += slope * error;
                d[from + q] = -slope * share;
            }
            return sum;
        }
    }
}

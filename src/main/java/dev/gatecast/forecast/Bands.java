package dev.gatecast.forecast;

/** Which of a model's quantile levels serve as median, deviation and 90 % band. */
final class Bands {
    /** 90 % minus 10 % point of a normal distribution, in deviations. */
    private static final float DEVIATIONS = 2.563f;

    final int median;
    final int lower;
    final int upper;
    private final int tenth;
    private final int ninetieth;
    private final int levels;

    Bands(Recipe recipe) {
        levels = recipe.levels().length;
        median = recipe.level(0.5);
        tenth = recipe.level(0.1);
        ninetieth = recipe.level(0.9);
        lower = recipe.level(0.05);
        upper = recipe.level(0.95);
    }

    int levels() {
        return levels;
    }

    /** Predictive deviation of one horizon. {@code values} starts at its quantiles. Not modified. */
    float deviation(float[] values) {
        return (values[ninetieth] - values[tenth]) / DEVIATIONS;
    }
}

package dev.gatecast.score;

/**
 * How readily an entity alerts.
 *
 * @param warmUpRows rows that an entity must have shown before anything opens
 * @param sensitivity multiplies every level: 0.8 low, 1 normal, 1.2 high
 * @param calmRows rows in a row below half the alert level that close an episode
 * @param maxRows rows after which an episode closes in any case, the new state of things being normal then
 */
public record DetectorSettings(int warmUpRows, double sensitivity, int calmRows, int maxRows) {
    public DetectorSettings {
        require(warmUpRows >= 0, "warm-up rows: at least 0 expected, not " + warmUpRows);
        require(
                sensitivity > 0 && sensitivity <= 100,
                "sensitivity: above 0, at most 100 expected, not " + sensitivity);
        require(calmRows >= 1, "calm rows: at least 1 expected, not " + calmRows);
        require(maxRows >= 1, "maximal rows: at least 1 expected, not " + maxRows);
    }

    /** A week of hours to warm up, normal sensitivity, 20 calm rows, 1000 rows at most. */
    public static DetectorSettings defaults() {
        return new DetectorSettings(168, 1, 20, 1000);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.gatecast.trainer;

import dev.gatecast.forecast.PairedTest;
import java.util.List;
import java.util.Locale;

/**
 * The challenger beside one rival, over all horizons and at each.
 *
 * @param rival its name
 * @param measure what is compared, in units of each entity's seasonal difference
 * @param over what a pair of the test is: entities or times
 * @param whole mean over the horizons
 * @param horizons by horizon
 */
public record Comparison(String rival, String measure, String over, Pair whole, List<Pair> horizons) {
    /**
     * Two losses.
     *
     * @param mine the challenger's
     * @param theirs the rival's
     * @param test of the rival's less the challenger's, pair by pair
     */
    public record Pair(double mine, double theirs, PairedTest test) {
        String text() {
            return format("%.5f to %.5f, p %s", mine, theirs, p());
        }

        private String p() {
            return Double.isNaN(test.p()) ? "unknown" : test.p() < 1e-4 ? "< 0.0001" : format("%.4f", test.p());
        }
    }

    public Comparison {
        horizons = List.copyOf(horizons);
    }

    /** In one line. */
    String text() {
        return format(
                "against %s: %s %s over %d %s, %+.2f %%",
                rival, measure, whole.text(), whole.test().pairs(), over, 100 * (whole.mine() / whole.theirs() - 1));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}

package dev.gatecast.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the gate found.
 *
 * @param passed whether the challenger is to be used
 * @param reason the decision in a sentence
 * @param contenders the challenger first
 * @param comparisons the challenger with each of the others
 */
public record GateResult(boolean passed, String reason, List<Contender> contenders, List<Comparison> comparisons) {
    /**
     * One contender's figures on data that the challenger's training has not seen.
     *
     * @param name challenger, champion, last value, value so many steps before
     * @param relative mean absolute error in units of each entity's seasonal difference, mean over the horizons
     * @param pinball mean pinball loss in the same units; 0 for a contender without quantiles
     * @param coverage share of truths within the 90 % band; NaN without quantiles
     * @param moves of its directions
     * @param mae mean absolute error by horizon in the entities' units, (horizons)
     */
    public record Contender(
            String name, double relative, double pinball, double coverage, Moves moves, List<Double> mae) {
        @Override
        public String toString() {
            var text = new StringBuilder(name).append(Double.isNaN(relative) ? ":" : format(": error %.4f,", relative));
            if (pinball > 0) {
                text.append(format(" pinball %.4f, coverage %.3f,", pinball, coverage));
            }
            text.append(moves.text());
            int horizons = mae.size();
            IntStream.of(1, (horizons + 3) / 4, horizons)
                    .distinct()
                    .filter(horizon -> !Double.isNaN(mae.get(horizon - 1)))
                    .forEach(horizon -> text.append(format(" MAE at %d %.4g,", horizon, mae.get(horizon - 1))));
            return text.substring(0, text.length() - 1);
        }
    }

    /**
     * How well a contender tells where the value moves.
     *
     * @param accuracy share of moves whose likeliest direction came; NaN without directions
     * @param entropy mean of -ln of the probability of the direction that came; 0 or NaN without probabilities
     */
    public record Moves(double accuracy, double entropy) {
        private String text() {
            return (Double.isNaN(accuracy) ? "" : format(" directions right %.3f,", accuracy))
                    + (entropy > 0 ? format(" cross-entropy %.4f,", entropy) : "");
        }
    }

    public GateResult {
        contenders = List.copyOf(contenders);
        comparisons = List.copyOf(comparisons);
    }

    /** The figures of a contender, by name. */
    public Contender contender(String name) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender " + name + " among " + contenders));
    }

    /** The challenger beside a rival, by its name. */
    public Comparison comparison(String rival) {
        return comparisons.stream()
                .filter(comparison -> comparison.rival().equals(rival))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no comparison with " + rival));
    }

    /** What led to the decision: the reason without what follows from it. */
    public String finding() {
        int end = reason.lastIndexOf(": ");
        return end < 0 ? reason : reason.substring(0, end);
    }

    /** In short, one line each: the decision, the contenders, the challenger beside each of them. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(reason);
        contenders.forEach(contender -> lines.add(contender.toString()));
        comparisons.forEach(comparison -> lines.add(comparison.text()));
        return lines;
    }

    /** The comparisons horizon by horizon, one line each. */
    public List<String> horizonLines() {
        int horizons = comparisons.isEmpty() ? 0 : comparisons.get(0).horizons().size();
        return IntStream.range(0, horizons).mapToObj(this::horizonLine).toList();
    }

    private String horizonLine(int index) {
        return comparisons.stream()
                .map(comparison -> comparison.rival() + " "
                        + comparison.horizons().get(index).text())
                .collect(Collectors.joining("; "));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}

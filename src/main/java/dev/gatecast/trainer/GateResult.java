package dev.gatecast.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the gate found.
 *
 * @param passed whether the challenger is to be used
 * @param reason the decision in a sentence
 * @param contenders the challenger first
 */
public record GateResult(boolean passed, String reason, List<Contender> contenders) {
    /**
     * One contender's figures on data that the challenger's training has not seen.
     *
     * @param name challenger, champion, last value, value so many steps before
     * @param relative mean absolute error in units of each entity's seasonal difference, mean over the horizons
     * @param pinball mean pinball loss in the same units; 0 for a contender without quantiles
     * @param coverage share of truths within the 90 % band; NaN without quantiles
     * @param mae mean absolute error by horizon in the entities' units, (horizons)
     */
    public record Contender(String name, double relative, double pinball, double coverage, List<Double> mae) {
        @Override
        public String toString() {
            var text = new StringBuilder(format("%s: error %.4f", name, relative));
            if (pinball > 0) {
                text.append(format(", pinball %.4f, coverage %.3f", pinball, coverage));
            }
            int horizons = mae.size();
            IntStream.of(1, (horizons + 3) / 4, horizons)
                    .distinct()
                    .forEach(horizon -> text.append(format(", MAE at %d %.4g", horizon, mae.get(horizon - 1))));
            return text.toString();
        }
    }

    public GateResult {
        contenders = List.copyOf(contenders);
    }

    /** The figures of a contender, by name. */
    public Contender contender(String name) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender " + name + " among " + contenders));
    }

    /** All of it, one line each: the decision, then the contenders. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(reason);
        contenders.forEach(contender -> lines.add(contender.toString()));
        return lines;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}

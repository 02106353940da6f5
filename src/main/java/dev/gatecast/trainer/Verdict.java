package dev.gatecast.trainer;

import dev.gatecast.trainer.TrainerSettings.HoldOut;
import java.util.List;
import java.util.Locale;

/**
 * Whether a challenger is used.
 *
 * @param reason in a sentence
 */
record Verdict(boolean passed, String reason) {
    static final String CHAMPION = "champion";

    /** Part of the champion's loss by which the quantiles of a challenger that tells better directions may be worse. */
    private static final double TOLERANCE = 0.01;

    /** Naive forecasts first, then the champion; {@code comparisons} with all of them. */
    static Verdict of(List<Comparison> comparisons, HoldOut terms) {
        for (var comparison : comparisons) {
            if (!comparison.rival().equals(CHAMPION) && !wins(comparison, terms)) {
                return new Verdict(false, lost(comparison, terms) + ": it is not used");
            }
        }
        var champion = comparisons.stream()
                .filter(comparison -> comparison.rival().equals(CHAMPION))
                .toList();
        if (champion.isEmpty()) {
            return new Verdict(true, "the challenger beats every naive forecast: it is used");
        }
        var verdict = againstChampion(champion.get(0), terms);
        return verdict.passed && champion.size() > 1 ? notMuchWorse(champion.get(1), verdict) : verdict;
    }

    /** What is served beside what decides must not suffer. */
    private static Verdict notMuchWorse(Comparison beside, Verdict verdict) {
        var whole = beside.whole();
        return whole.mine() <= whole.theirs() * (1 + TOLERANCE)
                ? verdict
                : new Verdict(
                        false,
                        text(
                                "the challenger is worse than the champion by more than %s, %s: the champion is kept",
                                TOLERANCE, figures(beside)));
    }

    private static Verdict againstChampion(Comparison comparison, HoldOut terms) {
        if (!wins(comparison, terms)) {
            return new Verdict(false, lost(comparison, terms) + ": the champion is kept");
        }
        double p = comparison.whole().test().p();
        if (terms.chance() < 1 && !(p <= terms.chance())) {
            return new Verdict(
                    false,
                    text(
                            "the challenger beats the champion by chance, as far as p at most %s tells, %s: the champion is"
                                    + " kept",
                            terms.chance(), figures(comparison)));
        }
        return new Verdict(true, text("the challenger beats the champion, %s: it is used", figures(comparison)));
    }

    private static boolean wins(Comparison comparison, HoldOut terms) {
        var whole = comparison.whole();
        return whole.mine() < whole.theirs() * (1 - terms.margin());
    }

    private static String lost(Comparison comparison, HoldOut terms) {
        var whole = comparison.whole();
        return whole.mine() < whole.theirs()
                ? text(
                        "the challenger does not beat the %s by the margin of %s, %s",
                        comparison.rival(), terms.margin(), figures(comparison))
                : text("the challenger loses to the %s, %s", comparison.rival(), figures(comparison));
    }

    private static String figures(Comparison comparison) {
        return comparison.measure() + " " + comparison.whole().text().replace(" to ", " against ");
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}

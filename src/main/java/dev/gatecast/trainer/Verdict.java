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

    /** Naive forecasts first, then the champion; {@code comparisons} with all of them. */
    static Verdict of(List<Comparison> comparisons, HoldOut terms) {
        for (var comparison : comparisons) {
            if (!comparison.rival().equals(CHAMPION) && !wins(comparison, terms)) {
                return new Verdict(false, lost(comparison, terms) + ": it is not used");
            }
        }
        for (var comparison : comparisons) {
            if (comparison.rival().equals(CHAMPION)) {
                return againstChampion(comparison, terms);
            }
        }
        return new Verdict(true, "the challenger beats every naive forecast: it is used");
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

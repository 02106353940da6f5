package dev.gatecast.backtest;

/**
 * What a trade costs, from its opening to its close.
 *
 * @param amount in the units of the value, or as a share of the value at the opening
 * @param share whether it is a share
 */
public record Cost(double amount, boolean share) {
    /** Checks. */
    public Cost {
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("a cost of at least 0 expected, got " + amount);
        }
    }

    /**
     * Reads {@code 0.05} (units of the value) or {@code 0.1%} (of the value).
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Cost parse(String text) {
        var share = text.endsWith("%");
        try {
            var number = Double.parseDouble(share ? text.substring(0, text.length() - 1) : text);
            return new Cost(share ? number / 100 : number, share);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a number of units (0.05) or a share of the value (0.1%) expected, got " + text, e);
        }
    }

    /** As a reader would write it. */
    String text() {
        return share ? TextTable.value(100 * amount) + " %" : TextTable.value(amount);
    }

    /** What a difference to a value counts as: itself, or its share of the value; NaN where a share makes no sense. */
    double move(double from, double to) {
        return !share ? to - from : from > 0 ? (to - from) / from : Double.NaN;
    }
}

package dev.gatecast.source;

import java.util.regex.Pattern;

/** Reads the numbers of a CSV file. */
final class Cells {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+");

    private Cells() {}

    /**
     * A cell's number; NaN where the cell is empty or says so (NA, NaN, null).
     *
     * @throws NumberFormatException if it holds anything else
     */
    static double number(String cell) {
        var text = cell.strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        var last = text.charAt(text.length() - 1);
        if ((last >= '0' && last <= '9') || last == '.') {
            return parse(text);
        }
        return switch (text) {
            case "NA", "N/A", "NaN", "nan", "null", "NULL" -> Double.NaN;
            case "inf", "Inf", "Infinity", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Inf", "-Infinity", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException("'" + text + "' is not a number");
        };
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NumberFormatException(
                    "'" + text + "' is not a number" + (hasDecimalComma(text) ? "; numbers have a decimal point" : ""));
        }
    }

    /** Whether a cell is a number in the way of other languages: 0,5 or 1.234,5. */
    static boolean hasDecimalComma(String cell) {
        return DECIMAL_COMMA.matcher(cell.strip()).matches();
    }

    static boolean isNumber(String cell) {
        return !cell.isBlank() && isNumberOrMissing(cell);
    }

    static boolean isNumberOrMissing(String cell) {
        try {
            number(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

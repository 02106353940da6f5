package dev.gatecast.source;

/** Reads the numbers of a CSV file. */
final class Cells {
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
            return Double.parseDouble(text);
        }
        return switch (text) {
            case "NA", "N/A", "NaN", "nan", "null", "NULL" -> Double.NaN;
            case "inf", "Inf", "Infinity", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Inf", "-Infinity", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException("'" + text + "' is not a number");
        };
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

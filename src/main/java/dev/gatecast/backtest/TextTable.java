package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names down the side, numbers right-aligned below their titles. */
final class TextTable {
    private static final int COLUMN = 11;
    private static final double LEAST_PROBABILITY = 1e-4; // nobody reads more

    private final List<String> lines = new ArrayList<>();

    TextTable(String title, List<String> columns) {
        lines.add(line(title, columns));
    }

    /** A row; counts are whole numbers, measures are not. */
    void row(String name, List<? extends Number> values) {
        lines.add(line(name, values.stream().map(TextTable::number).toList()));
    }

    /** A row whose last cell is a probability. */
    void row(String name, List<? extends Number> values, double probability) {
        var cells = new ArrayList<>(values.stream().map(TextTable::number).toList());
        cells.add(probability < LEAST_PROBABILITY ? "< 0.0001" : number(probability));
        lines.add(line(name, cells));
    }

    private static String line(String name, List<String> cells) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-16s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, " %" + COLUMN + "s", cell)));
        return line.toString();
    }

    private static String number(Number value) {
        return value instanceof Long count
                ? String.format(Locale.ROOT, count < 10_000_000_000L ? "%,d" : "%d", count)
                : number(value.doubleValue());
    }

    /** A value as it came: without decimals where it has none. */
    static String value(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7 ? Long.toString((long) value) : number(value);
    }

    /** Four significant digits or more, as a reader would write them. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        var size = Math.abs(value);
        if (size >= 1e7 || (size > 0 && size < 1e-4)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return String.format(Locale.ROOT, size >= 1000 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f", value);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}

package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names down the side, numbers right-aligned below their titles. */
final class TextTable {
    private static final int COLUMN = 11;

    private final List<String> lines = new ArrayList<>();

    TextTable(String title, List<String> columns) {
        lines.add(line(title, columns));
    }

    void row(String name, List<Double> values) {
        lines.add(line(name, values.stream().map(TextTable::number).toList()));
    }

    private static String line(String name, List<String> cells) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-16s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, " %" + COLUMN + "s", cell)));
        return line.toString();
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

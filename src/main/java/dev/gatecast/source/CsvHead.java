package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the top of a file says about its columns.
 *
 * @param file the file
 * @param columns the header's cells
 * @param first the first data row's cells; empty where there is none
 */
record CsvHead(CsvFile file, List<String> columns, List<String> first) {
    /** What may stand between cells, and how a shell is told so. */
    private static final Map<String, String> SEPARATORS =
            new TreeMap<>(Map.of(";", "';'", "\t", "$'\\t'", "|", "'|'", ",", "','"));

    /** Throws BadSource if a named column occurs twice. */
    void requireDistinct() {
        var seen = new HashSet<String>();
        for (var column : columns) {
            if (!column.isEmpty() && !seen.add(column)) {
                throw new BadSource(file.path() + ": column '" + column
                        + "' occurs twice; expected distinct names, got " + String.join(", ", columns));
            }
        }
    }

    /** Where a column is. */
    int index(String column) {
        var index = columns.indexOf(column);
        if (index < 0) {
            throw new BadSource(file.path() + ": no column '" + column + "'; " + listed());
        }
        return index;
    }

    /** The columns in words, with what is probably wrong about them. */
    String listed() {
        return "the columns are " + String.join(", ", columns) + hint();
    }

    private String hint() {
        if (columns.size() == 1) {
            for (var separator : SEPARATORS.entrySet()) {
                if (columns.get(0).contains(separator.getKey())) {
                    return "; the line of names is one cell; for files with this separator give --separator "
                            + separator.getValue();
                }
            }
        }
        for (var i = 0; i < Math.min(columns.size(), first.size()); i++) {
            if (Cells.hasDecimalComma(first.get(i))) {
                return "; " + columns.get(i) + " holds '" + first.get(i) + "'; numbers have a decimal point";
            }
        }
        return "";
    }

    /** Throws BadSource if a name came in another encoding than UTF-8. */
    void requireUtf8() {
        for (var column : columns) {
            if (isBroken(column)) {
                throw notUtf8(new Origin.Line(file.path().toString(), 1), column);
            }
        }
    }

    /** Whether bytes that are no UTF-8 were replaced in a text. */
    static boolean isBroken(String text) {
        return text.indexOf('\ufffd') >= 0;
    }

    static BadSource notUtf8(Origin origin, String text) {
        return new BadSource(origin + ": '" + text + "' is not UTF-8, which is expected; convert the file, for instance"
                + " with iconv -f latin1 -t utf-8");
    }

    /** Whether a row has cells that no column is for; empty ones at the end do not count. */
    boolean isTooLong(CsvRecord record) {
        for (var i = columns.size(); i < record.getFieldCount(); i++) {
            if (!record.getField(i).isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** The named columns whose first cell is a number or empty, in the file's order. */
    List<String> numeric() {
        var names = new ArrayList<String>();
        for (var i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isEmpty() && (i >= first.size() || Cells.isNumberOrMissing(first.get(i)))) {
                names.add(columns.get(i));
            }
        }
        return names;
    }
}

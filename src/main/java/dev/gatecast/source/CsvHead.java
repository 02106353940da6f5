package dev.gatecast.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What the top of a file says about its columns.
 *
 * @param file the file
 * @param columns the header's cells
 * @param first the first data row's cells; empty where there is none
 */
record CsvHead(CsvFile file, List<String> columns, List<String> first) {
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
            throw new BadSource(
                    file.path() + ": no column '" + column + "'; the columns are " + String.join(", ", columns));
        }
        return index;
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

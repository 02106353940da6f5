package dev.gatecast.codec;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.event.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that is one CSV line.
 *
 * @param columns their names
 * @param line as many cells
 */
record CsvTick(List<String> columns, CsvRecord line) implements RawTick {
    static CsvTick read(byte[] value, TickFormat.Line layout) throws Refusal {
        var line = parse(Utf8.text(value, Rejection.UNDECODABLE), layout.separator());
        var columns = layout.columns();
        if (line.getFieldCount() != columns.size()) {
            throw new Refusal(
                    Rejection.UNDECODABLE,
                    "a line of " + columns.size() + " columns " + columns + " was expected, not of "
                            + line.getFieldCount());
        }
        return new CsvTick(columns, line);
    }

    @Override
    public @Nullable String get(String field) {
        var cell = line.getField(columns.indexOf(field)).strip();
        return cell.isEmpty() ? null : cell;
    }

    private static CsvRecord parse(String text, char separator) throws Refusal {
        try {
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowUnclosedQuote(false)
                    .ofSingleCsvRecord(text);
        } catch (RuntimeException e) { // whatever its parser finds wrong
            throw new Refusal(Rejection.UNDECODABLE, "one CSV line was expected: " + why(e.getMessage() + ""));
        }
    }

    private static String why(String found) {
        return found.startsWith("Unclosed quoted field")
                ? "a quote that is opened is not closed (a quote within quotes is written twice)"
                : Shown.of(found);
    }
}

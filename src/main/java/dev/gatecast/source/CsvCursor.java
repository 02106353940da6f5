package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.source.CsvOptions.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ticks of one open file. */
final class CsvCursor implements AutoCloseable {
    private static final Pattern UNCLOSED = Pattern.compile("Unclosed quoted field .*line (\\d+).*");

    private final CsvFile file;
    private final CloseableIterator<CsvRecord> records;
    private final ArrayDeque<SourcedTick> ready = new ArrayDeque<>();
    private final CsvHead head;
    private @Nullable CsvRecord first;
    private @Nullable RecordTicks reader;

    CsvCursor(CsvFile file, CsvOptions options, ByteCount bytes) {
        this.file = file;
        records = file.open(options.separator(), bytes).iterator();
        var top = record();
        if (top == null) {
            throw new BadSource(file.path() + ": empty; " + expectation(options.layout()));
        }
        var headless = options.layout() == Layout.ROWS && !isHeader(top);
        first = headless ? top : record();
        head = new CsvHead(file, strip(top), first == null ? List.of() : first.getFields());
        head.requireUtf8();
        if (options.layout() != Layout.ROWS) {
            checkNames(options.layout());
        }
    }

    private void checkNames(Layout layout) {
        if (head.columns().stream().allMatch(Cells::isNumber)) {
            throw new BadSource(file.path() + ": the first line holds numbers only; " + expectation(layout));
        }
        head.requireDistinct();
    }

    private static String expectation(Layout layout) {
        return layout == Layout.ROWS
                ? "rows of a name and values were expected"
                : "a line of column names was expected";
    }

    private static boolean isHeader(CsvRecord top) {
        return top.getFields().stream().skip(1).noneMatch(Cells::isNumber);
    }

    private static List<String> strip(CsvRecord record) {
        return record.getFields().stream().map(String::strip).toList();
    }

    CsvHead head() {
        return head;
    }

    /** The next tick, or null at the end of the file. */
    @Nullable SourcedTick next(CsvContext context) {
        if (reader == null) {
            reader = context.reader(head);
        }
        while (ready.isEmpty()) {
            var record = first == null ? record() : first;
            first = null;
            if (record == null) {
                return null;
            }
            reader.read(record, ready::add);
        }
        return ready.poll();
    }

    private @Nullable CsvRecord record() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException | CsvParseException e) {
            throw new BadSource(file.path() + why(innermost(e)), e);
        }
    }

    private static String why(String found) {
        var unclosed = UNCLOSED.matcher(found);
        return unclosed.matches()
                ? ":" + unclosed.group(1) + ": the quote opened in line " + unclosed.group(1) + " is not closed: \" was"
                        + " expected at the end of the cell (a quote within quotes is written twice)"
                : ": not readable as CSV: " + found;
    }

    private static String innermost(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return thrown == cause ? String.valueOf(thrown.getMessage()) : thrown.getMessage() + ": " + cause;
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new BadSource(file.path() + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}

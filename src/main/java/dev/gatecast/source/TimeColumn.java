package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.codec.TimeFormat;
import dev.gatecast.event.Rejection;
import java.time.DateTimeException;

/** The times of one file, which must not go back. */
final class TimeColumn {
    /** In place of a time that could not be read. */
    static final long NONE = Long.MIN_VALUE;

    private final CsvFile file;
    private final int column;
    private final TimeFormat format;
    private final Rejections rejections;
    private long last = NONE;

    TimeColumn(CsvHead head, String column, TimeFormat format, Rejections rejections) {
        this.file = head.file();
        this.column = head.index(column);
        this.format = format;
        this.rejections = rejections;
    }

    /** The record's time, or {@link #NONE} after counting why not. */
    long read(CsvRecord record) {
        var line = record.getStartingLineNumber();
        var text = column < record.getFieldCount() ? record.getField(column).strip() : "";
        try {
            return inOrder(format.parse(text), text, line);
        } catch (DateTimeException e) {
            if (last == NONE) {
                throw new BadSource(file.path() + ":" + line + ": " + e.getMessage(), e);
            }
            rejections.add(Rejection.BAD_TIME, () -> file.path() + ":" + line + ": " + e.getMessage());
            return NONE;
        }
    }

    private long inOrder(long time, String text, long line) {
        if (time < 0) {
            throw new DateTimeException(
                    format == TimeFormat.NUMBER
                            ? "'" + text + "' is below 0; numbers that count steps begin at 0"
                            : "'" + text + "' is before 1970, where times begin: leave --time out to number each"
                                    + " entity's rows instead");
        }
        if (time < last) {
            throw new BadSource(file.path() + ":" + line + ": the time " + text
                    + " is before that of an earlier line; sort the file by time");
        }
        last = time;
        return time;
    }
}

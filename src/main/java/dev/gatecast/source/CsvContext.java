package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.codec.EntityName;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import org.jspecify.annotations.Nullable;

/**
 * What reading one file needs to know.
 *
 * @param options the user's
 * @param fields the names of the ticks' values
 * @param rows the row numbers of all entities, shared by all files
 * @param rejections what could not become a tick
 */
record CsvContext(CsvOptions options, Fields fields, RowNumbers rows, Rejections rejections) {

    /** The reader of one file's records. */
    RecordTicks reader(CsvHead head) {
        return switch (options.layout()) {
            case LONG -> new LongRecords(head, this);
            case WIDE -> new WideRecords(head, this);
            case ROWS -> new RowsRecords(head, this);
        };
    }

    @Nullable TimeColumn timeColumn(CsvHead head) {
        var time = options.columns().time();
        return time == null ? null : new TimeColumn(head, time, options.timeFormat(), rejections);
    }

    /** The counter of the entity's rows, or null after counting that the name cannot be used. */
    RowNumbers.@Nullable Counter counter(String entity, Origin origin) {
        var fault = EntityName.fault(entity);
        if (fault != null) {
            rejections.add(Rejection.BAD_ENTITY, () -> origin + ": the entity: " + fault);
            return null;
        }
        if (CsvHead.isBroken(entity)) {
            throw CsvHead.notUtf8(origin, entity);
        }
        return rows.of(entity);
    }

    /** Whether a target's value can be used, which a cell holds; counted where not. */
    boolean usable(double value, String cell, String field, Origin origin) {
        if (Math.abs(value) <= Tick.LARGEST) {
            return true;
        }
        if (Double.isNaN(value)) {
            rejections.add(
                    Rejection.MISSING_FIELD,
                    () -> origin + ": " + field
                            + (cell.isBlank() ? " is empty" : " is " + cell.strip() + ", which stands for no value"));
        } else {
            rejections.add(
                    Rejection.NOT_FINITE,
                    () -> origin + ": " + field + " is " + value + ", a finite number of at most " + Tick.LARGEST
                            + " in size was expected");
        }
        return false;
    }

    /** Counts a row with more or fewer cells than there are columns. */
    void wrongLength(CsvRecord record, CsvHead head, Origin origin) {
        undecodable(
                origin,
                record.getFieldCount() + " cells where the header has "
                        + head.columns().size());
    }

    /** Counts a row that is not what the layout says. */
    void undecodable(Origin origin, String why) {
        rejections.add(Rejection.UNDECODABLE, () -> origin + ": " + why);
    }
}

package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.event.Tick;
import java.util.function.Consumer;

/** One row an entity: its name, then its values; empty cells at the end are not rows. */
final class RowsRecords implements RecordTicks {
    private final CsvContext context;
    private final CsvHead head;

    RowsRecords(CsvHead head, CsvContext context) {
        this.context = context;
        this.head = head;
    }

    @Override
    public void read(CsvRecord record, Consumer<SourcedTick> ticks) {
        var origin = new Origin.Line(head.file().path().toString(), record.getStartingLineNumber());
        var counter = context.counter(record.getField(0).strip(), origin);
        if (counter == null) {
            return;
        }
        var end = end(record);
        for (var i = 1; i < end; i++) {
            var row = counter.next();
            var value = value(record, i, origin);
            if (!Double.isNaN(value)) {
                ticks.accept(new SourcedTick(new Tick(counter.entity(), row, new double[] {value}), row, origin));
            }
        }
    }

    private static int end(CsvRecord record) {
        var end = record.getFieldCount();
        while (end > 1 && record.getField(end - 1).isBlank()) {
            end--;
        }
        return end;
    }

    /** The cell's number; NaN after counting why it cannot be used. */
    private double value(CsvRecord record, int cell, Origin origin) {
        try {
            var value = Cells.number(record.getField(cell));
            return context.usable(value, record.getField(cell), "cell " + (cell + 1), origin) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            context.undecodable(origin, "cell " + (cell + 1) + ": " + e.getMessage());
            return Double.NaN;
        }
    }
}

package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.event.Tick;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One time a row; every other column is an entity. */
final class WideRecords implements RecordTicks {
    private final CsvContext context;
    private final CsvHead head;
    private final @Nullable TimeColumn time;
    private final int[] columns; // (entities)
    private final List<String> entities;

    WideRecords(CsvHead head, CsvContext context) {
        this.context = context;
        this.head = head;
        time = context.timeColumn(head);
        var names = names();
        columns = names.stream().mapToInt(head::index).toArray();
        var prefix =
                context.options().columns().entity() == null ? "" : head.file().name() + "/";
        entities = names.stream().map(prefix::concat).toList();
    }

    private List<String> names() {
        var columns = context.options().columns();
        if (!columns.fields().isEmpty()) {
            return columns.fields();
        }
        var names = head.numeric().stream()
                .filter(name -> !name.equals(columns.time()))
                .toList();
        if (names.isEmpty()) {
            throw new BadSource(head.file().path() + ": no column holds numbers; " + head.listed());
        }
        return names;
    }

    @Override
    public void read(CsvRecord record, Consumer<SourcedTick> ticks) {
        var origin = new Origin.Line(head.file().path().toString(), record.getStartingLineNumber());
        if (head.isTooLong(record)) {
            context.wrongLength(record, head, origin);
            return;
        }
        var at = time == null ? 0 : time.read(record);
        for (var i = 0; i < columns.length; i++) {
            var counter = context.counter(entities.get(i), origin);
            if (counter == null) {
                continue;
            }
            var row = counter.next();
            var value = at == TimeColumn.NONE ? Double.NaN : value(record, i, origin);
            if (!Double.isNaN(value)) {
                var tick = new Tick(counter.entity(), time == null ? row : at, new double[] {value});
                ticks.accept(new SourcedTick(tick, row, origin));
            }
        }
    }

    /** The cell's number; NaN after counting why it cannot be used. */
    private double value(CsvRecord record, int column, Origin origin) {
        var cell = columns[column] < record.getFieldCount() ? record.getField(columns[column]) : "";
        try {
            var value = Cells.number(cell);
            return context.usable(value, cell, entities.get(column), origin) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            context.undecodable(origin, entities.get(column) + ": " + e.getMessage());
            return Double.NaN;
        }
    }
}

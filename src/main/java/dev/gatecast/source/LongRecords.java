package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gatecast.codec.TraitFields;
import dev.gatecast.codec.ZoneNames;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One row an event. */
final class LongRecords implements RecordTicks {
    private final CsvContext context;
    private final CsvHead head;
    private final @Nullable TimeColumn time;
    private final int entityColumn; // -1: the file's name
    private final int[] columns; // (fields)
    private final int targets; // the first of the columns
    private final int zone; // -1: none
    private final int category; // -1: none
    private final ZoneNames zones = new ZoneNames();

    LongRecords(CsvHead head, CsvContext context) {
        this.context = context;
        this.head = head;
        time = context.timeColumn(head);
        var options = context.options().columns();
        var entity = options.entity();
        entityColumn = entity == null || options.entityIsFile() ? -1 : head.index(entity);
        columns = context.fields().names().stream().mapToInt(head::index).toArray();
        targets = context.fields().targets().size();
        zone = column(options.traits().zone());
        category = column(options.traits().category());
    }

    @Override
    public void read(CsvRecord record, Consumer<SourcedTick> ticks) {
        var origin = new Origin.Line(head.file().path().toString(), record.getStartingLineNumber());
        if (record.getFieldCount() < head.columns().size() || head.isTooLong(record)) {
            context.wrongLength(record, head, origin);
            return;
        }
        var entity = entityColumn < 0 ? head.file().name() : record.getField(entityColumn);
        var counter = context.counter(entity, origin);
        if (counter == null) {
            return;
        }
        var row = counter.next();
        var at = time == null ? row : time.read(record);
        var values = at == TimeColumn.NONE ? null : values(record, origin);
        var traits = values == null ? null : traits(record, origin);
        if (values != null && traits != null) {
            ticks.accept(new SourcedTick(new Tick(counter.entity(), at, values, traits), row, origin));
        }
    }

    private int column(@Nullable String name) {
        return name == null ? -1 : head.index(name);
    }

    /** What a row says of its entity, or null after counting that its zone is none. */
    private @Nullable Traits traits(CsvRecord record, Origin origin) {
        if (zone < 0 && category < 0) {
            return Traits.NONE;
        }
        var name = cell(record, zone);
        var fault = zones.fault(name);
        if (fault != null) {
            context.undecodable(origin, head.columns().get(zone) + ": " + fault);
            return null;
        }
        return TraitFields.traits(name, cell(record, category));
    }

    private static String cell(CsvRecord record, int column) {
        return column < 0 ? "" : record.getField(column).strip();
    }

    private double @Nullable [] values(CsvRecord record, Origin origin) {
        var values = new double[columns.length];
        for (var i = 0; i < columns.length; i++) {
            try {
                values[i] = Cells.number(record.getField(columns[i]));
            } catch (NumberFormatException e) {
                context.undecodable(origin, context.fields().names().get(i) + ": " + e.getMessage());
                return null;
            }
            if (i < targets
                    && !context.usable(
                            values[i],
                            record.getField(columns[i]),
                            context.fields().names().get(i),
                            origin)) {
                return null;
            }
        }
        return values;
    }
}

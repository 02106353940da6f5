package dev.gatecast.source;

import org.jspecify.annotations.Nullable;

/** One file in the merge: closed until its first time is due, then one tick ahead. */
final class CsvLane implements AutoCloseable {
    private final CsvFile file;
    private final int number;
    private final CsvContext context;
    private final ByteCount bytes;
    private @Nullable CsvCursor cursor;
    private @Nullable SourcedTick head;
    private long time;
    private boolean atEnd;

    CsvLane(CsvFile file, int number, CsvContext context, ByteCount bytes) {
        this.file = file;
        this.number = number;
        this.context = context;
        this.bytes = bytes;
    }

    /** This lane, its first time known. */
    CsvLane probed() {
        var trial = new CsvContext(context.options(), context.fields(), new RowNumbers(), new Rejections());
        try (var first = new CsvCursor(file, context.options(), new ByteCount())) {
            var tick = first.next(trial);
            time = tick == null ? Long.MIN_VALUE : tick.tick().time();
        }
        return this;
    }

    /** Time of the tick that {@link #take()} gives; 0 where the files are not merged. */
    long time() {
        return time;
    }

    /** Place among the files. */
    int number() {
        return number;
    }

    boolean atEnd() {
        return atEnd;
    }

    /** The next tick; null where the file has none. */
    @Nullable SourcedTick take() {
        if (cursor == null) {
            cursor = new CsvCursor(file, context.options(), bytes);
            head = cursor.next(context);
        }
        var taken = head;
        head = taken == null ? null : cursor.next(context);
        if (head == null) {
            atEnd = true;
            cursor.close();
        } else if (context.options().columns().time() != null) {
            time = head.tick().time();
        }
        return taken;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}

package dev.gatecast.source;

import dev.gatecast.feature.Ahead;
import dev.gatecast.source.CsvOptions.Layout;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Ticks of CSV files. Files with times are merged by time, ties in the order of the files; without times the files
 * follow one another. Each file must be sorted by time. Memory does not grow with the files in the layouts long and
 * wide; in the layout rows one row is held. A file is open only while its times overlap what is being read.
 */
public final class CsvTicks implements TickSource {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));

    private final CsvContext context;
    private final Rejections rejections = new Rejections();
    private final ByteCount bytes = new ByteCount();
    private final PriorityQueue<CsvLane> waiting =
            new PriorityQueue<>(Comparator.comparingLong(CsvLane::time).thenComparingInt(CsvLane::number));
    private final long size;
    private @Nullable CsvLane current;

    private CsvTicks(CsvOptions options, List<CsvFile> files) {
        context = new CsvContext(options, resolve(options, files.get(0)), new RowNumbers(), rejections);
        size = files.stream().mapToLong(CsvFile::size).sum();
        var merged = files.size() > 1 && options.columns().time() != null;
        for (var i = 0; i < files.size(); i++) {
            var lane = new CsvLane(files.get(i), i, context, bytes);
            waiting.add(merged ? lane.probed() : lane);
        }
    }

    /**
     * Opens the files.
     *
     * @throws BadSource if a file is missing, has no such column or is not CSV
     */
    public static CsvTicks open(CsvOptions options) {
        var files = CsvFile.all(options.paths());
        if (options.columns().entityIsFile()
                && (options.layout() == Layout.LONG || options.columns().entity() != null)) {
            CsvFile.requireDistinctNames(files);
        }
        return new CsvTicks(options, files);
    }

    private static Fields resolve(CsvOptions options, CsvFile file) {
        var columns = options.columns();
        if (options.layout() != Layout.LONG) {
            return VALUE;
        }
        var named = columns.fields().isEmpty() ? numeric(options, file) : columns.fields();
        var fields = Fields.of(named, columns.targets());
        if (columns.future().isEmpty()) {
            return fields;
        }
        for (var field : columns.future()) {
            if (fields.targets().contains(field)) {
                throw new BadSource("values to come of " + field
                        + ", a target, which is to be forecast: other columns were" + " expected");
            }
        }
        return Fields.of(withFuture(named, options, file), columns.targets());
    }

    /** The same with the columns of the values to come. */
    private static List<String> withFuture(List<String> named, CsvOptions options, CsvFile file) {
        try (var cursor = new CsvCursor(file, options, new ByteCount())) {
            var head = cursor.head();
            var names = new LinkedHashSet<>(named);
            for (var field : options.columns().future()) {
                names.add(field);
                for (var step = 1; head.columns().contains(Ahead.name(field, step)); step++) {
                    names.add(Ahead.name(field, step));
                }
                if (head.columns().contains(field) && !names.contains(Ahead.name(field, 1))) {
                    throw new BadSource(file.path() + ": beside " + field + " the columns " + Ahead.name(field, 1)
                            + ", " + Ahead.name(field, 2) + " and so on were expected, what it is known to be one,"
                            + " two and more steps later; " + head.listed());
                }
            }
            return List.copyOf(names);
        }
    }

    private static List<String> numeric(CsvOptions options, CsvFile file) {
        try (var cursor = new CsvCursor(file, options, new ByteCount())) {
            var head = cursor.head();
            var columns = options.columns();
            var names = head.numeric().stream()
                    .filter(name -> !name.equals(columns.time())
                            && !name.equals(columns.entity())
                            && !name.equals(columns.traits().zone())
                            && !name.equals(columns.traits().category()))
                    .toList();
            if (names.isEmpty()) {
                throw new BadSource(
                        file.path() + ": no column besides time and entity holds numbers; " + head.listed());
            }
            return names;
        }
    }

    @Override
    public Fields fields() {
        return context.fields();
    }

    @Override
    public @Nullable SourcedTick next() {
        while (true) {
            var lane = current == null ? waiting.poll() : current;
            if (lane == null) {
                return null;
            }
            var other = waiting.peek();
            if (current != null && other != null && waiting.comparator().compare(other, lane) < 0) {
                waiting.add(lane);
                current = null;
                continue;
            }
            var tick = lane.take();
            current = lane.atEnd() ? null : lane;
            if (tick != null) {
                return tick;
            }
        }
    }

    @Override
    public double progress() {
        if (current == null && waiting.isEmpty()) {
            return 1;
        }
        return size == 0 ? 0 : Math.min((double) bytes.bytes() / size, 0.999);
    }

    @Override
    public Rejections rejections() {
        return rejections;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
        waiting.forEach(CsvLane::close);
        waiting.clear();
        current = null;
    }
}

package dev.gatecast.source;

import dev.gatecast.source.CsvOptions.Layout;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Notices options that can be carried out and are probably not meant. */
public final class CsvHint {
    private static final int LOOKED_AT = 1_000;
    private static final int ENOUGH = 4; // rows to say something about

    private CsvHint() {}

    /**
     * What is probably wrong about the options, as far as the first file's first {@value #LOOKED_AT} ticks show it.
     *
     * @throws BadSource when the files cannot be read
     */
    public static Optional<String> of(CsvOptions options) {
        var columns = options.columns();
        if (options.layout() != Layout.LONG || columns.entity() != null || columns.time() == null) {
            return Optional.empty();
        }
        var texts = texts(options);
        if (texts.isEmpty() || !timesRepeat(options)) {
            return Optional.empty();
        }
        return Optional.of("most rows have the time of the row before; does a column name the entity? give --entity "
                + String.join(" or --entity ", texts));
    }

    /**
     * Where entities have time zones and the first time of a file names no offset: how it is read, with the first such
     * file.
     *
     * @throws BadSource when the files cannot be read
     */
    public static Optional<String> ofClocks(CsvOptions options) {
        var time = options.columns().time();
        if (time == null || options.columns().traits().zone() == null) {
            return Optional.empty();
        }
        return CsvFile.all(options.paths()).stream()
                .flatMap(file -> withoutOffset(file, time, options).stream())
                .findFirst();
    }

    private static Optional<String> withoutOffset(CsvFile file, String time, CsvOptions options) {
        try (var cursor = new CsvCursor(file, options, new ByteCount())) {
            var column = cursor.head().index(time);
            var first = cursor.head().first();
            var text = column < first.size() ? first.get(column).strip() : "";
            return text.isEmpty() || !options.timeFormat().isWithoutOffset(text)
                    ? Optional.empty()
                    : Optional.of(file.path() + ": times without an offset, such as " + text
                            + ", are read as UTC, whatever --zone says; if they are local times, write their offset"
                            + " (2001-03-05T14:00:00-05:00), else the calendar is off by it");
        }
    }

    /** The columns that hold neither numbers nor the time. */
    private static List<String> texts(CsvOptions options) {
        var file = CsvFile.all(options.paths()).get(0);
        try (var cursor = new CsvCursor(file, options, new ByteCount())) {
            var head = cursor.head();
            var numeric = head.numeric();
            return head.columns().stream()
                    .filter(name ->
                            !name.isEmpty() && !name.equals(options.columns().time()) && !numeric.contains(name))
                    .toList();
        }
    }

    private static boolean timesRepeat(CsvOptions options) {
        var last = new HashMap<String, Long>();
        var rows = 0;
        var repeated = 0;
        try (var ticks = CsvTicks.open(options)) {
            for (var next = ticks.next(); next != null && rows < LOOKED_AT; next = ticks.next()) {
                var before = last.put(next.tick().entity(), next.tick().time());
                rows++;
                repeated += before != null && before == next.tick().time() ? 1 : 0;
            }
        }
        return rows >= ENOUGH && 2 * repeated >= rows;
    }
}

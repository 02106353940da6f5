package dev.gatecast.source;

import dev.gatecast.codec.TimeFormat;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where the past ends: what is before may be trained on, what comes after is judged. */
public sealed interface Cut {
    /**
     * Ticks before a time are the past.
     *
     * @param time milliseconds since the epoch
     */
    record AtTime(long time) implements Cut {}

    /**
     * The first rows of each entity are the past.
     *
     * @param rows how many
     */
    record AtRow(long rows) implements Cut {}

    /**
     * The first share of the rows of each entity is the past.
     *
     * @param share 0 to 1; the number of rows is rounded down
     */
    record AtShare(double share) implements Cut {}

    /**
     * All rows of each entity but the last are the past.
     *
     * @param rows how many are not
     */
    record FromEnd(long rows) implements Cut {}

    /**
     * Reads a cut: a time in ISO-8601; a whole number of rows; the same below 0, counted from the end of each entity; a
     * share between 0 and 1 with a decimal point.
     *
     * @throws BadSource if it is none of them
     */
    static Cut parse(String text) {
        if (text.matches("\\d{1,18}")) {
            return new AtRow(Long.parseLong(text));
        }
        if (text.matches("-\\d{1,18}")) {
            return new FromEnd(-Long.parseLong(text));
        }
        if (text.matches("0?\\.\\d+|[01]\\.0*")) {
            return new AtShare(Double.parseDouble(text));
        }
        try {
            return new AtTime(TimeFormat.ISO.parse(text));
        } catch (DateTimeException e) {
            throw new BadSource(
                    "'" + text + "' is neither a time (2001-05-01T00:00:00Z), nor a number of rows (2880;"
                            + " -48 for all but the last 48 of each entity), nor a share between 0 and 1 (0.7)",
                    e);
        }
    }

    /**
     * Whether a tick belongs to the past. Reads the source once more where the number of each entity's rows has to be
     * known before.
     *
     * @param source opens the ticks from their start
     */
    default Predicate<SourcedTick> past(Supplier<? extends TickSource> source) {
        if (this instanceof AtTime at) {
            return tick -> tick.tick().time() < at.time;
        }
        if (this instanceof AtRow at) {
            return tick -> tick.row() < at.rows;
        }
        var rows = rows(source);
        rows.replaceAll((entity, count) -> count(count));
        return tick -> tick.row() < rows.getOrDefault(tick.tick().entity(), 0L);
    }

    private long count(long rows) {
        if (this instanceof AtShare at) {
            return (long) (at.share * rows);
        }
        return this instanceof FromEnd end ? Math.max(0, rows - end.rows) : rows;
    }

    private static Map<String, Long> rows(Supplier<? extends TickSource> source) {
        var rows = new HashMap<String, Long>();
        try (var ticks = source.get()) {
            for (var tick = ticks.next(); tick != null; tick = ticks.next()) {
                rows.put(tick.tick().entity(), tick.row() + 1);
            }
        }
        return rows;
    }
}

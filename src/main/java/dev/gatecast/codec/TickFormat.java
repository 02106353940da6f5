package dev.gatecast.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ticks topic looks like.
 *
 * @param kind how values are written
 * @param entityField field that names the entity; null: the record's key does
 * @param time where the time is
 * @param fields numeric fields in the order of {@link dev.gatecast.event.Tick#values()}, the targets first; a dot leads
 *     into a nested JSON object
 * @param targets how many of them a tick must have; the others may be missing
 * @param line how a CSV line is laid out; other kinds do not look at it
 */
public record TickFormat(
        Kind kind, @Nullable String entityField, Time time, List<String> fields, int targets, Line line) {

    /** How values are written. */
    public enum Kind {
        /** One JSON object. */
        JSON,
        /** Avro, single-object encoding of {@code schemas/tick.avsc}; its entity and time are fields of these names. */
        AVRO,
        /** One line of comma-separated values. */
        CSV
    }

    /**
     * Where a tick's time is.
     *
     * @param field the field; null: the record's timestamp
     * @param format how the field is written
     */
    public record Time(@Nullable String field, TimeFormat format) {
        /** The record's timestamp. */
        public static final Time OF_RECORD = new Time(null, TimeFormat.MILLIS);
    }

    /**
     * How a CSV line is laid out.
     *
     * @param columns the columns' names in order; empty: the entity and the time, where they are fields, then the fields
     * @param separator between two columns
     */
    public record Line(List<String> columns, char separator) {
        /** The usual order, commas. */
        public static final Line USUAL = new Line(List.of(), ',');

        public Line {
            columns = List.copyOf(columns);
        }
    }

    /** Checks the parts against each other; throws IllegalArgumentException with what was expected. */
    public TickFormat {
        fields = List.copyOf(fields);
        if (fields.isEmpty() || new HashSet<>(fields).size() < fields.size()) {
            throw new IllegalArgumentException("fields: at least one, all different, were expected, not " + fields);
        }
        if (targets < 1 || targets > fields.size()) {
            throw new IllegalArgumentException(
                    "targets: 1 to " + fields.size() + ", the number of fields, expected, not " + targets);
        }
        if (kind == Kind.AVRO && time.field() != null && time.format() != TimeFormat.MILLIS) {
            throw new IllegalArgumentException("Avro ticks have their time in MILLIS, not in " + time.format());
        }
        line = usual(line, entityField, time, fields);
        if (kind == Kind.CSV
                && !line.columns()
                        .containsAll(
                                usual(Line.USUAL, entityField, time, fields).columns())) {
            throw new IllegalArgumentException("CSV columns " + line.columns()
                    + " lack one of the entity, the time and " + "the fields that are configured");
        }
    }

    /** One target and other fields, entity from the key, time from the record. */
    public static TickFormat of(Kind kind, List<String> fields) {
        return new TickFormat(kind, null, Time.OF_RECORD, fields, 1, Line.USUAL);
    }

    private static Line usual(Line line, @Nullable String entityField, Time time, List<String> fields) {
        if (!line.columns().isEmpty()) {
            return line;
        }
        var columns = new ArrayList<String>();
        if (entityField != null) {
            columns.add(entityField);
        }
        if (time.field() != null) {
            columns.add(time.field());
        }
        columns.addAll(fields);
        return new Line(columns, line.separator());
    }
}

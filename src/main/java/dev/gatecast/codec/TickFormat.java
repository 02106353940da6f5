package dev.gatecast.codec;

import dev.gatecast.event.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ticks topic looks like.
 *
 * @param kind how values are written
 * @param who where the entity is
 * @param time where the time is
 * @param fields numeric fields in the order of {@link dev.gatecast.event.Tick#values()}, the targets first; a dot leads
 *     into a nested JSON object or Avro record
 * @param targets how many of them a tick must have; the others may be missing
 * @param line how a CSV line is laid out; other kinds do not look at it
 */
public record TickFormat(Kind kind, Who who, Time time, List<String> fields, int targets, Line line) {

    /** How values are written. */
    public enum Kind {
        /** One JSON object. */
        JSON,
        /**
         * Avro: of {@code schemas/tick.avsc}, whose entity and time are fields of these names, or of the user's own
         * schemas.
         */
        AVRO,
        /** One line of comma-separated values. */
        CSV
    }

    /**
     * Where a tick's entity is.
     *
     * @param field field that names it; null: the record's key does
     * @param traits fields that say something of it; JSON and CSV have them
     */
    public record Who(@Nullable String field, TraitFields traits) {
        /** The record's key names it, nothing more is said of it. */
        public static final Who KEY = new Who(null, TraitFields.NONE);

        /** A field names it, nothing more is said of it. */
        public static Who of(String field) {
            return new Who(field, TraitFields.NONE);
        }
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
        line = usual(line, who, time, fields);
        if (kind == Kind.CSV
                && !line.columns()
                        .containsAll(usual(Line.USUAL, who, time, fields).columns())) {
            throw new IllegalArgumentException("CSV columns " + line.columns()
                    + " lack one of the entity, the time and " + "the fields that are configured");
        }
    }

    /** Field that names the entity; null: the record's key does. */
    public @Nullable String entityField() {
        return who.field;
    }

    /** One target and other fields, entity from the key, time from the record. */
    public static TickFormat of(Kind kind, List<String> fields) {
        return new TickFormat(kind, Who.KEY, Time.OF_RECORD, fields, 1, Line.USUAL);
    }

    /** The series that ticks belong to. */
    public Targets series() {
        return new Targets(fields.subList(0, targets));
    }

    /** The fields that are no targets, in their order. */
    public List<String> others() {
        return fields.subList(targets, fields.size());
    }

    /** The same with fields that say something of the entity, in the usual order of a CSV line. */
    public TickFormat with(TraitFields traits) {
        return new TickFormat(
                kind, new Who(who.field, traits), time, fields, targets, new Line(List.of(), line.separator()));
    }

    private static Line usual(Line line, Who who, Time time, List<String> fields) {
        if (!line.columns().isEmpty()) {
            return line;
        }
        var columns = new ArrayList<String>();
        addIfNamed(who.field, columns);
        addIfNamed(time.field(), columns);
        addIfNamed(who.traits.zone(), columns);
        addIfNamed(who.traits.category(), columns);
        columns.addAll(fields);
        return new Line(columns, line.separator());
    }

    private static void addIfNamed(@Nullable String column, List<String> columns) {
        if (column != null) {
            columns.add(column);
        }
    }
}

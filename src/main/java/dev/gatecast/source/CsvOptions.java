package dev.gatecast.source;

import dev.gatecast.codec.TimeFormat;
import dev.gatecast.codec.TraitFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to read from CSV files, and how.
 *
 * @param paths files and folders, in this order; a folder stands for all {@code *.csv} and {@code *.csv.gz} below it
 * @param layout what a row is
 * @param columns which columns mean what
 * @param timeFormat how the time column is written
 * @param separator between the cells
 */
public record CsvOptions(List<Path> paths, Layout layout, Columns columns, TimeFormat timeFormat, char separator) {
    /** What a row of a file is. */
    public enum Layout {
        /** One event of one entity. */
        LONG,
        /** One time; every other column is an entity. */
        WIDE,
        /** All values of one entity, the first cell being its name. */
        ROWS
    }

    /**
     * Which columns mean what.
     *
     * @param entity the column with the entity's name, or {@code file} for the file's name with its folders below the
     *     one given and without its extension; null is {@code file} in the long layout, and the only choice in others
     * @param time the column with the time; null where there is none: the number of the entity's row, from 0, is the
     *     time
     * @param fields the columns that become a tick's values; empty for all that hold numbers. In the wide layout they
     *     choose the entities
     * @param targets those of the fields that are forecast; empty for the first
     * @param traits the columns that say something of the entity, for the layout long
     * @param future those of the fields whose values at coming steps are columns too, for the layout long: beside
     *     {@code price} the columns {@code price+1}, {@code price+2} and so on
     */
    public record Columns(
            @Nullable String entity,
            @Nullable String time,
            List<String> fields,
            List<String> targets,
            TraitFields traits,
            List<String> future) {
        /** Entity by the file's name. */
        public static final String FILE = "file";

        /** Nothing is said of the entity. */
        public Columns(@Nullable String entity, @Nullable String time, List<String> fields, List<String> targets) {
            this(entity, time, fields, targets, TraitFields.NONE, List.of());
        }

        /** Copies. */
        public Columns {
            fields = List.copyOf(fields);
            targets = List.copyOf(targets);
            future = List.copyOf(future);
        }

        boolean entityIsFile() {
            return entity == null || entity.equals(FILE);
        }
    }

    /** Checks and copies. */
    public CsvOptions {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new BadSource("no CSV file is named");
        }
        if (layout != Layout.LONG && columns.entity() != null && !columns.entityIsFile()) {
            throw new BadSource("an entity column is for the layout long; in the layout "
                    + layout.name().toLowerCase(Locale.ROOT)
                    + " the entity is the " + (layout == Layout.WIDE ? "column" : "row's first cell"));
        }
        if (layout != Layout.LONG && !columns.traits().equals(TraitFields.NONE)) {
            throw new BadSource("columns with the entity's time zone or category are for the layout long");
        }
        if (layout != Layout.LONG && !columns.future().isEmpty()) {
            throw new BadSource("columns with values to come are for the layout long, got " + columns.future());
        }
        if (layout == Layout.ROWS
                && (columns.time() != null || !columns.fields().isEmpty())) {
            throw new BadSource("the layout rows has no columns to name: every cell after the first is a value");
        }
    }

    /** Options for files in the long layout, comma separated, ISO times. */
    public static CsvOptions of(List<Path> paths, Layout layout, Columns columns) {
        return new CsvOptions(paths, layout, columns, TimeFormat.ISO, ',');
    }
}

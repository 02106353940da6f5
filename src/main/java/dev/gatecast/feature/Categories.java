package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories of entities that a model tells apart. Each has a row of learned numbers in the model's networks; row 0 is
 * that of all others: those that are not named here, and entities of which no tick says any.
 *
 * @param names in the order of their rows from 1 on: sorted, none of them empty; none where a model knows no categories
 * @param width learned numbers of each, 1 to 64; 0 without names
 */
public record Categories(List<String> names, int width) {
    /** None. */
    public static final Categories NONE = new Categories(List.of(), 0);

    /** Row of the categories without a name. */
    public static final int OTHER = 0;

    /** Names that a model may have. */
    public static final int MOST = 64;

    private static final int WIDEST = 8;

    /** Checks and copies. */
    public Categories {
        names = List.copyOf(names);
        if (names.size() > MOST || (names.isEmpty() ? width != 0 : width < 1 || width > MOST)) {
            throw new IllegalArgumentException("categories: at most " + MOST + " of 1 to " + MOST
                    + " numbers expected, got " + names.size() + " of " + width);
        }
        var before = "";
        for (var name : names) {
            if (name.compareTo(before) <= 0 || name.length() > FieldVisitor.LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "categories: sorted names, none of them empty or twice, expected, got " + names);
            }
            before = name;
        }
    }

    /** Of these names, with as many numbers each as the root of the number of rows, at most {@value #WIDEST}. */
    public Categories(List<String> names) {
        this(names, names.isEmpty() ? 0 : (int) Math.min(WIDEST, Math.ceil(Math.sqrt(names.size() + 1))));
    }

    /** Rows of learned numbers: one for each name and that of the others; none without names. */
    public int rows() {
        return names.isEmpty() ? 0 : names.size() + 1;
    }

    /** Name of the inputs that the learned numbers are, one for all: the effects of an input's parts add up. */
    List<String> inputNames() {
        return Collections.nCopies(width, "category");
    }

    /** The rows by name. */
    Map<String, Integer> byName() {
        var rows = new HashMap<String, Integer>();
        names.forEach(name -> rows.put(name, rows.size() + 1));
        return rows;
    }
}

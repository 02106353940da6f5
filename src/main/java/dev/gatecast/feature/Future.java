package dev.gatecast.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Other fields of the tick whose values a model sees for coming steps, as far as ticks say them.
 *
 * @param fields each name once; all of them are among the past covariates too
 * @param steps how far ahead they are seen, at least 1; 0 without fields
 */
public record Future(List<Covariate> fields, int steps) {
    /** None. */
    public static final Future NONE = new Future(List.of(), 0);

    /** The most inputs that there may be. */
    public static final int MOST = 4096;

    /** Checks and copies. */
    public Future {
        fields = List.copyOf(fields);
        var names = new HashSet<String>();
        fields.forEach(field -> names.add(field.name()));
        if (names.size() < fields.size()
                || fields.isEmpty() != (steps == 0)
                || steps < 0
                || !fits(fields.size(), steps)) {
            throw new IllegalArgumentException("values to come: different fields, and at most " + MOST
                    + " inputs expected, got " + steps + " steps of " + names);
        }
    }

    /** Whether so many fields at so many steps are few enough. */
    public static boolean fits(int fields, int steps) {
        return fields * (2L * steps + 1) <= MOST;
    }

    /** Inputs of each field: its value now and at each step, then whether each of those to come is missing. */
    int width() {
        return 2 * steps + 1;
    }

    /** Inputs of all. */
    int inputs() {
        return fields.size() * width();
    }

    /** Which values it takes. */
    public Ahead ahead() {
        return new Ahead(fields.stream().map(Covariate::name).toList(), steps);
    }

    /** For each input, what it is said to be of. */
    List<String> inputNames() {
        var names = new ArrayList<String>();
        for (var field : fields) {
            for (int i = 0; i < width(); i++) {
                names.add("coming " + field.name());
            }
        }
        return names;
    }
}

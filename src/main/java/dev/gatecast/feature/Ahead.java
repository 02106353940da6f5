package dev.gatecast.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Values of coming steps that ticks carry: a field {@code price+3} beside a field {@code price} is what that is known to be
 * three steps later. Of each field there are as many steps as of the one with the most; more than 4096 are none.
 *
 * <p>They are held as (fields * steps, columns), each field's together; a column is a step of a history, or the only one
 * of a ring.
 *
 * @param fields those of which more than the present is known
 * @param steps how far it reaches
 */
public record Ahead(List<String> fields, int steps) {
    /** Nothing is known ahead. */
    public static final Ahead NONE = new Ahead(List.of(), 0);

    private static final int MOST = 4096;
    private static final Pattern NAME = Pattern.compile("(.+)\\+([1-9][0-9]{0,3})");

    /** Checks and copies. */
    public Ahead {
        fields = List.copyOf(fields);
        if (fields.isEmpty() != (steps == 0) || steps < 0 || steps > MOST) {
            throw new IllegalArgumentException(
                    "values to come: 1 to " + MOST + " steps of some fields expected, got " + steps + " of " + fields);
        }
    }

    /** What the names of a tick's values beside the target say. */
    public static Ahead of(List<String> names) {
        var fields = new ArrayList<String>();
        int most = 0;
        for (var name : names) {
            var parts = NAME.matcher(name);
            if (parts.matches() && names.contains(parts.group(1)) && Integer.parseInt(parts.group(2)) <= MOST) {
                most = Math.max(most, Integer.parseInt(parts.group(2)));
                if (!fields.contains(parts.group(1))) {
                    fields.add(parts.group(1));
                }
            }
        }
        return new Ahead(fields, most);
    }

    /** Name of the value so many steps later. */
    public static String name(String field, int step) {
        return field + "+" + step;
    }

    /** The names that are not of values to come. */
    public List<String> present(List<String> names) {
        var coming = new HashSet<>(names());
        return names.stream().filter(name -> !coming.contains(name)).toList();
    }

    /** Names of all values to come, in the order in which they are held. */
    public List<String> names() {
        var names = new ArrayList<String>();
        for (var field : fields) {
            for (int step = 1; step <= steps; step++) {
                names.add(name(field, step));
            }
        }
        return names;
    }

    /** How many values there are. */
    public int size() {
        return fields.size() * steps;
    }

    /**
     * What is known at one step: what its tick says, else what was said before for the same time.
     *
     * @param values (size, columns). Modified.
     * @param before column of the step before; -1 for none
     * @param at column of the step; may be the same
     * @param passed steps from the one to the other, not negative
     * @param said by the tick, its values at {@code places}; those that are no finite number say nothing. Not modified.
     * @param places of each value in what was said, or one past its end
     */
    public void announce(float[][] values, int before, int at, long passed, double[] said, int[] places) {
        for (int i = 0; i < values.length; i++) {
            float fresh = places[i] < said.length ? (float) said[places[i]] : Float.NaN;
            boolean reaches = before >= 0 && i % steps + passed < steps;
            float known = reaches ? values[i + (int) passed][before] : Float.NaN;
            values[i][at] = Float.isFinite(fresh) ? fresh : known;
        }
    }

    /** Where each value is among a tick's, which have these names after the target; past their end where it is not. */
    public int[] places(List<String> names) {
        return names().stream()
                .mapToInt(name -> names.contains(name) ? 1 + names.indexOf(name) : Integer.MAX_VALUE)
                .toArray();
    }

    /** Steps that pass from one time to another, milliseconds; 1 where every tick is a step. */
    public static long passed(long from, long to, long cadence) {
        return cadence == 0 ? 1 : Math.max(0, to - from + cadence / 2) / cadence;
    }
}

package dev.gatecast.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a model sees beside the recent values of its target. Part of the model; never changes.
 *
 * @param days what the calendar is of
 * @param past other fields of the tick, each name once
 * @param categories of entities that it tells apart
 * @param future those fields whose values it sees for coming steps too: the head's profile begins with them
 */
public record Context(Days days, List<Covariate> past, Categories categories, Future future) {
    /** Nothing. */
    public static final Context NONE = new Context(Days.NONE, List.of());

    private static final int MOST_FIELDS = 256;

    /** Checks and copies. */
    public Context {
        past = List.copyOf(past);
        var names = past.stream().map(Covariate::name).toList();
        if (names.size() > MOST_FIELDS || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "covariates: at most " + MOST_FIELDS + " fields, all different, expected, got " + names);
        }
        if (!past.containsAll(future.fields())) {
            throw new IllegalArgumentException(
                    "values to come: fields among " + past + " expected, got " + future.fields());
        }
    }

    /** Without categories. */
    public Context(Days days, List<Covariate> past) {
        this(days, past, Categories.NONE);
    }

    /** Without values to come. */
    public Context(Days days, List<Covariate> past, Categories categories) {
        this(days, past, categories, Future.NONE);
    }

    /** Inputs that it adds. */
    int inputs() {
        return days.inputs() + Covariate.INPUTS * past.size() + categories.width();
    }

    /** Name of the input that says where a field stands. */
    public static String inputName(String field) {
        return "field " + field;
    }

    /** Their names, in order. */
    List<String> inputNames() {
        var names = new ArrayList<>(days.inputNames());
        for (var covariate : past) {
            names.add(inputName(covariate.name()));
            names.add("field " + covariate.name() + " step");
            names.add("field " + covariate.name() + " missing");
        }
        names.addAll(categories.inputNames());
        return names;
    }
}

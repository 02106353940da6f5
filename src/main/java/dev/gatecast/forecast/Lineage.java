package dev.gatecast.forecast;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model comes from: data, offsets, seed, losses, versions.
 *
 * @param entries name to text, in the order of the names
 */
public record Lineage(SortedMap<String, String> entries) {
    /** Name of the entry with the targets that the model was trained to forecast. */
    public static final String TARGETS = "targets";

    public Lineage {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }
}

package dev.gatecast.codec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file that was not written here holds.
 *
 * @param tensors by name
 * @param facts what the file says of itself, by name
 */
record ForeignWeights(SortedMap<String, ForeignTensor> tensors, SortedMap<String, String> facts) {
    ForeignWeights {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}

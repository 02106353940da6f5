package dev.gatecast.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known key that a misspelt one probably means. */
final class NearestKey {
    private NearestKey() {}

    /** The known key with the fewest edits, unless more than a third of the wrong one would have to be edited. */
    static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String key) -> edits(wrong, key))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(key -> edits(wrong, key) <= Math.max(2, wrong.length() / 3));
    }

    /** Insertions, deletions and substitutions from one to the other (Levenshtein). */
    static int edits(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var above = row[j];
                var substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}

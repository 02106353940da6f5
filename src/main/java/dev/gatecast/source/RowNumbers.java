package dev.gatecast.source;

import java.util.HashMap;
import java.util.Map;

/** Numbers the rows of each entity from 0, over all files; also keeps one copy of each name. */
final class RowNumbers {
    private final Map<String, Counter> counters = new HashMap<>();

    /** The counter of an entity. */
    Counter of(String entity) {
        return counters.computeIfAbsent(entity, Counter::new);
    }

    /** One entity's rows. */
    static final class Counter {
        private final String entity;
        private long next;

        private Counter(String entity) {
            this.entity = entity;
        }

        String entity() {
            return entity;
        }

        long next() {
            return next++;
        }
    }
}

package dev.gatecast.source;

import java.util.function.Predicate;

/** The ticks that tell of a cadence: not all where there are many. */
final class Looked {
    private static final int MOST = 200_000;
    private static final int FEWEST = 100; // of an entity

    private Looked() {}

    /** Is shown them, those of an entity in order of time. */
    @FunctionalInterface
    interface Ticks {
        void see(String entity, long time);
    }

    /** Those of the first of a source that count; does not close it. */
    static void at(TickSource source, Predicate<SourcedTick> counts, Ticks ticks) {
        for (var i = 0; i < MOST; i++) {
            var next = source.next();
            if (next == null) {
                return;
            }
            if (counts.test(next)) {
                ticks.see(next.tick().entity(), next.tick().time());
            }
        }
    }

    /** The newest of each entity of a history. */
    static void at(History history, Ticks ticks) {
        var all = history.entities();
        int each = Math.max(FEWEST, MOST / Math.max(1, all.size()));
        for (var one : all) {
            for (int i = Math.max(0, one.size() - each); i < one.size(); i++) {
                ticks.see(one.entity(), one.time(i));
            }
        }
    }
}

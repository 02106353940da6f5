package dev.gatecast.backtest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entities whose past reaches beyond the first tick that is judged, of another entity: what is fitted to the past has seen
 * what came then.
 *
 * @param entities whose past does
 * @param of entities that have a past
 * @param first the entity that is judged from the earliest time on; null where there is none
 * @param last the entity whose past ends last; null where there is none
 */
record Overlap(long entities, long of, @Nullable Track first, @Nullable Track last) {
    /** That of entities whose ticks have times. */
    static Overlap of(List<Track> tracks) {
        Track first = null;
        Track last = null;
        for (var track : tracks) {
            if (first == null || track.judgedFrom < first.judgedFrom) {
                first = track;
            }
            if (last == null || track.pastUntil > last.pastUntil) {
                last = track;
            }
        }
        var from = first == null ? Long.MAX_VALUE : first.judgedFrom;
        return new Overlap(
                tracks.stream().filter(track -> track.pastUntil >= from).count(),
                tracks.stream()
                        .filter(track -> track.pastUntil > Long.MIN_VALUE)
                        .count(),
                first,
                last);
    }

    /** One line for people; empty where no past reaches that far. */
    Optional<String> text(TimeText times) {
        return entities == 0 || first == null || last == null || times.numbers()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "look-ahead: %s is judged from %s on, and the past of %,d of %,d entities ends later (%s: %s); what"
                                + " is fitted to the past has seen what came then: give --train-until a time",
                        first.entity,
                        times.text(first.judgedFrom),
                        entities,
                        of,
                        last.entity,
                        times.text(last.pastUntil)));
    }
}

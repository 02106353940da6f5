package dev.gatecast.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entities whose movement is lost in the floats that a model's forecasts are.
 *
 * @param entities so many
 * @param of all there are
 * @param first the first of them; null where there is none
 */
record LostMovement(long entities, long of, @Nullable Track first) {
    static LostMovement of(List<Track> tracks) {
        var lost = tracks.stream().filter(track -> track.movement.isLost()).toList();
        return new LostMovement(lost.size(), tracks.size(), lost.isEmpty() ? null : lost.get(0));
    }

    /** One line for people; empty where there are none. */
    Optional<String> text() {
        return first == null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "forecasts of %,d of %,d entities are rounded by more than they move: %s",
                        entities,
                        of,
                        first.movement.text(first.entity)));
    }

    /** {@code report} Modified where there are any. */
    void into(ObjectNode report) {
        text().ifPresent(text -> report.putObject("lost_movement")
                .put("text", text)
                .put("entities", entities)
                .put("of", of));
    }
}

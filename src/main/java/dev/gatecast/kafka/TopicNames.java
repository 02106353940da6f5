package dev.gatecast.kafka;

import java.util.List;

/**
 * The names of the six topics.
 *
 * @param ticks where events come from
 * @param forecasts where forecasts go
 * @param alerts where changes of alerts go
 * @param deadLetters where records go that could not be processed
 * @param models compacted, model blobs by id
 * @param activations which model is used from which event time on, a copy per partition of the ticks
 */
public record TopicNames(
        String ticks, String forecasts, String alerts, String deadLetters, String models, String activations) {

    /** {@code ticks}, {@code forecasts}, {@code alerts}, {@code dead-letters}, {@code models}, {@code activations}. */
    public static final TopicNames DEFAULT =
            new TopicNames("ticks", "forecasts", "alerts", "dead-letters", "models", "activations");

    public TopicNames {
        var all = List.of(ticks, forecasts, alerts, deadLetters, models, activations);
        var distinct = all.stream().distinct().count();
        if (distinct != all.size()) {
            throw new IllegalArgumentException("Each topic needs a name of its own, but the names are " + all);
        }
    }

    /** The same names with {@code prefix} before each. */
    public TopicNames prefixed(String prefix) {
        return new TopicNames(
                prefix + ticks,
                prefix + forecasts,
                prefix + alerts,
                prefix + deadLetters,
                prefix + models,
                prefix + activations);
    }
}

package dev.gatecast.backtest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Forecasts that were not judged, since their entity, or a rival's state of it, had not seen enough steps.
 *
 * @param forecasts made after the cut, of which a later step of the entity was due within the horizons
 * @param entities that have such forecasts
 * @param withoutOther those of them without any forecast that was judged
 */
record Warming(long forecasts, long entities, long withoutOther) {
    static Warming of(List<Track> tracks) {
        var forecasts = 0L;
        var entities = 0L;
        var withoutOther = 0L;
        for (var track : tracks) {
            forecasts += track.warming;
            entities += track.warming > 0 ? 1 : 0;
            withoutOther += track.warming > 0 && track.sums == null ? 1 : 0;
        }
        return new Warming(forecasts, entities, withoutOther);
    }

    /** Whether there are any. */
    boolean any() {
        return forecasts > 0;
    }

    /** One line for people; empty where there are none. */
    Optional<String> text() {
        return any()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%,d forecasts of %,d entities were not judged: warming, made before the entity had the steps"
                                + " that a model needs; %,d entities have no other",
                        forecasts,
                        entities,
                        withoutOther))
                : Optional.empty();
    }
}

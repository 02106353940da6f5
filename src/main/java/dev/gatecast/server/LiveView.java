package dev.gatecast.server;

import dev.gatecast.event.Forecast;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server asks of the running topology. Thread-safe; every answer comes at once or within a bounded time. */
public interface LiveView {
    /** How far the start has come. */
    Readiness readiness();

    /** The models known, oldest first. */
    List<ModelCard> models();

    /** The activations known, by sequence. */
    List<ActivationCard> activations();

    /** What this instance's state store holds of an entity; empty where it is unknown here. */
    Optional<EntityCard> entity(String entity);

    /**
     * Which inputs moved an entity's latest forecast; empty where it is unknown here or has none.
     *
     * @param horizon steps ahead, from 1
     * @throws IllegalArgumentException if there is no such horizon
     */
    Optional<ExplanationCard> explanation(String entity, int horizon);

    /** Up to {@code limit} entities out of this instance's state store. */
    List<EntityCard> entities(int limit);

    /** The instance that holds an entity. */
    Owner owner(String entity);

    /** Base addresses of the other instances. */
    List<URI> peers();

    /**
     * The parts of being ready.
     *
     * @param running the topology is running
     * @param restored every state store is complete
     * @param modelActive a model governs the ticks
     * @param failed the topology has stopped for good
     * @param detail the topology's own word for its state
     */
    record Readiness(boolean running, boolean restored, boolean modelActive, boolean failed, String detail) {
        /** Whether all parts are there. */
        public boolean ready() {
            return running && restored && modelActive && !failed;
        }
    }

    /**
     * A model, without its weights.
     *
     * @param id 64 hexadecimal digits
     * @param lineage where it comes from: name to text
     */
    record ModelCard(String id, Map<String, String> lineage) {}

    /**
     * "From this event time on, use that model."
     *
     * @param model the model's id
     * @param effectiveFrom event time, milliseconds since the epoch
     * @param sequence 1 for the first, one more for each later one
     * @param refused whether it has no effect, since its model does not go with the ticks
     */
    record ActivationCard(String model, long effectiveFrom, long sequence, boolean refused) {}

    /**
     * What a state store holds of an entity.
     *
     * @param entity the entity's name
     * @param time time of its last tick, milliseconds since the epoch
     * @param rows ticks that advanced it
     * @param recent last values, oldest first, one cadence apart, the last one at {@code time}
     * @param forecast the forecast at its last tick, if there is one
     */
    @SuppressWarnings("ArrayRecordComponent")
    record EntityCard(String entity, long time, long rows, float[] recent, @Nullable Forecast forecast) {}

    /**
     * What moved a forecast away from that of an entity that stands at its level.
     *
     * @param horizon steps ahead
     * @param forecast the median
     * @param level what it would be at the level
     * @param effects of what the model saw, the largest first: with the rest they add up to forecast - level
     * @param rest what they miss
     */
    record ExplanationCard(int horizon, float forecast, float level, List<Effect> effects, float rest) {
        /** By how much an input moved the forecast, in the entity's units. */
        public record Effect(String input, float effect) {}
    }

    /**
     * Where an entity is held.
     *
     * @param known false while partitions move
     * @param elsewhere base address of the other instance; empty: here
     */
    record Owner(boolean known, Optional<URI> elsewhere) {
        /** This instance holds it. */
        public static Owner here() {
            return new Owner(true, Optional.empty());
        }

        /** Another instance holds it. */
        public static Owner at(URI base) {
            return new Owner(true, Optional.of(base));
        }

        /** Partitions are moving. */
        public static Owner unknown() {
            return new Owner(false, Optional.empty());
        }
    }
}

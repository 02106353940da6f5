package dev.gatecast.topology;

import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.kafka.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the topology can be told.
 *
 * @param instance who it is and where its state lies
 * @param topics the topics' names
 * @param input what ticks are taken
 * @param tuning threads, waits and memory
 * @param forecaster settings of the forecaster
 */
public record TopologySettings(
        Instance instance, TopicNames topics, Input input, Tuning tuning, ForecasterSettings forecaster) {

    /**
     * One process of the application.
     *
     * @param applicationId consumer group, prefix of internal topics and transactions; instances with the same share
     *     the work
     * @param stateDir folder for the state on this machine
     * @param server {@code host:port} under which the other instances reach this one's HTTP, or empty
     */
    public record Instance(String applicationId, Path stateDir, String server) {}

    /**
     * What ticks are taken.
     *
     * @param entityFromField true where a field names the entity: ticks are then repartitioned by it
     * @param futureLimit milliseconds that a tick may be ahead of the task's newest before it is held; Long.MAX_VALUE for
     *     any
     * @param futurePatience held ticks after which they are taken, whoever they are of: time has moved on
     * @param lateToDeadLetters whether late and duplicate ticks go to the dead letters; they are counted anyway
     * @param bars how ticks become bars; null: each tick is a step
     */
    public record Input(
            boolean entityFromField,
            long futureLimit,
            int futurePatience,
            boolean lateToDeadLetters,
            @Nullable Bars bars) {
        /** Entity from the key, up to a day ahead, late ticks only counted. */
        public static final Input DEFAULT =
                new Input(false, Duration.ofDays(1).toMillis(), StreamClock.PATIENCE, false);

        /** Each tick is a step. */
        public Input(boolean entityFromField, long futureLimit, int futurePatience, boolean lateToDeadLetters) {
            this(entityFromField, futureLimit, futurePatience, lateToDeadLetters, null);
        }

        /** The same with bars. */
        public Input with(@Nullable Bars made) {
            return new Input(entityFromField, futureLimit, futurePatience, lateToDeadLetters, made);
        }
    }

    /**
     * Threads, waits and memory.
     *
     * @param threads stream threads of this process
     * @param commitInterval time between two commits; what is emitted can be read by others after the next one
     * @param taskIdle how long a task whose activations (or ticks) have run dry waits for more before it goes on
     * @param modelWait how long an activated model that has not arrived is waited for before the task fails
     * @param cacheEntities entities per task that are kept decoded
     */
    public record Tuning(
            int threads, Duration commitInterval, Duration taskIdle, Duration modelWait, int cacheEntities) {
        public static final Tuning DEFAULT =
                new Tuning(1, Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMinutes(1), 20_000);

        public Tuning {
            if (threads < 1 || cacheEntities < 0) {
                throw new IllegalArgumentException("tuning: expected at least 1 thread and 0 cached entities, got "
                        + threads + " and " + cacheEntities);
            }
        }
    }
}

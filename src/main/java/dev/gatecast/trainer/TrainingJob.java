package dev.gatecast.trainer;

import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains on what the ticks topic holds, and puts the new model to use where the gate lets it pass. Not thread-safe.
 *
 * <p>A model takes effect a margin of event time after the newest tick that there is when it is activated, those included
 * that came during the training. So no tick that a topology may have seen lies behind the activation, and a replay splits
 * the stream where the live run did. The margin has to be longer than the event time that passes while the activation is
 * written: one cadence where ticks come at the pace of the clock, more in a replay that runs faster.
 */
public final class TrainingJob {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);
    private static final long ONE_HOUR = 3_600_000;

    private final TickFeed feed;
    private final History.Limits limits;
    private final Trainer trainer;
    private final ModelRegistry registry;
    private final Settings settings;

    /**
     * How it publishes.
     *
     * @param margin event time from the newest tick to the one from which a new model is used, milliseconds; 0: one of
     *     its steps, or an hour where it has no cadence
     * @param latest event time from which a new model is used at the latest, milliseconds since the epoch: the caller
     *     sends no tick of that time before the run is over; Long.MAX_VALUE where nobody waits
     * @param futureLimit a tick further ahead of the stream is a bad clock's, milliseconds; Long.MAX_VALUE: none is
     * @param origin name to text for the model's lineage, such as the versions of the code and of Java
     */
    public record Settings(long margin, long latest, long futureLimit, Map<String, String> origin) {
        public Settings {
            if (margin < 0) {
                throw new IllegalArgumentException("activation margin: at least 0 ms expected, got " + margin);
            }
            origin = Map.copyOf(origin);
        }
    }

    /**
     * What a run led to.
     *
     * @param challenge the new model and the gate's word on it
     * @param activation empty where the champion was kept
     */
    public record Outcome(Challenge challenge, Optional<Activation> activation) {}

    /** A job; the registry stays the caller's to close. */
    public TrainingJob(
            TickFeed feed, History.Limits limits, Trainer trainer, ModelRegistry registry, Settings settings) {
        this.feed = feed;
        this.limits = limits;
        this.trainer = trainer;
        this.registry = registry;
        this.settings = settings;
    }

    /**
     * Trains once.
     *
     * @throws UnusableHistory if the topic holds too little
     * @throws KafkaProblem if Kafka fails, the champion cannot be read, or the models topic would not take the model
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; it stays so
     */
    public Outcome runOnce() {
        var time = new StreamClock<SourcedTick>(settings.futureLimit(), StreamClock.PATIENCE);
        var history = history(time);
        var origin = new TreeMap<>(settings.origin());
        origin.putAll(feed.origin());
        var challenge = trainer.challenge(history, champion(), origin, registry::requireRoom);
        if (!challenge.gate().passed()) {
            return new Outcome(challenge, Optional.empty());
        }
        registry.publish(challenge.challenger());
        var activation =
                registry.activate(challenge.challenger().id(), effectiveFrom(time, margin(challenge.challenger())));
        LOG.info("model {} is used from event time {} on", activation.modelId(), activation.effectiveFrom());
        return new Outcome(challenge, Optional.of(activation));
    }

    private History history(StreamClock<SourcedTick> time) {
        try (var source = feed.history()) {
            var wanted = feed.wanted();
            var history = Reading.read(feed.admitted(source, time), wanted, limits, trainer.listener());
            LOG.info(
                    "{} ticks of {} entities to train on; {} rejected, {} late, {} beyond the limits",
                    history.ticks(),
                    history.series().size(),
                    source.rejected(),
                    history.late(),
                    history.dropped());
            return history;
        }
    }

    private Optional<Model> champion() {
        return registry.current().map(current -> registry.load(current.modelId())
                .orElseThrow(() -> new KafkaProblem("The activated model " + current.modelId()
                        + " is not on the models topic. Activate another one; see: gatecast models list")));
    }

    private long margin(Model model) {
        long step = model.recipe().cadence();
        return settings.margin() > 0 ? settings.margin() : step > 0 ? step : ONE_HOUR;
    }

    /** After the newest tick, those included that came during the training, and never before the last activation. */
    private long effectiveFrom(StreamClock<SourcedTick> time, long margin) {
        try (var later = feed.since()) {
            var admitted = new InTime(later, time);
            long since = 0;
            while (admitted.next() != null) {
                since++;
            }
            LOG.debug("{} ticks came during the training", since);
        }
        long wanted = Math.min(Math.addExact(time.time(), margin), settings.latest());
        return registry.current()
                .map(current -> Math.max(wanted, current.effectiveFrom()))
                .orElse(wanted);
    }
}

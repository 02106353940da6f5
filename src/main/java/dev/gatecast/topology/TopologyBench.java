package dev.gatecast.topology;

import dev.gatecast.codec.Format;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures what the mathematics costs the live topology: its throughput, exactly once, as a share of the same topology
 * with the forecaster replaced by one that copies a forecast through. Both decode ticks, keep and write back states, and
 * emit forecasts of the same size for every tick. One running topology changes sides every few rounds, so that a noisy
 * machine is noisy for both.
 */
public final class TopologyBench {
    private static final TickFormat TICKS = TickFormat.of(TickFormat.Kind.JSON, List.of("value"));
    private static final TopicNames NAMES = TopicNames.DEFAULT.prefixed("bench-");
    private static final long START = 982_540_800_000L;
    private static final int HISTORY = 700;
    private static final Duration NEVER = Duration.ofSeconds(9);
    private static final int LEAST_ROUNDS = 4;
    private static final int LEAST_TICKS = 40_000;
    private static final int WARM_UP_PAIRS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Clients clients;
    private final Path directory;
    private final Load load;
    private final byte[] grown;
    private final long cadence;

    /**
     * How much is measured.
     *
     * @param entities entities
     * @param partitions of the ticks
     * @param threads stream threads
     * @param pairs turns with and without the mathematics that count; three more of each come first
     * @param leastTicks a turn has at least so many, and at least four of each entity
     */
    public record Load(int entities, int partitions, int threads, int pairs, int leastTicks) {
        /** Turns of at least {@value #LEAST_TICKS} ticks, ten commits: shorter ones measure where the commits fall. */
        public static Load of(int entities, int partitions, int threads, int pairs) {
            return new Load(entities, partitions, threads, pairs, LEAST_TICKS);
        }

        long ticksPerTurn() {
            return (long) turnRounds() * entities;
        }

        int turns() {
            return 2 * (WARM_UP_PAIRS + pairs);
        }

        /** Rounds of all entities, one more than the turns need so that the last turn's end is seen. */
        int rounds() {
            return turnRounds() * turns() + 1;
        }

        private int turnRounds() {
            return Math.max(LEAST_ROUNDS, (leastTicks + entities - 1) / entities);
        }
    }

    /**
     * Two turns next to each other, in ticks per second.
     *
     * @param real with the forecaster
     * @param copy with the mathematics taken out
     */
    public record Pair(double real, double copy) {
        /** Share of the throughput that the mathematics leaves. */
        public double ratio() {
            return real / copy;
        }

        private String text() {
            return String.format(
                    Locale.ROOT,
                    "with the mathematics %,.0f ticks/s, without %,.0f ticks/s, ratio %.2f",
                    real,
                    copy,
                    ratio());
        }
    }

    private TopologyBench(Clients clients, Path directory, Load load, Model model) {
        this.clients = clients;
        this.directory = directory;
        this.load = load;
        this.cadence = Math.max(1, model.recipe().cadence());
        this.grown = grown(model);
    }

    /**
     * Measures on a broker that may be filled with topics beginning with {@code bench-}.
     *
     * @param directory where the runs keep their state
     * @param model the model to run
     * @param log hears a line now and then
     */
    public static List<Pair> run(Clients clients, Path directory, Load load, Model model, Consumer<String> log) {
        var bench = new TopologyBench(clients, directory, load, model);
        bench.prepare(model);
        log.accept(String.format(
                Locale.ROOT,
                "%,d entities, a state of %,d bytes each, turns of %,d ticks, a commit every %,d",
                load.entities(),
                bench.grown.length,
                load.ticksPerTurn(),
                BenchTurns.TICKS_PER_COMMIT));
        return bench.measure(log);
    }

    private void prepare(Model model) {
        var topics = new Topics(NAMES);
        try (var admin = new TopicAdmin(clients, topics);
                var registry = new ModelRegistry(clients, topics)) {
            admin.create(load.partitions(), (short) 1);
            registry.publish(model);
            registry.activate(model.id(), 0);
        }
        produce();
    }

    private void produce() {
        var codec = new TickCodec(TICKS);
        var settings = Map.of("producer.linger.ms", "20", "producer.batch.size", "262144");
        try (var producer = new Clients(clients.bootstrapServers(), settings).producer()) {
            for (int round = 1; round <= load.rounds(); round++) {
                for (int entity = 0; entity < load.entities(); entity++) {
                    var tick = new Tick("entity-" + entity, START + round * cadence, new double[] {value(round)});
                    producer.send(
                            new ProducerRecord<>(
                                    NAMES.ticks(),
                                    null,
                                    tick.time(),
                                    DeadLetters.text(tick.entity()),
                                    codec.encode(tick)),
                            (metadata, error) -> {
                                if (error != null) {
                                    throw new KafkaFault("The bench's ticks could not be sent", error);
                                }
                            });
                }
            }
            producer.flush();
        }
    }

    private static double value(long round) {
        return 100 + 20 * StrictMath.sin(round * StrictMath.PI / 12) + (round * 7919 % 13) * 0.1;
    }

    /** The bytes of a state that has all its windows full. */
    private static byte[] grown(Model model) {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        long cadence = Math.max(1, model.recipe().cadence());
        for (long round = -HISTORY; round <= 0; round++) {
            var tick = new Tick("any", START + round * cadence, new double[] {value(round + HISTORY)});
            forecaster.advance(state, tick, new Governing(model, 1));
        }
        return new StateCodec().encode(state);
    }

    private EntityState copyOfGrown(StateCodec codec) {
        try {
            return codec.decode(grown);
        } catch (UndecodableException e) {
            throw new IllegalStateException("just encoded", e);
        }
    }

    private TickStep step(BenchTurns turns) {
        var codec = new StateCodec();
        var alternating = new BenchSteps.Alternating(
                turns,
                TickStep.forecasting(ForecasterSettings.DEFAULT, TickFields.NONE),
                new BenchSteps.Copying(TickStep.forecasting(ForecasterSettings.DEFAULT, TickFields.NONE)));
        return new BenchSteps.Grown(() -> copyOfGrown(codec), alternating);
    }

    private List<Pair> measure(Consumer<String> log) {
        var turns = new BenchTurns(load.ticksPerTurn(), load.turns());
        var settings = new TopologySettings(
                new TopologySettings.Instance("bench", directory, ""),
                NAMES,
                TopologySettings.Input.DEFAULT,
                tuning(),
                ForecasterSettings.DEFAULT);
        var real = TopologyParts.of(settings, Formats.of(TICKS, Format.AVRO), ForecastListener.NONE);
        var parts = new TopologyParts(settings, real.formats(), () -> step(turns), real.library(), real.onlookers());
        var pairs = new ArrayList<Pair>();
        try (var streams = new GatecastStreams(parts, clients, load.partitions(), message -> {})) {
            streams.start();
            for (int i = 0; i < load.turns() / 2; i++) {
                await(streams, turns, 2 * i + 2);
                var pair = new Pair(turns.throughput(2 * i), turns.throughput(2 * i + 1));
                log.accept((i < WARM_UP_PAIRS ? "warm-up: " : "turns " + (i - WARM_UP_PAIRS + 1) + ": ") + pair.text());
                if (i >= WARM_UP_PAIRS) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /** The turns commit long before the interval is over. */
    private TopologySettings.Tuning tuning() {
        var usual = TopologySettings.Tuning.DEFAULT;
        return new TopologySettings.Tuning(
                load.threads(), NEVER, usual.taskIdle(), usual.modelWait(), usual.cacheEntities());
    }

    private static void await(GatecastStreams streams, BenchTurns turns, int done) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (turns.done() < done) {
            if (!streams.alive() || System.nanoTime() > deadline) {
                throw new KafkaFault(
                        "The bench stopped after " + streams.metrics().ticks() + " ticks: "
                                + streams.failure().orElse(streams.state()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}

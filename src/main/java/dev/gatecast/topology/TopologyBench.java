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
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaProblem;
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
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures what the mathematics costs the live topology: its throughput, exactly once, as a share of the same topology
 * with the forecaster replaced by one that copies a forecast through. Both keep states and emit forecasts of the same
 * size for every tick. The runs take turns, so that a noisy machine is noisy for both.
 */
public final class TopologyBench {
    private static final TickFormat TICKS = TickFormat.of(TickFormat.Kind.JSON, List.of("value"));
    private static final TopicNames NAMES = TopicNames.DEFAULT.prefixed("bench-");
    private static final long START = 982_540_800_000L;
    private static final int HISTORY = 700;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Clients clients;
    private final Path directory;
    private final Load load;
    private final byte[] grown;
    private final long cadence;

    /**
     * How much is measured.
     *
     * @param entities entities, each with as many ticks
     * @param ticksPerEntity ticks of each; the first fifth of all is not timed
     * @param partitions of the ticks
     * @param threads stream threads
     * @param pairs runs of each kind; one more of each comes first and does not count
     */
    public record Load(int entities, int ticksPerEntity, int partitions, int threads, int pairs) {
        /** 10,000 entities, a minute or two. */
        public static final Load DEFAULT = new Load(10_000, 40, 2, 1, 3);

        long ticks() {
            return (long) entities * ticksPerEntity;
        }
    }

    /**
     * Two runs next to each other, in ticks per second.
     *
     * @param real with the forecaster
     * @param copy with the mathematics taken out
     */
    public record Pair(double real, double copy) {
        /** Share of the throughput that the mathematics leaves. */
        public double ratio() {
            return real / copy;
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
        log.accept(load.ticks() + " ticks of " + load.entities() + " entities, a state of " + bench.grown.length
                + " bytes each");
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i <= load.pairs(); i++) {
            double copy = bench.throughput("copy-" + i, bench::copying);
            double real = bench.throughput("real-" + i, bench::forecasting);
            var pair = new Pair(real, copy);
            log.accept(String.format(
                    Locale.ROOT,
                    "%s: forecasting %,.0f ticks/s, copying %,.0f ticks/s, ratio %.2f",
                    i == 0 ? "warm-up" : "run " + i,
                    real,
                    copy,
                    pair.ratio()));
            if (i > 0) {
                pairs.add(pair);
            }
        }
        return pairs;
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
            for (int round = 1; round <= load.ticksPerEntity(); round++) {
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
                                    throw new KafkaProblem("The bench's ticks could not be sent", error);
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

    private TickStep forecasting() {
        var real = TickStep.forecasting(ForecasterSettings.DEFAULT);
        var codec = new StateCodec();
        return new BenchSteps.Grown(() -> copyOfGrown(codec), real);
    }

    private TickStep copying() {
        var codec = new StateCodec();
        return new BenchSteps.Grown(
                () -> copyOfGrown(codec), new BenchSteps.Copying(TickStep.forecasting(ForecasterSettings.DEFAULT)));
    }

    private double throughput(String run, Supplier<TickStep> steps) {
        var settings = new TopologySettings(
                new TopologySettings.Instance("bench-" + run, directory.resolve(run), ""),
                NAMES,
                TopologySettings.Input.DEFAULT,
                TopologySettings.Tuning.DEFAULT.withThreads(load.threads()),
                ForecasterSettings.DEFAULT);
        var real = TopologyParts.of(settings, Formats.of(TICKS, Format.AVRO), ForecastListener.NONE);
        var parts = new TopologyParts(settings, real.formats(), steps, real.library(), real.onlookers());
        try (var streams = new GatecastStreams(parts, clients, load.partitions(), message -> {})) {
            streams.start();
            long untimed = load.ticks() / 5;
            await(streams, untimed);
            long first = parts.metrics().ticks();
            long begin = System.nanoTime();
            await(streams, load.ticks());
            long nanos = System.nanoTime() - begin;
            return (load.ticks() - first) / (nanos / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    private static void await(GatecastStreams streams, long ticks) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (streams.metrics().ticks() < ticks) {
            if (!streams.alive() || System.nanoTime() > deadline) {
                throw new KafkaProblem("The bench came to " + streams.metrics().ticks() + " of " + ticks + " ticks: "
                        + streams.failure().orElse(streams.state()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}

package dev.gatecast.topology;

import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.support.Models;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in Kafka's test driver, with hands to put records in and to take them out. */
final class Rig implements AutoCloseable {
    static final long HOUR = Models.HOUR;

    /** A Monday, so that calendars have something to say. */
    static final long START = 982_540_800_000L;

    static final TickFormat KEYED = TickFormat.of(TickFormat.Kind.JSON, List.of("value"));

    final TopologyParts parts;
    final Topology topology;
    final TopologyTestDriver driver;
    private final Formats formats;

    Rig(Path stateDir) {
        this(settings(stateDir), Formats.of(KEYED, Format.AVRO), parts -> parts);
    }

    Rig(TopologySettings settings, Formats formats, UnaryOperator<TopologyParts> change) {
        this.formats = formats;
        parts = change.apply(TopologyParts.of(settings, formats, ForecastListener.NONE));
        var properties = new Properties();
        properties.putAll(GatecastStreams.properties(parts, Clients.of("nowhere:1")));
        topology = new ForecastTopology(parts).build(1, new StreamsConfig(properties));
        driver = new TopologyTestDriver(topology, properties);
    }

    static TopologySettings settings(Path stateDir) {
        return settings(stateDir, TopologySettings.Input.DEFAULT, 1_000);
    }

    static TopologySettings settings(Path stateDir, TopologySettings.Input input, int cacheEntities) {
        return new TopologySettings(
                new TopologySettings.Instance("rig", stateDir, ""),
                TopicNames.DEFAULT,
                input,
                new TopologySettings.Tuning(1, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO, cacheEntities),
                ForecasterSettings.DEFAULT);
    }

    /** A model that its bytes name. */
    static Model model(long seed) {
        var random = Models.random(seed);
        return new ModelCodec().name(random.recipe(), new Lineage(new TreeMap<>()));
    }

    void publish(Model model) {
        publish(model.id(), new ModelCodec().encode(model));
    }

    void publish(String id, byte[] blob) {
        put("models", bytes(id), blob, 0);
    }

    void activate(Model model, long effectiveFrom, long sequence) {
        activate(new Activation(model.id(), effectiveFrom, sequence, ""));
    }

    void activate(Activation activation) {
        put("activations", null, new ActivationCodec().encode(activation), activation.effectiveFrom());
    }

    void tick(String entity, long time, double value) {
        tick(bytes(entity), bytes("{\"value\": " + value + "}"), time);
    }

    void tick(byte @Nullable [] key, byte @Nullable [] value, long time) {
        put("ticks", key, value, time);
    }

    @SuppressWarnings("NullAway") // what comes from outside may be null
    private void put(String topic, byte @Nullable [] key, byte @Nullable [] value, long time) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key, value, time);
    }

    /** What has come out on a topic since it was last asked. */
    List<TestRecord<byte[], byte[]>> take(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<Forecast> forecasts() {
        return take("forecasts").stream().map(this::forecast).toList();
    }

    Forecast forecast(TestRecord<byte[], byte[]> record) {
        try {
            return formats.forecasts().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    /** The dead letters' reasons and positions, a line each. */
    List<String> letters() {
        return take("dead-letters").stream().map(Rig::letter).toList();
    }

    static String letter(TestRecord<byte[], byte[]> record) {
        return String.join(
                " ",
                header(record, DeadLetters.REASON),
                header(record, DeadLetters.TOPIC) + "-" + header(record, DeadLetters.PARTITION) + "@"
                        + header(record, DeadLetters.OFFSET));
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A daily wave with a phase of its own for each entity. */
    static double wave(int entity, long hour) {
        return 100 + 10 * entity + 20 * StrictMath.sin(2 * StrictMath.PI * (hour + entity) / 24.0);
    }

    @Override
    public void close() {
        driver.close();
    }
}

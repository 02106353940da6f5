package dev.gatecast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import dev.gatecast.topology.ForecastListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics that look as their owners like: served, backtested and trained on with the same settings. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class UserTopicsIT {
    private static final int HOURS = 240;
    private static final long START = 983800800000L;
    private static final Schema SCHEMA = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"acme.Reading\",\"fields\":["
                    + "{\"name\":\"sensor\",\"type\":\"string\"},"
                    + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}},"
                    + "{\"name\":\"value\",\"type\":[\"null\",\"double\"]}]}");

    private static LocalBroker broker;
    private static HttpServer registry;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        broker = LocalBroker.startTemporary(0);
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/schemas/ids/42", exchange -> {
            var login = exchange.getRequestHeaders().getFirst("Authorization");
            var known = "Basic bWU6c2VjcmV0".equals(login);
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("schema", SCHEMA.toString())
                    .toString()
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
            if (known) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        registry.start();
    }

    @AfterAll
    static void stop() {
        registry.stop(0);
        broker.close();
    }

    /** A user's wrapping: a byte that says what follows, 1 a record of the schema, 2 JSON in base64. */
    public static final class Wrapped implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] data) {
            var rest = ByteBuffer.wrap(data, 1, data.length - 1).slice();
            if (data[0] == 1) {
                var record = new GenericData.Record(SCHEMA);
                record.put("sensor", "s" + rest.get());
                record.put("at", rest.getLong());
                record.put("value", rest.getDouble());
                return record;
            }
            if (data[0] == 2) {
                return new String(Base64.getDecoder().decode(rest).array(), UTF_8);
            }
            throw new SerializationException("neither 1 nor 2");
        }
    }

    private static GenericRecord reading(int sensor, int hour) {
        var record = new GenericData.Record(SCHEMA);
        record.put("sensor", "s" + sensor);
        record.put("at", time(hour) * 1000);
        record.put("value", value(sensor, hour));
        return record;
    }

    private static long time(int hour) {
        return START + hour * 3_600_000L;
    }

    private static double value(int sensor, int hour) {
        return 10 * sensor + hour % 24 + hour * 7 % 5 * 0.5;
    }

    /** What a user's producer writes. */
    private interface Values {
        byte[] of(int sensor, int hour) throws IOException;
    }

    private static byte[] singleObject(int sensor, int hour) throws IOException {
        var record = reading(sensor, hour);
        return new BinaryMessageEncoder<GenericRecord>(new GenericData(), SCHEMA)
                .encode(record)
                .array();
    }

    private static byte[] wire(int sensor, int hour) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 42});
        var out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(SCHEMA).write(reading(sensor, hour), out);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] wrapped(int sensor, int hour) {
        if (hour % 2 == 0) {
            return ByteBuffer.allocate(18)
                    .put((byte) 1)
                    .put((byte) sensor)
                    .putLong(time(hour) * 1000)
                    .putDouble(value(sensor, hour))
                    .array();
        }
        var json = "{\"sensor\":\"s" + sensor + "\",\"at\":" + time(hour) + ",\"value\":" + value(sensor, hour) + "}";
        var coded = Base64.getEncoder().encode(json.getBytes(UTF_8));
        return ByteBuffer.allocate(1 + coded.length).put((byte) 2).put(coded).array();
    }

    private static byte[] line(int sensor, int hour) {
        return ("s" + sensor + ";x;" + time(hour) + ";" + value(sensor, hour)).getBytes(UTF_8);
    }

    @Test
    void avroOfASchemaFile() throws Exception {
        var file = Files.writeString(folder.resolve("reading.avsc"), SCHEMA.toString());
        everyoneReads(
                UserTopicsIT::singleObject,
                "an Avro single object (c301, fingerprint) of acme.Reading",
                Map.of("ticks.format", "avro", "ticks.avro.schema", file.toString()));
    }

    @Test
    void avroInTheWireFormatOfARegistry() throws Exception {
        everyoneReads(
                UserTopicsIT::wire,
                "the wire format of a schema registry",
                Map.of(
                        "ticks.format",
                        "avro",
                        "ticks.avro.registry",
                        registryAddress(),
                        "ticks.avro.registry.user",
                        "me",
                        "ticks.avro.registry.password",
                        "secret"));
    }

    private static String registryAddress() {
        return "http://localhost:" + registry.getAddress().getPort();
    }

    @Test
    void aDeserializerOfTheUsers() throws Exception {
        everyoneReads(UserTopicsIT::wrapped, "neither 1 nor 2", Map.of("ticks.deserializer", Wrapped.class.getName()));
    }

    @Test
    void csvLines() throws Exception {
        everyoneReads(
                UserTopicsIT::line,
                "a line of 4 columns [sensor, note, at, value] was expected, not of 1",
                Map.of("ticks.format", "csv", "ticks.csv.columns", "sensor,note,at,value", "ticks.csv.separator", ";"));
    }

    @Test
    void aRegistryThatRefusesEndsWhoAsksAndLosesNothing() throws Exception {
        var own = settings(Map.of("ticks.format", "avro", "ticks.avro.registry", registryAddress()));
        assertEquals(0, run(own, "topics", "create").exit());
        send(own, List.of(wire(1, 0)));
        var backtest = run(own, "backtest", "--models", "none");
        assertEquals(2, backtest.exit());
        assertTrue(
                backtest.err()
                        .contains("with HTTP 401; check ticks.avro.registry.user and ticks.avro.registry.password"),
                backtest::err);
        var failures = new LinkedBlockingQueue<String>();
        try (var serving = new Serving(GatecastConfig.of(own), ForecastListener.NONE, failures::add)) {
            var failure = failures.poll(60, TimeUnit.SECONDS);
            assertTrue(failure != null && failure.contains("HTTP 401"), () -> "" + failure);
            assertEquals(0, serving.board().ticks());
        }
        assertEquals(List.of(), deadLetters(own));

        own.put("ticks.avro.registry.user", "me");
        own.put("ticks.avro.registry.password", "secret");
        serve(own, 1);
    }

    /** The backtest, the topology and the trainer see the same ticks; one that is none of them is a dead letter. */
    private void everyoneReads(Values values, String why, Map<String, String> format) throws Exception {
        var own = settings(format);
        assertEquals(0, run(own, "topics", "create").exit());
        var sent = new ArrayList<byte[]>();
        for (var hour = 0; hour < HOURS; hour++) {
            sent.add(values.of(1, hour));
            sent.add(values.of(2, hour));
        }
        sent.add("bad".getBytes(UTF_8));
        send(own, sent);

        var backtest = run(own, "backtest", "--models", "none");
        assertEquals(0, backtest.exit(), backtest::err);
        assertTrue(backtest.out().startsWith(2 * HOURS + " ticks of 2 entities"), backtest::out);
        assertTrue(backtest.out().contains(why), backtest::out);

        var trained = run(own, "train", "--once");
        assertEquals(0, trained.exit(), trained::err);
        assertTrue(trained.out().contains(" is used from 2001-03-"), trained::out);

        serve(own, 2 * HOURS);
        var letters = deadLetters(own);
        assertEquals(1, letters.size(), letters::toString);
        assertTrue(letters.get(0).contains(why), letters::toString);
    }

    private static void serve(Map<String, String> own, long ticks) {
        var failures = new LinkedBlockingQueue<String>();
        try (var serving = new Serving(GatecastConfig.of(own), ForecastListener.NONE, failures::add)) {
            while (serving.board().ticks() < ticks && failures.isEmpty()) {
                LockSupport.parkNanos(50_000_000);
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(ticks, serving.board().ticks());
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)); // a commit, with what follows the last tick
        }
    }

    private static void send(Map<String, String> own, List<byte[]> values) {
        try (var producer = Clients.of(broker.bootstrapServers()).producer()) {
            for (var value : values) {
                var unused = producer.send(new ProducerRecord<>(own.get("topics.ticks"), value));
            }
            producer.flush();
        }
    }

    /** The messages of the dead letters. */
    private static List<String> deadLetters(Map<String, String> own) {
        var messages = new ArrayList<String>();
        try (var consumer = Clients.of(broker.bootstrapServers()).consumer()) {
            var partitions = List.of(new TopicPartition(String.valueOf(own.get("topics.dead-letters")), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partitions.get(0), 0L);
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(letter -> messages.add(new String(
                                letter.headers()
                                        .lastHeader("__streams.errors.message")
                                        .value(),
                                UTF_8)));
            }
        }
        return messages;
    }

    private Map<String, String> settings(Map<String, String> format) {
        var prefix = folder.getFileName().toString();
        var settings = new TreeMap<>(format);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("application.id", prefix);
        settings.put("data.dir", folder.toString());
        settings.put("http.port", "0");
        for (var topic : List.of("ticks", "forecasts", "alerts", "dead-letters", "models", "activations")) {
            settings.put("topics." + topic, prefix + "-" + topic);
        }
        settings.put("topics.partitions", "1");
        settings.put("ticks.entity", "sensor");
        settings.put("ticks.time", "at");
        settings.put("ticks.fields", "value");
        settings.put("seasons", "24");
        settings.put("horizon", "2");
        settings.put("train.iterations", "3");
        settings.put("train.hidden", "4");
        settings.put("train.units", "8");
        settings.put("train.window", "8");
        return settings;
    }

    private static Run run(Map<String, String> own, String... command) {
        var arguments = new ArrayList<>(List.of(command));
        own.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return Run.of(arguments.toArray(String[]::new));
    }
}

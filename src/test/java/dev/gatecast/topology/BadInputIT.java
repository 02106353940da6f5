package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.event.Rejection;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever may come, between good ticks, exactly once on a real broker. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BadInputIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @Test
    void everyBadRecordIsADeadLetterOnceAndTheGoodOnesAreForecast() throws Exception {
        try (var live = Live.start()) {
            var names = live.create("any-");
            try (var streams = streams(live, names)) {
                streams.start();
                good(live, names, 0);
                bad(live, names);
                good(live, names, 2);
                Live.await(() -> streams.metrics().ticks() == 2);
                assertEquals(1L, streams.metrics().rejections().get(Rejection.DUPLICATE));
                assertEquals(1L, streams.metrics().rejections().get(Rejection.LATE));
            }
            try (var streams = streams(live, names)) { // and a restart meets none of them again
                streams.start();
                good(live, names, 3);
                Live.await(() -> live.read(names.forecasts()).size() == 3);
            }
            var letters = live.read(names.deadLetters());
            assertEquals(
                    List.of(
                            "UNDECODABLE",
                            "UNDECODABLE",
                            "NULL_KEY",
                            "NULL_VALUE",
                            "MISSING_FIELD",
                            "NOT_FINITE",
                            "NOT_FINITE",
                            "NOT_FINITE",
                            "BAD_ENTITY",
                            "BAD_ENTITY",
                            "DUPLICATE",
                            "LATE",
                            "FUTURE"),
                    letters.stream()
                            .map(letter -> header(letter, DeadLetters.REASON))
                            .toList());
            for (int i = 0; i < letters.size(); i++) {
                assertEquals(String.valueOf(i + 1), header(letters.get(i), DeadLetters.OFFSET));
                assertFalse(header(letters.get(i), DeadLetters.MESSAGE).isEmpty());
            }
            assertEquals(List.of(), List.copyOf(failures));
        }
    }

    private static void bad(Live live, TopicNames names) {
        var key = Rig.bytes("a");
        var value = Rig.bytes("{\"value\": 1}");
        live.send(names, key, new byte[] {0, 1, 2, -1}, START + HOUR);
        live.send(names, key, new byte[0], START + HOUR);
        live.send(names, null, value, START + HOUR);
        live.send(names, key, null, START + HOUR);
        live.send(names, key, Rig.bytes("{\"other\": 1}"), START + HOUR);
        live.send(names, key, Rig.bytes("{\"value\": NaN}"), START + HOUR);
        live.send(names, key, Rig.bytes("{\"value\": -Infinity}"), START + HOUR);
        live.send(names, key, Rig.bytes("{\"value\": 1e300}"), START + HOUR);
        live.send(names, Rig.bytes("x".repeat(500_000)), value, START + HOUR);
        live.send(names, new byte[] {-1, -2}, value, START + HOUR);
        live.send(names, key, value, START);
        live.send(names, key, value, START - HOUR);
        live.send(names, key, value, START + 10_000 * HOUR);
    }

    private static void good(Live live, TopicNames names, int hour) {
        live.send(names, Rig.bytes("a"), Rig.bytes("{\"value\": 1}"), START + hour * HOUR);
    }

    @Test
    void aBrokerThatNeverComesBackIsSaidAndTheApplicationStaysUntilItIsTold() throws Exception {
        var live = Live.start();
        var names = live.create("gone-");
        try (var streams = streams(live, names)) {
            streams.start();
            good(live, names, 0);
            Live.await(() -> streams.metrics().ticks() == 1 && streams.state().equals("RUNNING"));
            live.close();
            TimeUnit.SECONDS.sleep(8);
            assertTrue(streams.alive() || streams.failure().isPresent());
            assertFalse(streams.metrics().ticks() > 1);
            long begin = System.nanoTime();
            streams.close(Duration.ofSeconds(15));
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(40), "closing is bounded");
        }
    }

    private GatecastStreams streams(Live live, TopicNames names) {
        var settings = new TopologySettings(
                new TopologySettings.Instance("bad-input", directory.resolve("state"), ""),
                names,
                new TopologySettings.Input(false, Duration.ofDays(1).toMillis(), 100, true),
                new TopologySettings.Tuning(1, Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(5), 5),
                ForecasterSettings.DEFAULT);
        return new GatecastStreams(
                settings, Formats.of(Rig.KEYED, Format.AVRO), live.clients(), 1, ForecastListener.NONE, failures::add);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

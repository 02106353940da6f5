package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.kafka.Clients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a topic, as a user types it. */
class BacktestTopicIT {
    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
        assertEquals(0, gatecast("topics", "create").exit());
        var replay = gatecast("replay", "--until", "2001-02-01", "--speed", "max");
        assertEquals(0, replay.exit(), replay::err);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Run gatecast(String... arguments) {
        var settings = List.of(
                "--set",
                "bootstrap.servers=" + broker.bootstrapServers(),
                "--set",
                "ticks.fields=departures",
                "--set",
                "train.iterations=3",
                "--set",
                "train.hidden=4",
                "--set",
                "train.units=8");
        return Run.of(Stream.concat(Stream.of(arguments), settings.stream()).toArray(String[]::new));
    }

    @Test
    void aTopicIsTrainedOnUpToACutAndReplayedUnderEachChoiceOfModels() throws IOException {
        var before = gatecast("backtest");
        assertEquals(2, before.exit());
        assertTrue(before.err().contains("no model has been activated yet"), before::err);

        var none = gatecast("backtest", "--models", "none");
        assertEquals(0, none.exit(), none::err);
        assertTrue(none.out().startsWith("14,880 ticks of 20 entities"), none::out);

        var trained = gatecast("train", "--once", "--train-until", "0.6");
        assertEquals(0, trained.exit(), trained::err);
        var id = trained.out()
                .lines()
                .filter(line -> line.startsWith("model "))
                .findFirst()
                .orElseThrow()
                .split(" ")[1];

        var latest = gatecast("backtest", "--out", folder.resolve("latest").toString());
        assertEquals(0, latest.exit(), latest::err);
        assertTrue(latest.out().contains("model " + id + ": 14,880 forecasts"), latest::out);
        var pinned = gatecast(
                "backtest",
                "--models",
                "pinned:" + id.substring(0, 8),
                "--threads",
                "3",
                "--out",
                folder.resolve("pinned").toString());
        assertEquals(0, pinned.exit(), pinned::err);
        assertEquals(
                -1,
                Files.mismatch(folder.resolve("latest/forecasts.csv"), folder.resolve("pinned/forecasts.csv")),
                "the same model, another number of threads");

        // the activation is for the time after the topic's end
        var recorded = gatecast("backtest", "--models", "as-recorded");
        assertEquals(0, recorded.exit(), recorded::err);
        assertTrue(!recorded.out().contains("forecasts\n"), recorded::out);

        var offsets = gatecast("backtest", "--from", "offset:100", "--to", "offset:130");
        assertEquals(0, offsets.exit(), offsets::err);
        assertTrue(offsets.out().startsWith("120 ticks of "), "30 of each of 4 partitions: " + offsets.out());

        sendsToATopic(id);

        var part = gatecast("backtest", "--from", "2001-01-10", "--to", "2001-01-20T12:00:00Z");
        assertEquals(0, part.exit(), part::err);
        assertTrue(part.out().startsWith("5,040 ticks of 20 entities"), part::out);
    }

    /** What stands on the topic decodes to the forecasts of the file. */
    private void sendsToATopic(String id) throws IOException {
        var out = folder.resolve("sent");
        var sent = gatecast(
                "backtest",
                "--from",
                "offset:100",
                "--to",
                "offset:130",
                "--out",
                out.toString(),
                "--to-topic",
                "replayed");
        assertEquals(0, sent.exit(), sent::err);
        assertTrue(sent.out().contains("120 forecasts sent"), sent::out);
        var rows = Files.readAllLines(out.resolve("forecasts.csv")).stream()
                .skip(1)
                .map(row -> row.split(",", -1))
                .filter(row -> row[2].equals("1"))
                .map(row -> row[0] + " " + row[1] + " " + Float.parseFloat(row[4]))
                .sorted()
                .toList();
        assertEquals(rows, forecasts("replayed", id));
        refused("this is a topic of the live topology", gatecast("backtest", "--to-topic", "forecasts"));
    }

    private static List<String> forecasts(String topic, String id) {
        var codec = new ForecastCodec(Format.AVRO);
        var found = new ArrayList<String>();
        try (var consumer = new Clients(broker.bootstrapServers(), Map.of()).consumer()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            assertEquals(4, partitions.size(), "as many as the ticks");
            consumer.assign(partitions);
            var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (found.size() < 120 && System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    var forecast = codec.decode(record.value());
                    assertEquals(id, forecast.stamp().model());
                    assertEquals(forecast.entity(), new String(record.key(), StandardCharsets.UTF_8));
                    assertEquals(forecast.madeAt(), record.timestamp());
                    found.add(forecast.entity() + " " + Instant.ofEpochMilli(forecast.madeAt()) + " "
                            + forecast.quantile(1, 0));
                }
            }
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
        Collections.sort(found);
        return found;
    }

    /** Ticks every five minutes, and nobody says so. */
    @Test
    void theCadenceOfATopicIsFoundAndOneThatIsWrongIsSaidSo() {
        String[] settings = {
            "--set", "topics.ticks=fives", "--set", "topics.models=fives-models",
            "--set", "topics.activations=fives-activations", "--set", "topics.forecasts=fives-forecasts",
            "--set", "topics.alerts=fives-alerts", "--set", "topics.dead-letters=fives-dead-letters",
            "--set", "horizon=3", "--set", "seasons=12"
        };
        assertEquals(0, gatecast(with(settings, "topics", "create")).exit());
        sendFives();
        var trained = gatecast(with(settings, "train"));
        assertEquals(0, trained.exit(), trained::err);
        assertTrue(trained.out().contains("cadence: PT5M, found in the ticks\n"), trained::out);
        assertFalse(trained.err().contains("(median)"), trained::err);
        for (var models : List.of("latest", "none", "walk-forward:PT24H")) {
            var run = gatecast(with(settings, "backtest", "--models", models, "--train-until", "0.5"));
            assertEquals(0, run.exit(), run::err);
            int judged = models.startsWith("walk") ? 894 : 897; // the first model is there from the cut on
            assertTrue(run.out().contains(" " + judged + " forecast values judged"), models + run.out());
            assertFalse(run.err().contains("(median)"), run::err);
        }

        var misfit = "the ticks of 1 of 1 entity come every PT5M (median), and the cadence is PT1H";
        for (var command : List.of("train", "backtest --models none")) {
            var set = gatecast(with(settings, (command + " --set cadence=PT1H").split(" ")));
            assertEquals(0, set.exit(), set::err);
            assertTrue(set.err().contains(misfit), set::err);
        }
    }

    private static String[] with(String[] settings, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(settings)).toArray(String[]::new);
    }

    private static void sendFives() {
        var random = new Random(1);
        try (var producer = new Clients(broker.bootstrapServers(), Map.of()).producer()) {
            for (int i = 0; i < 600; i++) {
                double value = 50 + 20 * Math.sin(i * Math.PI / 6) + random.nextGaussian();
                var unused = producer.send(new ProducerRecord<>(
                        "fives",
                        null,
                        980_000_000_000L + i * 300_000L,
                        "a".getBytes(StandardCharsets.UTF_8),
                        ("{\"departures\": " + value + "}").getBytes(StandardCharsets.UTF_8)));
            }
            producer.flush();
        }
    }

    @Test
    void whatTheUserGotWrongIsOneLineAndExitCodeTwo() {
        refused("--from: 'soon' is not a time", gatecast("backtest", "--models", "none", "--from", "soon"));
        refused(
                "topic nowhere does not exist",
                gatecast("backtest", "--models", "none", "--set", "topics.ticks=nowhere"));
        refused("begins with 0123abcd", gatecast("backtest", "--models", "pinned:0123abcd"));
        refused("'often' is no duration", gatecast("backtest", "--models", "walk-forward:often"));
    }

    private static void refused(String why, Run run) {
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains(why), run::err);
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the user has to change ends with 2, what went wrong although nothing was to be changed with 1. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ExitCodesIT {
    private static final List<String> HASTE = List.of(
            "--set",
            "kafka.request.timeout.ms=1500",
            "--set",
            "admin.default.api.timeout.ms=3000",
            "--set",
            "consumer.default.api.timeout.ms=3000",
            "--set",
            "producer.delivery.timeout.ms=3000",
            "--set",
            "producer.max.block.ms=3000");

    @TempDir
    Path folder;

    @Test
    void anAddressWithoutABrokerIsTheUsersInEveryCommandThatConnects() {
        for (var command : List.of(
                new String[] {"check"},
                new String[] {"topics", "create"},
                new String[] {"models", "list"},
                new String[] {"reset", "--dry-run"},
                new String[] {"train", "--every", "PT1H"},
                new String[] {"backtest"})) {
            var run = Run.of(with("localhost:1", command));
            assertEquals(2, run.exit(), () -> String.join(" ", command) + ": " + run);
            assertTrue(run.err().contains("localhost:1"), run::err);
            assertEquals(1, run.err().lines().count(), run::err);
        }
    }

    @Test
    void credentialsThatTheBrokerDoesNotTakeAreTheUsers() {
        try (var broker = LocalBroker.startTemporary(0)) {
            var arguments = new ArrayList<>(List.of(with(broker.bootstrapServers(), "check")));
            arguments.addAll(List.of(
                    "--set",
                    "kafka.security.protocol=SASL_PLAINTEXT",
                    "--set",
                    "kafka.sasl.mechanism=PLAIN",
                    "--set",
                    "kafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                            + " username=\"a\" password=\"b\";"));
            var run = Run.of(arguments.toArray(String[]::new));
            assertEquals(2, run.exit(), run::toString);
            assertEquals(1, run.err().lines().count(), run::err);
        }
    }

    @Test
    void aMissingTopicIsTheUsers() {
        try (var broker = LocalBroker.startTemporary(0)) {
            for (var command : List.of("check", "serve", "replay", "backtest")) {
                var run = Run.of(with(broker.bootstrapServers(), command, "--set", "ticks.fields=departures"));
                assertEquals(2, run.exit(), () -> command + ": " + run);
                assertTrue(run.err().contains("gatecast topics create"), run::err);
            }
        }
    }

    @Test
    void aBrokerThatDiesInTheMiddleOfTheWorkIsAFaultInOneLine() throws Exception {
        try (var broker = LocalBroker.startTemporary(0)) {
            var servers = broker.bootstrapServers();
            assertEquals(0, Run.of(with(servers, "topics", "create")).exit());
            var replay = CompletableFuture.supplyAsync(
                    () -> Run.of(with(servers, "replay", "--speed", "PT5H", "--set", "ticks.fields=departures")));
            TimeUnit.SECONDS.sleep(3);
            assertFalse(replay.isDone(), "the replay goes on");
            broker.close();
            var run = replay.get(60, TimeUnit.SECONDS);
            assertEquals(1, run.exit(), run::toString);
            assertTrue(run.err().startsWith("gatecast replay: failed: Kafka did not take a tick"), run::err);
            assertEquals(1, run.err().lines().count(), run::err);
        }
    }

    @Test
    void oneUnknownAddressOfSeveralIsSaidInOneLine() throws IOException {
        try (var broker = LocalBroker.startTemporary(0)) {
            var servers = "no-such-host.invalid:9092," + broker.bootstrapServers();
            var before = System.err;
            var log = new ByteArrayOutputStream();
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            try {
                assertEquals(0, Run.of(with(servers, "topics", "create")).exit());
            } finally {
                System.setErr(before);
            }
            var said = log.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("no-such-host"))
                    .toList();
            assertEquals(1, said.size(), said::toString);
            assertTrue(
                    said.get(0)
                            .endsWith("bootstrap.servers: no-such-host.invalid:9092 cannot be looked up; going on with "
                                    + broker.bootstrapServers()),
                    said::toString);
        }
    }

    /** As in the image for production. */
    @Test
    void withoutTheBrokersLibrariesTheLocalCommandsSayWhatIsMissing() throws Exception {
        for (var command : List.of("demo", "bench")) {
            var process =
                    Child.startWith(Child.classPathWithout("kafka_2.13", "kafka-metadata", "kafka-server"), command);
            assertEquals(2, process.waitFor(60), process::output);
            assertEquals(1, process.output().lines().count(), process::output);
            assertTrue(
                    process.output().contains("(kafka-metadata, kafka-server, kafka-server-common, kafka_2.13)"),
                    process::output);
            assertTrue(process.output().contains("lib/broker"), process::output);
        }
        var other = Child.startWith(
                Child.classPathWithout("kafka_2.13", "kafka-metadata", "kafka-server"), "check", "--reference");
        assertEquals(0, other.waitFor(60), other::output);
        var cell = Child.startWith(
                Child.classPathWithout("kafka_2.13", "kafka-metadata", "kafka-server"), "bench", "--only", "nothing");
        assertEquals(2, cell.waitFor(60), cell::output);
        assertTrue(cell.output().contains("expected cell, topology or backtest"), cell::output);
        assertFalse(Files.exists(folder.resolve("broker")));
    }

    private String[] with(String servers, String... command) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--set", "bootstrap.servers=" + servers, "--set", "http.port=0"));
        arguments.addAll(List.of("--set", "data.dir=" + folder));
        arguments.addAll(HASTE);
        return arguments.toArray(String[]::new);
    }
}

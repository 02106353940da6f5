package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import dev.gatecast.topology.ForecastListener;
import dev.gatecast.topology.InternalTopics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeAndResetIT {
    private static LocalBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aStoppedApplicationForgetsAndStartsAgainAtTheFirstTick() throws Exception {
        assertEquals(0, run("topics", "create").exit());
        assertEquals(0, run("replay", "--until", "2001-01-02", "--speed", "max").exit());
        assertTrue(run("reset").out().startsWith("nothing to delete"));
        serveUntil(480);
        assertEquals(2, topicsOf("app").size());
        createTopics(InternalTopics.of("app-2"));

        var dry = run("reset", "--dry-run");
        assertEquals(0, dry.exit(), dry::err);
        assertTrue(dry.out().contains("would delete the consumer group app"), dry::out);
        assertTrue(dry.out().contains("app-entities-changelog"), dry::out);
        assertFalse(dry.out().contains("app-2-"), dry::out);
        assertTrue(dry.out().contains("would delete the folder " + folder), dry::out);
        assertTrue(Files.exists(folder.resolve("state")));

        var reset = run("reset");
        assertEquals(0, reset.exit(), reset::err);
        assertFalse(Files.exists(folder.resolve("state")));
        assertEquals(Set.of(), topicsOf("app"));
        assertEquals(InternalTopics.of("app-2"), topicsOf("app-2"));
        assertTrue(run("reset").out().startsWith("nothing to delete"));
        serveUntil(480);
    }

    @Test
    void aPortThatIsTakenIsTheUsersError() throws IOException {
        run("topics", "create");
        try (var taken = new ServerSocket(0)) {
            var run = run(Map.of("http.host", "0.0.0.0", "http.port", "" + taken.getLocalPort()), "serve");
            assertEquals(2, run.exit());
            assertTrue(run.err().contains("set http.port to another port"), run::err);
            assertEquals(1, run.err().lines().count(), run::err);
        }
    }

    /** What there is of an application called so, whatever Kafka Streams made of its name. */
    private static Set<String> topicsOf(String application) throws Exception {
        try (var admin = Clients.of(broker.bootstrapServers()).admin()) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(application + "-"))
                    .filter(name -> application.equals("app-2") || !name.startsWith("app-2-"))
                    .collect(Collectors.toSet());
        }
    }

    private static void createTopics(Set<String> names) throws Exception {
        try (var admin = Clients.of(broker.bootstrapServers()).admin()) {
            var topics =
                    names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
            admin.createTopics(topics).all().get();
        }
    }

    /** Serves until so many ticks have come by; an application that runs cannot be reset. */
    private void serveUntil(long ticks) {
        try (var serving = new Serving(GatecastConfig.of(settings()), ForecastListener.NONE, failure -> {})) {
            while (serving.board().ticks() < ticks) {
                LockSupport.parkNanos(50_000_000);
            }
            var refused = run("reset");
            assertEquals(2, refused.exit());
            assertTrue(refused.err().contains("stop every instance first"), refused::err);
            assertEquals(ticks, serving.board().ticks());
        }
    }

    private Run run(String... command) {
        return run(Map.of(), command);
    }

    private Run run(Map<String, String> own, String... command) {
        var all = settings();
        all.putAll(own);
        var arguments = new ArrayList<>(List.of(command));
        all.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "application.id",
                "app",
                "data.dir",
                folder.toString(),
                "ticks.fields",
                "departures"));
        settings.put("http.port", "0");
        return settings;
    }
}

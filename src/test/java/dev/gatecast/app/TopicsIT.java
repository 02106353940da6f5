package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsIT {
    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aFreshClusterFailsTheCheckUntilItsTopicsAreCreated() {
        var before = Run.of("check", "--set", servers());
        assertEquals(2, before.exit());
        assertEquals(6, before.err().lines().count(), before::err);
        assertTrue(before.err().contains("gatecast topics create"), before::err);

        var created = Run.of("topics", "create", "--set", servers(), "--set", "topics.partitions=2");
        assertEquals(0, created.exit(), created::err);
        assertTrue(created.out().contains("ticks: created, partitions: 2"), created::out);
        assertTrue(created.out().contains("models: created, partitions: 1"), created::out);

        var again = Run.of("topics", "create", "--set", servers());
        assertTrue(again.out().contains("ticks: exists, partitions: 2"), again::out);

        var after = Run.of("check", "--set", servers());
        assertEquals(0, after.exit(), after::err);
        assertTrue(after.out().endsWith("topics: good\n"), after::out);
    }

    private static String servers() {
        return "bootstrap.servers=" + broker.bootstrapServers();
    }
}

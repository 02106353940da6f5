package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsIT {
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
    void modelsAreListedShownActivatedAndRolledBack() {
        assertEquals(0, gatecast("topics", "create").exit());
        assertTrue(gatecast("models", "list").out().startsWith("no model has been published"));
        var first = publish(1);
        var second = publish(2);

        assertTrue(gatecast("models", "list").out().contains(first.id()));
        var shown = gatecast("models", "show", first.id().substring(0, 8));
        assertEquals(0, shown.exit(), shown::err);
        assertTrue(shown.out().contains("lineage seed: 1"), shown::out);

        assertEquals(
                "model " + first.id() + " is used from 1970-01-01T00:00:00Z on\n",
                gatecast("models", "activate", first.id().substring(0, 6)).out(),
                "without ticks a model is used from the start");
        assertEquals(
                0,
                gatecast("models", "activate", second.id(), "--from", "2001-05-01")
                        .exit());
        assertTrue(gatecast("models", "list").out().contains("active from 2001-05-01T00:00:00Z"));
        var back = gatecast("models", "rollback");
        assertEquals("model " + first.id() + " is used again from 2001-05-01T00:00:00Z on\n", back.out(), back::err);
    }

    @Test
    void aModelOfPyTorchIsPublishedActivatedAndTakenOutAgain(@TempDir Path folder) throws IOException {
        assertEquals(0, gatecast("topics", "create").exit());
        var weights = Objects.requireNonNull(ModelsIT.class.getResource("/dev/gatecast/codec/torch/gru.safetensors"));
        var recipe = Files.writeString(
                folder.resolve("recipe.properties"),
                """
                inputs = value, lag-2
                scaling.by = recent
                cadence = PT1H
                quantiles = 0.1, 0.5, 0.9
                """);
        var imported = gatecast("models", "import", "--from", weights.getPath(), "--recipe", recipe.toString());
        assertEquals(0, imported.exit(), imported::err);
        var id = imported.out().replaceFirst("(?s).*models activate (\\w+)\\R", "$1");
        var activated = gatecast("models", "activate", id, "--from", "2003-01-01");
        assertEquals(0, activated.exit(), activated::err);
        assertTrue(gatecast("models", "show", id).out().contains("value, lag-2"));
        var file = folder.resolve("gru.onnx");
        var exported = gatecast("models", "export", id, "--to", "onnx", "--out", file.toString());
        assertEquals(0, exported.exit(), exported::err);
        assertTrue(Files.size(file) > 500);
    }

    @Test
    void theRecipesOfAModelThatHasOneForEachTargetAreNamed() {
        gatecast("topics", "create");
        var config = GatecastConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
        var recipes = new TreeMap<>(Map.of(
                "load", Models.random(8).recipe(), "heat", Models.random(9).recipe()));
        var model = new ModelCodec().name(recipes, new Lineage(new TreeMap<>()));
        try (var registry = Cluster.of(config).registry()) {
            registry.publish(model);
        }
        var shown = gatecast("models", "show", model.id());
        assertEquals(0, shown.exit(), shown::err);
        assertTrue(shown.out().contains("of [heat, load]; what follows is that of heat"), shown::out);
    }

    @Test
    void aModelThatIsNoneIsTheUsersError() {
        gatecast("topics", "create");
        refused("begins with 00000000", gatecast("models", "show", "00000000"));
        refused("64 hexadecimal digits", gatecast("models", "show", "xyz"));
        refused("gatecast topics create", gatecast("models", "list", "--set", "topics.models=nowhere"));
        refused("not a time", gatecast("models", "rollback", "--from", "soon"));
    }

    @Test
    void aCorruptModelOrOneOfOtherTicksIsNotActivated() {
        gatecast("topics", "create");
        var config = GatecastConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
        var corrupt = "ab".repeat(32);
        var wrong = "cd".repeat(32);
        var entries = new TreeMap<>(Map.of(Lineage.TARGETS, "heat"));
        var ofHeat = new ModelCodec().name(Models.random(7).recipe(), new Lineage(entries));
        try (var registry = Cluster.of(config).registry()) {
            registry.publish(corrupt, new byte[] {1, 2, 3});
            registry.publish(wrong, new ModelCodec().encode(ofHeat));
            registry.publish(ofHeat);
            int before = registry.history().size();
            refused("cannot be read", gatecast("models", "activate", corrupt));
            refused("bytes of model " + ofHeat.id(), gatecast("models", "activate", wrong));
            refused(
                    "was trained to forecast [heat], the ticks have [load]",
                    gatecast("models", "activate", ofHeat.id(), "--set", "ticks.fields=load"));
            assertEquals(before, registry.history().size());
        }
    }

    @Test
    void theFormOfAnIdIsLookedAtBeforeAnybodyIsAsked() {
        for (var command : List.of("show", "activate")) {
            refused("64 hexadecimal digits", Run.of("models", command, "zz", "--set", "bootstrap.servers=127.0.0.1:1"));
        }
        refused("no file zz", Run.of("models", "export", "zz", "--to", "onnx", "--out", "x"));
        refused("64 hexadecimal digits", Run.of("backtest", "--models", "pinned:zz"));
    }

    private static void refused(String why, Run run) {
        assertEquals(2, run.exit());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().contains(why), run::err);
    }

    private static Model publish(long seed) {
        var lineage = new Lineage(new TreeMap<>(Map.of("seed", Long.toString(seed))));
        var model = new ModelCodec().name(Models.random(seed).recipe(), lineage);
        var config = GatecastConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (var registry = Cluster.of(config).registry()) {
            registry.publish(model);
        }
        return model;
    }

    private static Run gatecast(String... arguments) {
        var servers = List.of("--set", "bootstrap.servers=" + broker.bootstrapServers());
        return Run.of(Stream.concat(Stream.of(arguments), servers.stream()).toArray(String[]::new));
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are judged under a model of the cluster. */
class BacktestPublishedModelsIT {
    private static final String FOUND = "the ticks are PT2H apart and";

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
        assertEquals(0, gatecast("topics", "create").exit());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Run gatecast(String... arguments) {
        var servers = List.of("--set", "bootstrap.servers=" + broker.bootstrapServers());
        return Run.of(Stream.concat(Stream.of(arguments), servers.stream()).toArray(String[]::new));
    }

    /** Two hours apart, a quarter of the ticks missing: of themselves they would be made bars of two hours. */
    private Path everyOtherHour() throws IOException {
        var lines = new ArrayList<>(List.of("time,value"));
        for (var row = 0; row < 400; row++) {
            if (row % 4 != 3) {
                lines.add(Instant.ofEpochMilli(2 * Models.HOUR * row) + "," + (50 + 20 * Math.sin(row * Math.PI / 6)));
            }
        }
        return Files.write(folder.resolve("t.csv"), lines);
    }

    private Run backtest(Path csv, String models, String... more) throws IOException {
        var common = List.of("backtest", "--csv", csv.toString(), "--time", "time", "--models", models);
        var run = gatecast(Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
        return run;
    }

    @Test
    void theCadenceOfAModelIsThatOfFilesWhereverTheModelComesFrom() throws IOException {
        var model = new ModelCodec().name(Models.random(1).recipe(), new Lineage(new TreeMap<>()));
        var file = folder.resolve("hourly.model");
        ModelFile.write(model, file);
        var config = GatecastConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (var registry = Cluster.of(config).registry()) {
            registry.publish(model);
        }
        var activated = gatecast("models", "activate", model.id(), "--from", "2001-01-01");
        assertEquals(0, activated.exit(), activated::err);
        var csv = everyOtherHour();
        assertTrue(backtest(csv, "none").err().contains(FOUND));
        var ofFile = backtest(csv, "file:" + file);
        assertFalse(ofFile.err().contains(FOUND), ofFile::err);
        for (var models : List.of("latest", "pinned:" + model.id().substring(0, 8))) {
            var run = backtest(csv, models);
            assertFalse(run.err().contains(FOUND), run::err);
            assertEquals(ofFile.out(), run.out(), models);
        }
        for (var models : List.of("latest", "file:" + file)) {
            var own = backtest(csv, models, "--cadence", "PT1H", "--bars", "last", "--fill", "season");
            assertTrue(own.out().startsWith("796 ticks of 1 entities"), own::out);
            var other = gatecast(
                    "backtest", "--csv", csv.toString(), "--time", "time", "--models", models, "--cadence", "PT2H");
            assertTrue(other.err().contains("the model's cadence is 3600000 ms, 7200000 ms are asked for"), other::err);
        }
        var barsAlone = backtest(csv, "latest", "--set", "bars=mean");
        assertEquals(backtest(csv, "file:" + file, "--set", "bars=mean").out(), barsAlone.out());
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `check` finds wrong about how ticks are read, before it connects to a broker. */
class CheckTicksTest {
    @TempDir
    Path folder;

    private static void refused(String part, String... settings) {
        var arguments = new ArrayList<>(List.of("check"));
        List.of(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        var run = Run.of(arguments.toArray(String[]::new));
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains(part), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    @Test
    void aSchemaFileThatIsNone() throws IOException {
        refused(
                "ticks.avro.schema: nowhere.avsc: no such file, or not readable",
                "ticks.format=avro",
                "ticks.avro.schema=nowhere.avsc");
        var file = Files.writeString(folder.resolve("a.avsc"), "{\"type\": \"recrod\"}");
        refused("a.avsc: an Avro schema was expected", "ticks.format=avro", "ticks.avro.schema=" + file);
    }

    @Test
    void settingsThatContradictOneAnother() {
        refused("ticks.avro.schema is for ticks.format=avro, not for json", "ticks.avro.schema=a.avsc");
        refused(
                "ticks.avro.schema and ticks.avro.registry: only one of them",
                "ticks.format=avro",
                "ticks.avro.schema=a.avsc",
                "ticks.avro.registry=http://localhost:1");
        refused(
                "ticks.avro.registry=localhost:8081: expected http://host:port or https://host",
                "ticks.format=avro",
                "ticks.avro.registry=localhost:8081");
    }

    @Test
    void aDeserializerThatIsNotThere() {
        refused("ticks.deserializer=acme.Reader: not found on the class path", "ticks.deserializer=acme.Reader");
    }

    @Test
    void aRegistryThatDoesNotAnswer() {
        refused(
                "The schema registry http://localhost:1 gives no answer",
                "ticks.format=avro",
                "ticks.avro.registry=http://localhost:1");
    }
}

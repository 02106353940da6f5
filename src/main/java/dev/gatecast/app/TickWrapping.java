package dev.gatecast.app;

import dev.gatecast.codec.TickValues;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.kafka.HttpRegistry;
import dev.gatecast.kafka.UserDeserializer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of the ticks topic are taken apart, out of the configuration. */
final class TickWrapping {
    private TickWrapping() {}

    /** Whether the ticks come in a schema or by a deserializer of the user's. */
    static boolean isUsers(GatecastConfig config) {
        return !config.list("ticks.avro.schema").isEmpty()
                || !config.text("ticks.avro.registry").isEmpty()
                || !config.text("ticks.deserializer").isEmpty();
    }

    static TickValues of(GatecastConfig config) {
        var values = avro(config);
        var deserializer = config.text("ticks.deserializer");
        return deserializer.isEmpty() ? values : values.within(deserializer(config, deserializer));
    }

    private static UserDeserializer deserializer(GatecastConfig config, String name) {
        var cluster = Cluster.of(config);
        return UserDeserializer.of(
                name,
                cluster.clients().consumerSettings(),
                cluster.topics().names().ticks());
    }

    private static TickValues avro(GatecastConfig config) {
        if (!config.text("ticks.avro.registry").isEmpty()) {
            return TickValues.ofRegistry(registry(config));
        }
        var files = config.list("ticks.avro.schema");
        return files.isEmpty() ? TickValues.OURS : ofSchemas(files);
    }

    private static TickValues ofSchemas(List<String> files) {
        var texts = new ArrayList<String>();
        for (var file : files) {
            var text = text(file);
            try {
                TickValues.ofSchemas(List.of(text));
            } catch (UndecodableException e) {
                throw new UserError("ticks.avro.schema: " + file + ": " + e.getMessage());
            }
            texts.add(text);
        }
        try {
            return TickValues.ofSchemas(texts);
        } catch (UndecodableException e) {
            throw new UserError("ticks.avro.schema: " + e.getMessage());
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (CharacterCodingException e) {
            throw new UserError("ticks.avro.schema: " + file + " is not UTF-8");
        } catch (IOException e) {
            throw new UserError("ticks.avro.schema: " + file + ": no such file, or not readable");
        }
    }

    /** The schema registry that the configuration names. */
    static HttpRegistry registry(GatecastConfig config) {
        return new HttpRegistry(
                URI.create(config.text("ticks.avro.registry")),
                config.duration("ticks.avro.registry.timeout"),
                login(config));
    }

    private static @Nullable String login(GatecastConfig config) {
        var user = config.text("ticks.avro.registry.user");
        return user.isEmpty() ? null : user + ':' + config.text("ticks.avro.registry.password");
    }
}

package dev.gatecast.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes the reference page of the configuration from the declared keys. */
final class ConfigReference {
    private static final String HEAD =
            """
            # Configuration

            Generated from the declared keys; do not edit. `./gatecast check --reference` prints this page.

            Settings come from a properties file (`--config FILE`), then from the environment (`GATECAST_` and the key in
            capitals with underscores: `GATECAST_HTTP_PORT=8090`), then from `--set key=value`, which may be given more than
            once; the later one wins. An unknown key is an error. Everything under `kafka.` goes to all of Kafka's clients
            without the prefix (`kafka.security.protocol=SSL`), under `admin.`, `consumer.`,
            `producer.` and `streams.` to those alone.
            Secrets need not stand in the file: name Kafka's configuration providers under `config.providers` and write
            `${provider:path:key}` for the value.
            """;

    private ConfigReference() {}

    /** The whole page, Markdown. */
    static String page(ConfigDef keys) {
        var page = new StringBuilder(HEAD);
        keys.configKeys().values().stream()
                .collect(Collectors.groupingBy(
                        key -> Objects.requireNonNull(key.group), LinkedHashMap::new, Collectors.toList()))
                .forEach((group, members) -> page.append(chapter(group, members)));
        return page.toString();
    }

    private static String chapter(String group, List<ConfigKey> members) {
        var lines = new StringJoiner("\n", "\n## " + group + "\n\n", "\n");
        lines.add("| key | default | type | values | meaning |").add("| --- | --- | --- | --- | --- |");
        members.forEach(key -> lines.add(row(key)));
        return lines.toString();
    }

    private static String row(ConfigKey key) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(key.name, byDefault(key), type(key), values(key), key.documentation);
    }

    private static String byDefault(ConfigKey key) {
        var text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text == null || text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String type(ConfigKey key) {
        return switch (key.type) {
            case LONG -> "whole number";
            case DOUBLE -> "number";
            case BOOLEAN -> "true or false";
            case LIST -> "list";
            default -> "text";
        };
    }

    private static String values(ConfigKey key) {
        var wanted = String.valueOf(key.validator);
        return wanted.startsWith("[") ? "one of " + wanted.substring(1, wanted.length() - 1) : wanted;
    }
}

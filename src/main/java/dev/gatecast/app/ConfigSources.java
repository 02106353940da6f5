package dev.gatecast.app;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers settings from a file, the environment and the command line; the later of these wins. */
final class ConfigSources {
    private static final String PREFIX = "GATECAST_";

    /** Variables of the start script and of the logging, which are no settings. */
    private static final Set<String> NO_SETTINGS =
            Set.of("GATECAST_OPTS", "GATECAST_CLASSPATH", "GATECAST_LOG_LEVEL", "GATECAST_KAFKA_LOG_LEVEL");

    private ConfigSources() {}

    /**
     * All settings as they were written.
     *
     * @param file properties file, null for none
     * @param environment the process's variables, of which those with our prefix are read
     * @param assignments {@code key=value} each
     * @param known the declared keys, by which a variable's name is turned back into a key
     * @throws UserError when the file cannot be read or an assignment has no key
     */
    static TreeMap<String, String> gather(
            @Nullable Path file, Map<String, String> environment, List<String> assignments, Collection<String> known) {
        var settings = new TreeMap<String, String>();
        if (file != null) {
            settings.putAll(read(file));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !NO_SETTINGS.contains(name)) {
                settings.put(keyOf(name.substring(PREFIX.length()), known), value);
            }
        });
        assignments.forEach(assignment -> assign(assignment, settings));
        return settings;
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (MalformedInputException e) {
            throw new UserError("configuration file " + file + " is not UTF-8 text");
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("cannot read configuration file " + file + ": " + reason(e));
        }
        var settings = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }

    /** The declared key that a variable spells; otherwise every underscore is a dot. */
    private static String keyOf(String variable, Collection<String> known) {
        return known.stream()
                .filter(key -> variableOf(key).equals(variable))
                .findFirst()
                .orElseGet(() -> variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    private static String variableOf(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static void assign(String assignment, Map<String, String> settings) {
        var equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new UserError("--set wants key=value, got " + assignment);
        }
        settings.put(
                assignment.substring(0, equals).trim(),
                assignment.substring(equals + 1).trim());
    }
}

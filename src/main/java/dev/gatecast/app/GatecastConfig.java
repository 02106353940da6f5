package dev.gatecast.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The checked configuration. Immutable. */
final class GatecastConfig {
    /** In the place of a value: it is found. */
    static final String AUTO = "auto";

    private static final long ONE_HOUR = 3_600_000;
    private static final ConfigDef KEYS = ConfigKeys.all();

    private final Map<String, Object> values;
    private final Map<String, String> settings;

    private GatecastConfig(Map<String, Object> values, Map<String, String> settings) {
        this.values = values;
        this.settings = settings;
    }

    /** The declared keys. */
    static ConfigDef keys() {
        return KEYS;
    }

    /**
     * Checks settings.
     *
     * @param written the settings as they were written, key to value; secrets not yet put in
     * @throws UserError with one line for each problem
     */
    static GatecastConfig of(Map<String, String> written) {
        var settings = withSecrets(written);
        var problems = new ArrayList<String>();
        settings.keySet().forEach(key -> unknown(key).ifPresent(problems::add));
        var values = new TreeMap<String, Object>();
        KEYS.names().stream().sorted().forEach(key -> {
            try {
                values.put(key, parse(key, settings));
            } catch (ConfigException e) {
                problems.add(problem(key, e));
            }
        });
        if (problems.isEmpty()) {
            problems.addAll(ConfigRules.broken(new GatecastConfig(values, settings)));
        }
        if (!problems.isEmpty()) {
            throw new UserError(problems);
        }
        return new GatecastConfig(values, settings);
    }

    /** The same with other settings, which win. */
    GatecastConfig with(Map<String, String> others) {
        var all = new TreeMap<>(settings);
        all.putAll(others);
        return of(all);
    }

    String text(String key) {
        return (String) value(key);
    }

    @SuppressWarnings("unchecked")
    List<String> list(String key) {
        return (List<String>) value(key);
    }

    int whole(String key) {
        return Math.toIntExact(wide(key));
    }

    long wide(String key) {
        return (Long) value(key);
    }

    double real(String key) {
        return (Double) value(key);
    }

    /** The number, or what auto stands for. */
    double numberOr(String key, double auto) {
        return text(key).equals(AUTO) ? auto : Double.parseDouble(text(key));
    }

    boolean flag(String key) {
        return (Boolean) value(key);
    }

    Path path(String key) {
        return Path.of(text(key));
    }

    Duration duration(String key) {
        return Duration.parse(text(key));
    }

    /** Milliseconds, or 0 for none. */
    long durationOrNone(String key) {
        return text(key).equals("none") ? 0 : duration(key).toMillis();
    }

    /** Milliseconds since the epoch, or empty. */
    OptionalLong time(String key) {
        return text(key).isEmpty() ? OptionalLong.empty() : OptionalLong.of(Times.parse(text(key)));
    }

    double[] reals(String key) {
        return list(key).stream().mapToDouble(Double::parseDouble).toArray();
    }

    int[] wholes(String key) {
        return list(key).stream().mapToInt(Integer::parseInt).toArray();
    }

    /** Milliseconds; 0 where every tick is a step, or where it is to be found. */
    long cadence() {
        return text("cadence").equals(AUTO) ? (BarSettings.wanted(this) ? ONE_HOUR : 0) : durationOrNone("cadence");
    }

    /** Whether the cadence is to be found in the data that a model is trained on. */
    boolean findsCadence() {
        return text("cadence").equals(AUTO) && !BarSettings.wanted(this);
    }

    /** Whether the seasons are to be found in the data that a model is trained on. */
    boolean findsSeasons() {
        return list("seasons").equals(List.of(AUTO));
    }

    /** What goes to Kafka's clients as it is, with the prefix that says to which. */
    Map<String, String> forClients() {
        var result = new TreeMap<>(settings);
        result.keySet().removeIf(key -> ConfigKeys.PASSED_ON.stream().noneMatch(key::startsWith));
        return result;
    }

    private Object value(String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no such key: " + key);
        }
        return value;
    }

    private static Map<String, String> withSecrets(Map<String, String> written) {
        var settings = new TreeMap<String, String>();
        try {
            new AbstractConfig(new ConfigDef(), written, false)
                    .originals()
                    .forEach((key, value) -> settings.put(key, String.valueOf(value)));
        } catch (ConfigException e) {
            throw new UserError("config.providers: " + e.getMessage());
        }
        return settings;
    }

    private static Object parse(String key, Map<String, String> settings) {
        var declared = Objects.requireNonNull(KEYS.configKeys().get(key));
        var written = settings.get(key);
        var value = written == null ? declared.defaultValue : ConfigDef.parseType(key, written, declared.type);
        declared.validator.ensureValid(key, value);
        return value;
    }

    private static Optional<String> unknown(String key) {
        var known = KEYS.names().contains(key)
                || key.startsWith(ConfigKeys.PROVIDERS)
                || ConfigKeys.PASSED_ON.stream().anyMatch(key::startsWith);
        if (known) {
            return Optional.empty();
        }
        return Optional.of("unknown key " + key
                + NearestKey.to(key, KEYS.names())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("; see docs/configuration.md"));
    }

    /** Kafka's message says key and value once more before the reason. */
    private static String problem(String key, ConfigException e) {
        var message = String.valueOf(e.getMessage());
        var opening = " for configuration " + key;
        var end = message.indexOf(opening);
        if (end < 0) {
            return key + ": " + message;
        }
        var value = message.substring(message.indexOf("value ") + 6, end);
        return key + "=" + value + message.substring(end + opening.length());
    }
}

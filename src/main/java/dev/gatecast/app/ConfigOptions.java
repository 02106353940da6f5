package dev.gatecast.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class ConfigOptions {
    private final Map<String, String> environment;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the configuration (docs/configuration.md).")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; wins over file and environment. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    ConfigOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks the configuration.
     *
     * @throws UserError with one line for each problem
     */
    GatecastConfig read() {
        return read(Map.of());
    }

    /** The same, with settings that a command's own options made; they win. */
    GatecastConfig read(Map<String, String> ofOptions) {
        return read(ofOptions, Map.of());
    }

    /** The keys that file, environment or {@code --set} say something of; that a cadence is to be found says nothing. */
    Set<String> said() {
        var settings = gathered();
        settings.remove("cadence", GatecastConfig.AUTO);
        return settings.keySet();
    }

    private TreeMap<String, String> gathered() {
        return ConfigSources.gather(
                file, environment, assignments, GatecastConfig.keys().names());
    }

    /** The same, with settings for what nobody says anything about, or that it is to be found. */
    GatecastConfig read(Map<String, String> ofOptions, Map<String, String> otherwise) {
        var settings = gathered();
        settings.putAll(ofOptions);
        otherwise.forEach((key, value) ->
                settings.merge(key, value, (said, found) -> said.equals(GatecastConfig.AUTO) ? found : said));
        return GatecastConfig.of(settings);
    }
}

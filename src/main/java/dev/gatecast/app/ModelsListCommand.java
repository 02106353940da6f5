package dev.gatecast.app;

import dev.gatecast.forecast.Activation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Lists the published models, the oldest first, and the event times of their use.")
final class ModelsListCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        try (var registry = Cluster.of(config.read()).registry()) {
            var activations = registry.history();
            var models = registry.models();
            models.forEach(model -> out.printf(
                    "%s  %d KB  published %s  %s%n",
                    model.id(),
                    (model.bytes() + 1023) / 1024,
                    Instant.ofEpochMilli(model.publishedAt()),
                    use(model.id(), activations)));
            if (models.isEmpty()) {
                out.println("no model has been published; train one with: gatecast train");
            }
        }
    }

    private static String use(String id, List<Activation> activations) {
        var uses = activations.stream()
                .filter(activation -> activation.modelId().equals(id))
                .map(activation -> "from " + Instant.ofEpochMilli(activation.effectiveFrom()))
                .collect(Collectors.joining(", "));
        var newest = !activations.isEmpty()
                && activations.get(activations.size() - 1).modelId().equals(id);
        return uses.isEmpty() ? "never active" : (newest ? "active " : "was active ") + uses;
    }
}

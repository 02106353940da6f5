package dev.gatecast.app;

import dev.gatecast.forecast.Model;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "activate",
        description = "Puts a published model to use from an event time on, without a restart; entities re-prime.")
final class ModelsActivateCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private ActivationOptions options;

    @Parameters(paramLabel = "ID", description = "The model's id, or its first digits.")
    private String id = "";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PublishedModels.requireForm(id);
        var read = config.read();
        var cluster = Cluster.of(read);
        try (var registry = cluster.registry()) {
            var full = PublishedModels.find(id, registry);
            registry.load(full).ifPresent(model -> requireFit(model, read));
            var activation = registry.activate(full, options.effectiveFrom(read, cluster));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "model %s is used from %s on%n",
                            activation.modelId(), Instant.ofEpochMilli(activation.effectiveFrom()));
        }
    }

    private static void requireFit(Model model, GatecastConfig read) {
        TickSettings.names(read).misfit(model).ifPresent(why -> {
            throw new UserError("model " + model.id() + " does not go with the ticks of the configuration: " + why);
        });
    }
}

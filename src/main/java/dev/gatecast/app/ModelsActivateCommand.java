package dev.gatecast.app;

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
        var read = config.read();
        var cluster = Cluster.of(read);
        try (var registry = cluster.registry()) {
            var activation =
                    registry.activate(PublishedModels.find(id, registry), options.effectiveFrom(read, cluster));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "model %s is used from %s on%n",
                            activation.modelId(), Instant.ofEpochMilli(activation.effectiveFrom()));
        }
    }
}

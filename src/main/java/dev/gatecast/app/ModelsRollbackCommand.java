package dev.gatecast.app;

import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rollback",
        description = "Puts the model to use again that was in use before the newest activation. Twice is back again.")
final class ModelsRollbackCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private ActivationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var read = config.read();
        var cluster = Cluster.of(read);
        try (var registry = cluster.registry()) {
            var activation = registry.rollback(options.effectiveFrom(read, cluster));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "model %s is used again from %s on%n",
                            activation.modelId(), Instant.ofEpochMilli(activation.effectiveFrom()));
        }
    }
}

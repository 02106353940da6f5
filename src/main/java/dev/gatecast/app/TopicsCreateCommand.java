package dev.gatecast.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "create",
        description = {
            "Creates the topics that are missing; those that exist stay as they are.",
            "Where the ticks topic exists, the others get its number of partitions."
        })
final class TopicsCreateCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var read = config.read();
        var replication = (short) read.whole("topics.replication");
        try (var admin = Cluster.of(read).admin()) {
            admin.create(read.whole("topics.partitions"), replication).forEach(topic -> spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %s, partitions: %d%n",
                            topic.name(), topic.created() ? "created" : "exists", topic.partitions()));
        }
    }
}

package dev.gatecast.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = {
            "Lets the application begin again at the first tick: deletes its consumer group, the topics that Kafka Streams"
                    + " keeps for it (changelogs, repartition) and its state on this machine.",
            "Ticks, forecasts, alerts, models and activations stay. Every instance has to be stopped."
        })
final class ResetCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--dry-run", description = "Only says what would be deleted.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var read = config.read();
        var application = read.text("application.id");
        var out = spec.commandLine().getOut();
        var clients = Cluster.of(read).clients();
        try (var admin = clients.admin()) {
            var reset = new Reset(
                    clients, admin, application, DataDirectory.of(read).state());
            var plan = reset.plan();
            var verb = dryRun ? "would delete" : "deletes";
            if (plan.group()) {
                out.println(verb + " the consumer group " + application);
            }
            plan.topics().forEach(topic -> out.println(verb + " the topic " + topic));
            plan.folders().forEach(folder -> out.println(verb + " the folder " + folder.toAbsolutePath()));
            if (plan.isEmpty()) {
                out.println("nothing to delete");
            }
            if (!dryRun) {
                reset.execute(plan);
            }
        }
    }
}

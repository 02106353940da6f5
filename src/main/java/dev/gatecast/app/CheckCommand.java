package dev.gatecast.app;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Checks the configuration, connects to Kafka and compares the topics, their partitions and clean-up policies"
                    + " with what is needed. Changes nothing.",
            "Exit code 0: all well; 2: every problem is printed, one line each."
        })
final class CheckCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--reference", description = "Prints the reference page of the configuration instead.")
    private boolean reference;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        if (reference) {
            out.print(ConfigReference.page(GatecastConfig.keys()));
            out.flush();
        } else {
            check(out);
        }
    }

    private void check(PrintWriter out) {
        var checked = config.read();
        out.println("configuration: good");
        var cluster = Cluster.of(checked);
        out.println("connecting to " + cluster.clients().bootstrapServers() + " ...");
        try (var admin = cluster.admin()) {
            var problems = admin.verify();
            if (!problems.isEmpty()) {
                throw new UserError(problems);
            }
        }
        out.println("topics: good");
    }
}

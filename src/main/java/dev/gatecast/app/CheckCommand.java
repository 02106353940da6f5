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

    private static void checkRegistry(GatecastConfig checked, PrintWriter out) {
        if (!checked.text("ticks.avro.registry").isEmpty()) {
            TickWrapping.registry(checked).get("/schemas/types");
            out.println("schema registry: answers");
        }
    }

    private void check(PrintWriter out) {
        var checked = config.read();
        TickSettings.codec(checked); // finds the files and classes that it names
        out.println("configuration: good");
        checkRegistry(checked, out);
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

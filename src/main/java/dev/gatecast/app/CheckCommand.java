package dev.gatecast.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "check", description = "Checks the configuration.")
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
            return;
        }
        config.read();
        out.println("configuration: ok");
    }
}

package dev.gatecast.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the commands; by itself it only explains. */
@Command(
        name = "gatecast",
        description = "A forecast and an alert for every entity on a Kafka topic, event by event.",
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            BacktestCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            TopicsCommand.class,
            ReplayCommand.class,
            BenchCommand.class,
            CheckCommand.class,
            ResetCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
final class GatecastCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--version", versionHelp = true, description = "Prints the version.")
    private boolean version;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}

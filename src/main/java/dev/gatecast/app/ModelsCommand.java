package dev.gatecast.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        description = "Lists the published models and says which is used from when on.",
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsActivateCommand.class,
            ModelsRollbackCommand.class,
            ModelsImportCommand.class,
            ModelsExportCommand.class
        })
final class ModelsCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: models list|show|activate|rollback|import|export");
    }
}

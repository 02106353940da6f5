package dev.gatecast.app;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what ended a command into lines on the error output and an exit code. */
final class Failures {
    private Failures() {}

    static int report(Exception e, CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        if (e instanceof UserError) {
            String.valueOf(e.getMessage()).lines().forEach(line -> command.getErr()
                    .println(name + ": " + line));
            return CommandLine.ExitCode.USAGE;
        }
        LoggerFactory.getLogger(Main.class).error("{} failed", name, e);
        command.getErr().println(name + ": failed: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    }
}

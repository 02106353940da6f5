package dev.gatecast.app;

import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.source.BadSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what ended a command into lines on the error output and an exit code. */
final class Failures {
    private Failures() {}

    static int report(Exception e, CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        if (isForTheUser(e)) {
            String.valueOf(e.getMessage()).lines().forEach(line -> command.getErr()
                    .println(name + ": " + line));
            return CommandLine.ExitCode.USAGE;
        }
        LoggerFactory.getLogger(Main.class).error("{} failed", name, e);
        command.getErr().println(name + ": failed: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Whether its message says what to do. */
    private static boolean isForTheUser(Exception e) {
        return e instanceof UserError || e instanceof KafkaProblem || e instanceof BadSource;
    }
}

package dev.gatecast.app;

import dev.gatecast.broker.BrokerException;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.server.HttpStartException;
import dev.gatecast.source.BadSource;
import dev.gatecast.trainer.UnusableHistory;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what ended a command into lines on the error output and an exit code. */
final class Failures {
    private static final List<Class<? extends Exception>> FOR_THE_USER = List.of(
            UserError.class,
            KafkaProblem.class,
            BadSource.class,
            UnusableHistory.class,
            HttpStartException.class,
            BrokerException.class);

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
        return FOR_THE_USER.stream().anyMatch(type -> type.isInstance(e));
    }
}

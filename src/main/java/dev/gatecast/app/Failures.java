package dev.gatecast.app;

import dev.gatecast.broker.BrokerException;
import dev.gatecast.broker.BrokerFault;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ReadProblem;
import dev.gatecast.server.HttpStartException;
import dev.gatecast.source.BadSource;
import dev.gatecast.trainer.UnusableHistory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what ended a command into lines on the error output and an exit code. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** Their message says what to do. */
    private static final List<Class<? extends Exception>> FOR_THE_USER = List.of(
            UserError.class,
            KafkaProblem.class,
            ReadProblem.class,
            BadSource.class,
            UnusableHistory.class,
            HttpStartException.class,
            BrokerException.class);

    /** Neither ours nor the user's: what they say is enough, without a stack. */
    private static final List<Class<? extends Exception>> FAULTS = List.of(KafkaFault.class, BrokerFault.class);

    private Failures() {}

    static int report(Exception e, CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        if (isOneOf(FAULTS, e)) {
            LOG.debug("{} failed", name, e);
            print(name + ": failed", e, command);
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (isOneOf(FOR_THE_USER, e)) {
            print(name, e, command);
            return CommandLine.ExitCode.USAGE;
        }
        LOG.error("{} failed", name, e);
        command.getErr().println(name + ": failed: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> types, Exception e) {
        return types.stream().anyMatch(type -> type.isInstance(e));
    }

    private static void print(String before, Exception e, CommandLine command) {
        String.valueOf(e.getMessage()).lines().forEach(line -> command.getErr().println(before + ": " + line));
    }
}

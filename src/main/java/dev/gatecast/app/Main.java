package dev.gatecast.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The process: one command, then an exit code: 0 done, 1 a fault of ours or of the machine, 2 something for the user to change. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, System.getenv(), out, err));
    }

    /** The same without ending the process. */
    static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        try {
            return commandLine(environment).setOut(out).setErr(err).execute(arguments);
        } catch (OutOfMemoryError e) {
            err.printf(
                    "gatecast: out of memory: the heap of %d MB is full (%s); give more with JAVA_OPTS=-Xmx4g%n",
                    Runtime.getRuntime().maxMemory() >> 20, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** All commands, ready to parse. */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new GatecastCommand(), new CommandFactory(environment))
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static int misused(ParameterException e) {
        var command = e.getCommandLine();
        command.getErr().println(Words.expected(e).orElse("" + e.getMessage()));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }
}

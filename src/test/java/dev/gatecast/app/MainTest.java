package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionNamesTheProgramJavaAndKafka() {
        assertEquals(0, run("version"));
        assertTrue(out.toString().matches("(?s)gatecast .*java 1?\\d.*kafka-clients 4\\..*"), out::toString);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(CommandLine command) {
        var words = command.getCommandSpec().qualifiedName().split(" ");
        var arguments =
                Stream.concat(Stream.of(words).skip(1), Stream.of("--help")).toArray(String[]::new);
        assertEquals(0, run(arguments), err::toString);
        assertTrue(
                out.toString().startsWith("Usage: " + command.getCommandSpec().qualifiedName()), out::toString);
        assertTrue(command.getCommandSpec().usageMessage().description().length > 0, "no description");
        command.getCommandSpec()
                .options()
                .forEach(option -> assertTrue(option.description().length > 0, option.longestName()));
    }

    @Test
    void aMissingCommandIsTheUsersError() {
        assertEquals(2, run());
        assertEquals("a command is missing\nTry: gatecast --help\n", err.toString());
    }

    @Test
    void anUnknownOptionIsTheUsersError() {
        assertEquals(2, run("check", "--verbos"));
        assertTrue(err.toString().startsWith("Unknown option: '--verbos'"), err::toString);
    }

    @Test
    void configurationErrorsAreOneLineEachAndExitCodeTwo() {
        assertEquals(2, run("check", "--set", "horizont=3", "--set", "horizon=0"));
        assertEquals(
                """
                gatecast check: unknown key horizont; did you mean horizon?
                gatecast check: horizon=0: expected from 1 to 1000
                """,
                err.toString());
        assertEquals("", out.toString());
    }

    static Stream<CommandLine> commands() {
        return withSubcommands(Main.commandLine(Map.of()));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        var below = command.getSubcommands().values().stream()
                .filter(sub -> !sub.getCommandName().equals("help"));
        return Stream.concat(Stream.of(command), below.flatMap(MainTest::withSubcommands));
    }

    private int run(String... arguments) {
        return Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}

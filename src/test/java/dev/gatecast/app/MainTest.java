package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    @Test
    void versionNamesTheProgramJavaAndKafka() {
        var run = Run.of("version");
        assertEquals(0, run.exit());
        assertTrue(run.out().matches("(?s)gatecast .*java \\d.*kafka-clients 4\\..*"), run::out);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(CommandLine command) {
        var words = command.getCommandSpec().qualifiedName().split(" ");
        var arguments =
                Stream.concat(Stream.of(words).skip(1), Stream.of("--help")).toArray(String[]::new);
        var run = Run.of(arguments);
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().startsWith("Usage: " + command.getCommandSpec().qualifiedName()), run::out);
        assertTrue(command.getCommandSpec().usageMessage().description().length > 0, "no description");
        command.getCommandSpec()
                .options()
                .forEach(option -> assertTrue(option.description().length > 0, option.longestName()));
    }

    @Test
    void aMissingCommandIsTheUsersError() {
        assertEquals(new Run(2, "", "a command is missing\nTry: gatecast --help\n"), Run.of());
    }

    @Test
    void anUnknownOptionIsTheUsersError() {
        var run = Run.of("check", "--verbos");
        assertEquals(2, run.exit());
        assertTrue(run.err().startsWith("Unknown option: '--verbos'"), run::err);
    }

    @Test
    void configurationErrorsAreOneLineEachAndExitCodeTwo() {
        var problems =
                """
                gatecast check: unknown key horizont; did you mean horizon?
                gatecast check: horizon=0: expected from 1 to 1000
                """;
        assertEquals(new Run(2, "", problems), Run.of("check", "--set", "horizont=3", "--set", "horizon=0"));
    }

    static Stream<CommandLine> commands() {
        return withSubcommands(Main.commandLine(Map.of()));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        var below = command.getSubcommands().values().stream()
                .filter(sub -> !sub.getCommandName().equals("help"));
        return Stream.concat(Stream.of(command), below.flatMap(MainTest::withSubcommands));
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in a fenced {@code sh} block of the documentation is one that this program takes. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** The command of a line, up to a comment, a pipe, a redirection or the next command. */
    private static final Pattern COMMAND =
            Pattern.compile("^(?:\\./|bin/)?gatecast((?:\\s+(?!(?:#|[|]|>|&))(?:'[^']*'|\"[^\"]*\"|\\S+))*)");

    /**
     * A line of a page.
     *
     * @param page the file
     * @param text the line
     * @param words the command's arguments
     */
    record Shown(Path page, String text, List<String> words) {
        @Override
        public String toString() {
            return page + ": " + text;
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("shown")
    void parses(Shown shown) {
        var command = Main.commandLine(Map.of());
        assertDoesNotThrow(() -> command.parseArgs(shown.words().toArray(String[]::new)), shown::toString);
    }

    @Test
    void wordsEndAtCommentsPipesAndRedirections() {
        assertEquals(
                List.of("check", "--set", "a=b c", "--config", "x"),
                commands("gatecast check --set 'a=b c' \\\n  --config x  # why\n")
                        .get(0));
        assertEquals(
                List.of("check", "--reference"),
                commands("./gatecast check --reference > docs/x.md\n").get(0));
        assertEquals(List.of(List.of("version")), commands("mvn verify\n./gatecast version | head -1\n"));
    }

    static Stream<Shown> shown() throws IOException {
        var pages = new ArrayList<Path>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (var docs = Files.walk(Path.of("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        var shown = new ArrayList<Shown>();
        for (var page : pages) {
            for (var block : blocks(page)) {
                commands(block).forEach(words -> shown.add(new Shown(page, String.join(" ", words), words)));
            }
        }
        return shown.stream();
    }

    private static List<String> blocks(Path page) throws IOException {
        return Files.exists(page)
                ? BLOCK.matcher(Files.readString(page))
                        .results()
                        .map(block -> block.group(1))
                        .toList()
                : List.of();
    }

    private static List<List<String>> commands(String block) {
        return block.replaceAll("\\\\\\R\\s*", " ")
                .lines()
                .map(COMMAND::matcher)
                .filter(line -> line.lookingAt())
                .map(line -> words(line.group(1)))
                .toList();
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                        .filter(group -> group != null)
                        .findFirst()
                        .orElse(""))
                .toList();
    }
}

package dev.gatecast.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The fenced blocks of README.md, so that tests and page cannot drift apart. */
final class Readme {
    private Readme() {}

    /** The commands in its blocks of shell, in order. */
    static List<String> commands() {
        return blocks("sh").stream().flatMap(String::lines).toList();
    }

    /** The blocks in a language, in order. */
    static List<String> blocks(String language) {
        try {
            return Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.gatecast.source;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of real data beside the repository. */
final class Shared {
    private Shared() {}

    /** A file or folder of it; the test is skipped where it is absent. */
    static Path path(String name) {
        var path = Path.of(System.getProperty("gatecast.shared", "../shared")).resolve(name);
        assumeTrue(Files.exists(path), () -> path + " is absent: name its folder by -Dgatecast.shared=DIR");
        return path;
    }
}

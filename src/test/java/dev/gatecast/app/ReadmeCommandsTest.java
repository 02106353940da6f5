package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every command of the README is run: here is where. */
class ReadmeCommandsTest {
    private static final String CI = ".ci/run";
    private static final String OWN = "src/test/java/dev/gatecast/app/ReadmeIT.java";
    private static final String MODELS = "src/test/java/dev/gatecast/app/ModelsIT.java";

    /**
     * A command and what runs it.
     *
     * @param start how the command begins
     * @param file what runs it
     * @param text what stands there
     */
    private record Where(String start, String file, String text) {}

    private static final List<Where> RUN = List.of(
            new Where("./gatecast demo", CI, "./gatecast demo --no-browser --exit-at-end"),
            new Where("mvn verify", CI, "mvn -B -ntp verify"),
            new Where("./gatecast topics create", OWN, "\"./gatecast topics create\""),
            new Where("./gatecast check", OWN, "\"./gatecast check\""),
            new Where("./gatecast serve", OWN, "\"./gatecast serve\""),
            new Where("./gatecast train", OWN, "\"./gatecast train\""),
            new Where("./gatecast backtest", CI, "eval \"$(grep '^\\./gatecast backtest' README.md)\""),
            new Where("gatecast models import", MODELS, "\"models\", \"import\", \"--from\""),
            new Where("gatecast models export", MODELS, "\"--to\", \"onnx\", \"--out\""),
            new Where("./gatecast bench", CI, "./gatecast bench --pairs 1"),
            new Where("mvn -q package -DskipTests", CI, "mvn -q -B -ntp package -DskipTests"),
            new Where("docker-compose up --build", ".ci/containers", "docker-compose up -d --build"),
            new Where("kubectl kustomize deploy/kubernetes", CI, "kubectl kustomize deploy/kubernetes"));

    @Test
    void eachIsRunSomewhere() throws IOException {
        var met = new HashSet<Where>();
        for (var command : Readme.commands()) {
            var where = RUN.stream()
                    .filter(known -> command.startsWith(known.start()))
                    .toList();
            assertEquals(1, where.size(), () -> "of the README nothing runs: " + command);
            met.addAll(where);
        }
        assertEquals(RUN.size(), met.size(), "commands that the README no longer has");
        for (var where : RUN) {
            assertTrue(Files.readString(Path.of(where.file())).contains(where.text()), where::toString);
        }
        assertTrue(Files.readString(Path.of(CI)).contains(".ci/containers"), CI);
    }
}

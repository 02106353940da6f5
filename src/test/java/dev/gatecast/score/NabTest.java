package dev.gatecast.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatecast.event.Alert.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector without any forecast on real series with labelled anomalies (Numenta Anomaly Benchmark, 31 files). */
class NabTest {
    private static final Path SHARED = Path.of(System.getProperty("gatecast.shared", "../shared"));
    private static final Path NAB = SHARED.resolve("data/nab");
    private static final Path SCORER = SHARED.resolve("tools/nab_score.py");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Test
    void findsWhatPeopleLabelled(@TempDir Path results) throws IOException, InterruptedException {
        assumeTrue(Files.exists(SCORER), () -> "no scorer at " + SCORER.toAbsolutePath());
        assumeTrue(Files.isDirectory(NAB), () -> "no benchmark at " + NAB.toAbsolutePath());
        assumeTrue(hasPython(), "python3, which runs the scorer, does not answer");
        for (var name : Files.readAllLines(NAB.resolve("files.txt"))) {
            score(name, results);
        }
        var report = run(
                "python3",
                SCORER.toString(),
                results.toString(),
                "--labels",
                NAB.resolve("labels.json").toString(),
                "--threshold",
                "0.5");
        var standard = Pattern.compile("standard +([0-9.]+)").matcher(report);
        assertTrue(standard.find(), report);
        assertTrue(Double.parseDouble(standard.group(1)) >= 74, report);
    }

    /** One row of results a row of data; only an opening reaches 0.5, so an episode is one detection. */
    private static void score(String name, Path results) throws IOException {
        var rows = Files.readAllLines(NAB.resolve("data").resolve(name));
        rows.remove(0);
        var warmUp = (int) Math.min(Math.floor(0.15 * rows.size()), 750);
        var detector = new Detector(new DetectorSettings(warmUp, 1, 20, 1000));
        var state = new DetectorState();
        var verdict = new Verdict();
        var out = new StringBuilder("timestamp,anomaly_score\n");
        for (var row : rows) {
            var comma = row.indexOf(',');
            var time = LocalDateTime.parse(row.substring(0, comma), TIME);
            var slot = Detector.slot(time.toInstant(ZoneOffset.UTC).toEpochMilli());
            detector.step(state, Double.parseDouble(row.substring(comma + 1)), slot, Double.NaN, verdict);
            var opened = verdict.phase() == Phase.OPEN;
            out.append(time)
                    .append(',')
                    .append(opened ? verdict.score() : Math.min(verdict.score(), 0.499))
                    .append('\n');
        }
        var file = results.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, out);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/quality.md as they stand there, with the scorers they name: what they print is within the bars. One
 * network each, which is what the page's first column of figures shows. Some four minutes.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class QualityPageIT {
    private static final double POINTS = 2; // that coverage may be off

    @TempDir
    private Path folder;

    /** A folder as the page supposes it: the program, the docs, and the data and scorers beside it. */
    @BeforeEach
    void layOut() throws IOException {
        var shared = Path.of(System.getProperty("gatecast.shared", "../shared"));
        assumeTrue(
                Files.isDirectory(shared.resolve("tools")),
                () -> shared + "/tools is absent: name its folder by -Dgatecast.shared=DIR");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 on this machine: the scorers are not run");
        Files.createSymbolicLink(folder.resolve("shared"), shared.toRealPath());
        var work = Files.createDirectory(folder.resolve("work"));
        Files.createSymbolicLink(work.resolve("docs"), Path.of("docs").toRealPath());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var program = Files.writeString(
                work.resolve("gatecast"),
                "#!/bin/sh\nexec '%s' -cp '%s' dev.gatecast.app.Main \"$@\"\n"
                        .formatted(java, System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** Links are taken away by hand: JUnit warns of those that lead out of its folder. */
    @AfterEach
    void takeLinksAway() throws IOException {
        Files.deleteIfExists(folder.resolve("shared"));
        Files.deleteIfExists(folder.resolve("work/docs"));
    }

    @Test
    void airports() throws Exception {
        var out = run("Airports: departures", text -> text);
        assertAtMost(0.086, out, "origins, horizon 24.*?airports.csv +MSE +(\\S+)");
        assertAtMost(0.079, out, "origins, horizon 1,.*?airports.csv +MSE +(\\S+)");
        assertCoverage(out);
    }

    @Test
    void oneColumnOfEtt() throws Exception {
        var out = run("ETTh1", text -> text);
        assertAtMost(0.0270, out, "ot.csv +MSE +(\\S+)");
        assertCoverage(out);
    }

    @Test
    void sevenColumnsOfEtt() throws Exception {
        var out = run("ETTh1", text -> text.replace(" --fields OT", "").replace(" --columns OT", ""));
        assertAtMost(0.33, out, "ot.csv +MSE +(\\S+)");
        assertCoverage(out);
    }

    @Test
    void hoursOfM4() throws Exception {
        var out = run("M4 Hourly", text -> text.replaceAll(" --set train.networks=\\d+", ""));
        assertAtMost(0.44, out, "m4.first.csv .*OWA +(\\S+)");
        assertAtMost(7.5, out, "m4.intervals.csv +MSIS +(\\S+)");
        assertAtMost(0.04, out, "m4.intervals.csv .*ACD +(\\S+)");
    }

    /** What the first block of commands under a heading prints. */
    private String run(String heading, UnaryOperator<String> change) throws Exception {
        var page = Files.readString(Path.of("docs/quality.md"));
        var block = Pattern.compile("\n## " + heading + "[^\n]*\n.*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertTrue(block.find(), () -> "no commands under " + heading);
        var commands = change.apply(block.group(1));
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", commands))
                .directory(folder.resolve("work").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(14, TimeUnit.MINUTES), "the commands did not end");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        var out = Files.readString(output);
        assertEquals(0, process.exitValue(), () -> commands + "\n" + out);
        return out;
    }

    private static void assertAtMost(double bar, String out, String pattern) {
        var found = Pattern.compile(pattern, Pattern.DOTALL).matcher(out);
        assertTrue(found.find(), () -> pattern + " is not in\n" + out);
        System.out.println(found.group().replaceAll("(?s).*\n", ""));
        assertTrue(Double.parseDouble(found.group(1)) <= bar, () -> "at most " + bar + " expected: " + found.group());
    }

    /** 50, 80 and 95 % of the table that {@code score.py coverage} prints last, in each group of horizons. */
    private static void assertCoverage(String out) {
        var rows = out.substring(out.indexOf("horizons up to")).lines().skip(1).toList();
        assertEquals(4, rows.size(), out);
        for (var row : rows) {
            System.out.println(row);
            var shares = row.strip().split(" +", -1);
            assertEquals(50, Double.parseDouble(shares[1]), POINTS, row);
            assertEquals(80, Double.parseDouble(shares[2]), POINTS, row);
            assertEquals(95, Double.parseDouble(shares[4]), POINTS, row);
        }
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One demo, stopped and killed in every part of it, each time started again with the same folder. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class DemoRestartIT {
    private static final String STOPPED = "stopped; the same command goes on from here";
    private static final String SECOND = "training again, on all until 2001-05-16T00:00:00Z";
    private static final int LONG = 240;

    /** Small, so that what is tested is the restart. */
    private static final List<String> QUICK = List.of(
            "--set",
            "http.port=0",
            "--set",
            "train.hidden=8",
            "--set",
            "train.units=16",
            "--set",
            "train.iterations=60",
            "--set",
            "train.gate.margin=0");

    @TempDir
    Path folder;

    @Test
    void goesOnWhereItWasStoppedAndEndsWithTheWholeSummary() throws Exception {
        stopped("TERM", "P1D", "starting a Kafka broker");
        stopped("TERM", "P1D", "training on the topic");
        try (var first = demo("PT12H")) {
            first.awaitLine("streaming May and June", 1, LONG);
            TimeUnit.SECONDS.sleep(2);
            first.signal("KILL");
            first.waitFor(LONG);
            assertEquals(1, first.count("training on the topic"), first::output);
        }
        try (var killed = demo("P5D")) {
            killed.awaitLine(SECOND, 1, LONG);
            killed.signal("KILL");
            killed.waitFor(LONG);
            assertEquals(0, killed.count("training on the topic"), killed::output);
        }
        var may = stopped(Child.interrupt(), "P1D", SECOND);
        assertTrue(may.contains("going on from 2001-05-"), may);
        try (var june = demo("P1D")) {
            june.awaitLine(SECOND, 1, LONG);
            june.awaitLine("is used from 2001-0", 1, LONG);
            TimeUnit.SECONDS.sleep(10);
            assertStops("TERM", june);
        }
        var end = ended();
        assertTrue(end.contains("streaming the rest of May and June"), end);
        assertFalse(end.contains("training"), end);
        var scored = Pattern.compile("June 2001 from 2001-06-\\d\\dT\\d\\d:00:00Z on, departures")
                .matcher(end);
        assertTrue(scored.find(), end);
        assertTrue(
                Pattern.compile("Gatecast +[0-9.]+ +[0-9.]+ +[0-9.]+")
                        .matcher(end)
                        .find(),
                end);
        assertTrue(
                Pattern.compile(
                                "models activated: [0-9a-f]{12} from 2001-05-01T00:00:00Z, [0-9a-f]{12} from 2001-0[56]-")
                        .matcher(end)
                        .find(),
                end);
        assertTrue(end.contains(" 0 rejected;"), end);
        var nothing = ended();
        assertTrue(nothing.contains("nothing left to stream"), nothing);
        assertTrue(nothing.contains(" 0 rejected;"), nothing);
    }

    /** Runs it until a line comes, stops it there, and returns what it printed. */
    private String stopped(String signal, String speed, String line) throws Exception {
        try (var demo = demo(speed)) {
            demo.awaitLine(line, 1, LONG);
            assertStops(signal, demo);
            return demo.output();
        }
    }

    private static void assertStops(String signal, Child demo) throws Exception {
        demo.signal(signal);
        int exit = demo.waitFor(60);
        assertEquals(signal.equals("INT") ? 130 : 143, exit, demo::output);
        assertEquals(1, demo.count(STOPPED), demo::output);
        assertQuiet(demo);
    }

    private String ended() throws Exception {
        try (var demo = demo("max")) {
            assertEquals(0, demo.waitFor(LONG), demo::output);
            assertQuiet(demo);
            return demo.output();
        }
    }

    /** Nothing to worry a user: no stack, no warning, no error, nothing of lost checkpoints. */
    private static void assertQuiet(Child demo) {
        var worrying = demo.output()
                .lines()
                .filter(line -> line.matches(".*( WARN | ERROR |\\tat |Exception|checkpoint|NaN).*"))
                .toList();
        assertEquals(List.of(), worrying, demo::output);
    }

    private Child demo(String speed) throws IOException {
        var arguments = new ArrayList<>(List.of("demo", "--no-browser", "--exit-at-end", "--speed", speed));
        arguments.addAll(List.of("--data-dir", folder.toString()));
        arguments.addAll(QUICK);
        return Child.start(arguments.toArray(String[]::new));
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path dataDir;

    @Test
    void theDemoForecastsRealDataWithinItsBarsAndASecondStartGoesOn() {
        var text = demo();
        var june = Pattern.compile("Gatecast +([0-9.]+) +([0-9.]+) +([0-9.]+)").matcher(text);
        assertTrue(june.find(), text);
        assertTrue(Double.parseDouble(june.group(1)) < 2.90, "at 1 h: " + june.group(1));
        assertTrue(Double.parseDouble(june.group(3)) < 3.00, "at 24 h: " + june.group(3));
        var band = Pattern.compile("band covers +([0-9.]+)%").matcher(text);
        assertTrue(band.find(), text);
        double coverage = Double.parseDouble(band.group(1));
        assertTrue(coverage > 86 && coverage < 94, "coverage " + coverage);
        var models = Pattern.compile("models activated: (.*)").matcher(text);
        assertTrue(models.find(), text);
        assertEquals(2, models.group(1).split(", ", -1).length, models.group(1));

        var again = demo();
        assertTrue(again.contains("going on from 2001-06-30T23:00:00Z"), again);
        assertTrue(again.contains("models activated: " + models.group(1)), again);
        assertTrue(again.contains("nothing left to stream"), again);
        assertTrue(again.contains("nothing was streamed by this start"), again);
        assertFalse(again.contains("streaming May and June"), again);
        assertFalse(again.contains("training"), again);
        assertFalse(again.contains("NaN"), again);
    }

    @Test
    void aTakenPortIsSaidBeforeAnythingIsWritten() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var out = new StringWriter();
            var writer = new PrintWriter(out, true);
            var port = "http.port=" + taken.getLocalPort();
            String[] arguments = {"demo", "--no-browser", "--data-dir", dataDir.toString(), "--set", port};
            assertEquals(2, Main.run(arguments, Map.of(), writer, writer), out.toString());
            assertTrue(out.toString().contains("set http.port to another port"), out.toString());
            assertFalse(Files.exists(dataDir.resolve("broker")), "no broker was started");
        }
    }

    private String demo() {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        int code = Main.run(
                new String[] {
                    "demo",
                    "--no-browser",
                    "--exit-at-end",
                    "--speed",
                    "max",
                    "--data-dir",
                    dataDir.toString(),
                    "--set",
                    "http.port=0"
                },
                Map.of(),
                writer,
                writer);
        assertEquals(0, code, out.toString());
        return out.toString();
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatecast.support.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report of a backtest of the demo's airports, opened from disk in a real browser. */
@Timeout(120)
class ReportPageIT {
    private static final List<String> CHARTS =
            List.of("fan", "alerts", "horizons", "significance", "errors", "calibration", "pit", "coverage", "hours");

    /** The most entities whose values the page holds. */
    private static final int DRAWN = 16;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        var binary = Chromium.installed();
        assumeTrue(binary.isPresent(), "no Chromium on this machine: the report is not looked at");
        var model = folder.resolve("model").toString();
        var small = List.of("--set", "train.iterations=20", "--set", "train.hidden=4", "--set", "train.units=8");
        gatecast(small, "train", "--train-until", "2001-03-01", "--model-out", model);
        var out = List.of("--cost", "0.1%", "--out", folder.resolve("out").toString());
        gatecast(out, "backtest", "--train-until", "2001-03-01", "--models", "file:" + model);
        browser = Chromium.start(binary.get());
        browser.resize(1280, 2400, false);
        browser.open(folder.resolve("out/report.html").toUri());
        browser.await("document.querySelectorAll('#opened tbody tr').length > 0");
    }

    private static void gatecast(List<String> more, String command, String... arguments) {
        var words =
                new ArrayList<>(List.of(command, "--csv", "src/main/resources/demo/flights2001-hourly-top20.csv.gz"));
        words.addAll(List.of("--entity", "airport", "--time", "time", "--fields", "departures", "--season", "24,168"));
        words.addAll(List.of(arguments));
        words.addAll(more);
        var run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** That a chart has drawn something else than its background: a few hundred of its points have ink. */
    private static void assertDrawn(String chart) throws Exception {
        var canvas = "document.querySelector('#" + chart + " canvas')";
        browser.await(canvas + " !== null");
        var inked = browser.evaluate("(() => { const c = " + canvas + "; const p = c.getContext('2d')"
                + ".getImageData(0, 0, c.width, c.height).data; let n = 0;"
                + " for (let i = 3; i < p.length; i += 4) n += p[i] > 0; return n; })()");
        assertTrue(inked.asInt() > 500, chart + " has " + inked + " points of ink");
    }

    @Test
    void everyChartAndTableIsDrawnWithoutAComplaint() throws Exception {
        for (var chart : CHARTS) {
            assertDrawn(chart);
        }
        assertEquals(
                6,
                browser.evaluate("document.querySelectorAll('#contenders tbody tr').length")
                        .asInt());
        assertEquals(
                DRAWN,
                browser.evaluate("document.querySelectorAll('#entity option').length")
                        .asInt());
        for (var table : List.of("worst", "trades", "opened")) {
            browser.await("document.querySelectorAll('#" + table + " tbody tr').length > 0");
        }
        browser.screenshot(Files.createDirectories(Path.of("target")).resolve("report.png"));
        assertEquals(List.of(), browser.problems());
    }

    @Test
    void anotherEntityIsChosenAndTheStormAtBostonIsMarked() throws Exception {
        browser.evaluate("(() => { const c = document.getElementById('entity');"
                + " c.value = [...c.options].findIndex(o => o.text.startsWith('BOS'));"
                + " c.dispatchEvent(new Event('change')); })()");
        browser.await("echarts.getInstanceByDom(document.getElementById('alerts')).getOption().series[3].data"
                + ".some(mark => mark.why.startsWith('2001-03-05'))");
        assertDrawn("fan");
    }

    @Test
    void nothingIsWiderThanAPhone() throws Exception {
        browser.resize(390, 844, true);
        browser.await("document.documentElement.scrollWidth <= 390");
        browser.resize(1280, 2400, false);
        browser.await("innerWidth === 1280");
    }
}

package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Alert;
import dev.gatecast.support.Chromium;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser. */
@Timeout(120)
class DashboardIT {
    private static final long START = FlightsReplay.time("2001-03-05T12:00:00");

    private static HttpServer server;
    private static FlightsReplay replay;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        var binary = Chromium.installed();
        Assumptions.assumeTrue(binary.isPresent(), "no Chromium on this machine: the dashboard is not looked at");
        var data = Path.of(System.getProperty("gatecast.shared", "../shared"), "data");
        Assumptions.assumeTrue(
                Files.exists(data.resolve("flights2001/hourly_top20.csv")),
                "no flights data under " + data + " (set gatecast.shared): the dashboard is not looked at");
        var view = new FakeView();
        var board = new Board(100);
        replay = new FlightsReplay(board, view, data);
        view.activate("7c1e9f20".repeat(8), FlightsReplay.time("2001-01-28T00:00:00"), Map.of("seed", "7"));
        view.activate("a94d03be".repeat(8), FlightsReplay.time("2001-03-02T12:00:00"), Map.of("seed", "8"));
        view.activate("51f7c2d8".repeat(8), START + 24 * FlightsReplay.HOUR, Map.of("seed", "9"));
        server = new HttpServer(HttpSettings.loopback(0, "departures"), board, view, List.of());
        replay.playUntil(START);
        view.stored.put("BOS", new LiveView.EntityCard("BOS", START, 1, new float[] {1}, null));
        browser = Chromium.start(binary.get());
        browser.resize(1280, 800, false);
        browser.open(URI.create(server.address() + "#BOS"));
        browser.await("document.querySelectorAll('#rows .row').length === 20");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void showsEntitiesChartAlertsAndTheModelLive() throws Exception {
        browser.await("document.querySelector('#state').dataset.state === 'live'");
        browser.await("document.querySelector('#chosen').textContent === 'BOS'");
        browser.await("document.querySelector('#chart canvas') !== null");
        browser.await("document.querySelectorAll('#tiles .tile').length === 4");
        browser.await("document.querySelector('#model-id').textContent === 'a94d03be'");
        browser.await("document.querySelector('#clock-hour').textContent === '11:00'");

        browser.evaluate("document.getElementById('why-ask').click()");
        browser.await("document.getElementById('why').textContent"
                + " === 'Next step 23: at the level 20, newest value +4, step −1, all else +0.'");

        replay.playUntil(START + 30 * FlightsReplay.HOUR);
        browser.await("document.querySelector('#clock-hour').textContent === '17:00'");
        browser.await("document.querySelector('#model-id').textContent === '51f7c2d8'");
        browser.await("[...document.querySelectorAll('#feed li')].some(card => card.textContent.startsWith('BOS'))");
        var option = "echarts.getInstanceByDom(document.getElementById('chart')).getOption()";
        browser.await(option + ".series.find(s => s.id === 'median').data.length === 25");
        browser.await(option + ".series.find(s => s.id === 'alerts').data.length > 0");
        browser.await(option + ".series.find(s => s.id === 'marks').markLine.data.length === 3");
        browser.screenshot(Files.createDirectories(Path.of("target")).resolve("dashboard.png"));
        assertEquals(List.of(), browser.problems());
    }

    @Test
    void isUsedByKeyboard() throws Exception {
        browser.evaluate("document.body.focus()");
        browser.press("/");
        browser.await("document.activeElement.id === 'search'");
        for (var key : List.of("j", "f")) {
            browser.press(key);
        }
        browser.evaluate("document.getElementById('search').value = 'or';"
                + "document.getElementById('search').dispatchEvent(new Event('input'))");
        browser.await("document.querySelectorAll('#rows .row').length === 1");
        browser.press("Enter");
        browser.await("document.querySelector('#chosen').textContent === 'ORD'");
        browser.evaluate("document.getElementById('search').value = '';"
                + "document.getElementById('search').dispatchEvent(new Event('input'))");
        browser.press("ArrowDown");
        browser.await("document.querySelector('#chosen').textContent === 'PHL'");
        assertEquals(List.of(), browser.problems());
    }

    @Test
    void ofManyEntitiesItShowsTwoHundredAndFindsTheOthers() throws Exception {
        var board = new Board(1_000);
        try (var many = new HttpServer(HttpSettings.loopback(0, "values"), board, new FakeView(), List.of());
                var page = Chromium.start(Chromium.installed().orElseThrow())) {
            page.open(many.address());
            page.await("document.querySelector('#rows-hint')?.textContent === 'Waiting for the first tick.'");
            for (int i = 0; i < 1_000; i++) {
                board.onTick(Samples.tick("sensor/" + i, 5, i));
            }
            board.onAlert(Samples.alert("sensor/777", 5, Alert.Phase.OPEN));
            page.open(URI.create(many.address() + "?again"));
            page.await("location.search === '?again' && document.querySelectorAll('#rows .row').length === 200");
            page.await("document.querySelector('#chosen')?.textContent === 'sensor/777'");
            page.evaluate("document.getElementById('search').value = 'sensor/99';"
                    + "document.getElementById('search').dispatchEvent(new Event('input'))");
            page.await("document.querySelectorAll('#rows .row').length === 11");
            assertEquals(List.of(), page.problems());
        }
    }

    /** The change that opens an episode names them; the card keeps them when later ones do not. */
    @Test
    void anAlertsCardSaysWhatMovedTheForecast() throws Exception {
        var board = new Board(10);
        try (var one = new HttpServer(HttpSettings.loopback(0, "values"), board, new FakeView(), List.of());
                var page = Chromium.start(Chromium.installed().orElseThrow())) {
            board.onTick(Samples.tick("a", 5, 40));
            board.onTick(Samples.tick("b", 5, 40));
            var opened = Samples.alert("a", 5, Alert.Phase.OPEN);
            var drivers = List.of(new Alert.Driver("newest value", 12.5f), new Alert.Driver("day-sine-1", -3));
            var episode = opened.episode();
            board.onAlert(new Alert(
                    opened.entity(),
                    opened.time(),
                    opened.phase(),
                    new Alert.Episode(episode.openedAt(), episode.rows(), episode.peak(), episode.model(), drivers),
                    opened.surprise(),
                    opened.evidence()));
            board.onAlert(Samples.alert("a", 5, Alert.Phase.UPDATE));
            board.onAlert(Samples.alert("b", 5, Alert.Phase.OPEN));
            page.resize(1280, 800, false);
            page.open(one.address());
            page.await("document.querySelectorAll('#feed .alert-card').length === 2");
            assertEquals(
                    1,
                    page.evaluate("document.querySelectorAll('#feed .drivers').length")
                            .asInt());
            var line = page.evaluate("document.querySelector('#feed .drivers').textContent")
                    .asText();
            page.screenshot(Files.createDirectories(Path.of("target")).resolve("dashboard-drivers.png"));
            assertEquals("forecast moved by newest value +12.5, day-sine-1 \u22123", line);
            var left = "Math.round(document.querySelector('#feed %s').getBoundingClientRect().left"
                    + " + parseFloat(getComputedStyle(document.querySelector('#feed %s')).paddingLeft))";
            assertEquals(
                    page.evaluate(left.formatted(".text", ".text")).asInt(),
                    page.evaluate(left.formatted(".drivers", ".drivers")).asInt());
            assertEquals(List.of(), page.problems());
        }
    }

    /** Whatever font the system has in place of the first choice, and with longer numbers. */
    @Test
    void nothingOfATileIsCutOff() throws Exception {
        browser.await(
                "[...document.querySelectorAll('.tile .beside')].every(e => /last week.*[0-9]/.test(e.textContent))");
        var cut = "(() => {"
                + " for (const e of document.querySelectorAll('.tile .beside, .tile .figure b'))"
                + " e.textContent = e.textContent.replace(/[0-9.]+$/, '88888');"
                + " return [...document.querySelectorAll('.tile, .tile :not(.track)')].filter(e => e.scrollWidth > e.clientWidth"
                + " && getComputedStyle(e).display !== 'inline').map(e => e.className + ' ' + e.textContent).join('; ');"
                + "})()";
        try {
            for (var width : new int[] {1280, 1180, 1024, 800, 641, 390, 320}) {
                browser.resize(width, 800, width < 600);
                assertEquals("", browser.evaluate(cut).asText(), "at a width of " + width);
            }
        } finally {
            browser.resize(1280, 800, false);
        }
    }

    @Test
    void fitsAPhone() throws Exception {
        browser.resize(390, 844, true);
        try {
            assertTrue(browser.evaluate("document.documentElement.scrollWidth").asInt() <= 390);
        } finally {
            browser.resize(1280, 800, false);
        }
    }
}

package dev.gatecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Rejection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final FakeView view = new FakeView();
    private final Board board = new Board(100);
    private HttpServer server;

    @BeforeEach
    void start() {
        server = new HttpServer(HttpSettings.loopback(0, "departures"), board, view, List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theListHasTheNewestOfEveryEntity() throws Exception {
        play("BOS", 30);
        play("ATL", 30);
        board.onAlert(Samples.alert("BOS", 29, Alert.Phase.OPEN));
        var list = json(get("/api/v1/entities"));
        assertEquals(2, list.get("kept").asInt());
        var first = list.get("entities").get(0);
        assertEquals("BOS", first.get("entity").asText());
        assertEquals("open", first.get("alert").asText());
        assertEquals(29 * Samples.HOUR, first.get("time").asLong());
        assertEquals(100, first.get("value").asDouble());
        assertEquals(Samples.MODEL, first.get("model").asText());
        assertEquals(30, first.get("points").get("values").size());
        assertEquals(1, json(get("/api/v1/entities?search=tl")).get("entities").size());
        assertEquals(1, json(get("/api/v1/entities?limit=1")).get("entities").size());
    }

    @Test
    void anEntityHasItsForecastWithAllQuantilesAndItsPast() throws Exception {
        play("BOS", 30);
        board.onTick(Samples.tick("ATL", 35, 1));
        board.onAlert(Samples.alert("BOS", 29, Alert.Phase.OPEN));
        var entity = json(get("/api/v1/entities/BOS"));
        assertEquals(24, entity.get("forecast").get("quantiles").size());
        assertEquals(3, entity.get("forecast").get("levels").size());
        assertEquals(90, entity.get("forecast").get("quantiles").get(23).get(0).asDouble());
        assertEquals(Samples.MODEL, entity.get("model").asText());
        assertEquals(6 * Samples.HOUR, entity.get("stateAgeMillis").asLong());
        assertEquals(30, entity.get("history").get("times").size());
        assertTrue(entity.get("history").get("expected").get(0).isNull());
        assertEquals(100, entity.get("history").get("expected").get(1).asDouble());
        assertEquals("point", entity.get("openAlert").get("channel").asText());
        assertTrue(entity.get("openAlert").get("fastMean").isNull());
        assertEquals(1, entity.get("alerts").size());
    }

    @Test
    void aForecastIsExplainedByItsInputs() throws Exception {
        view.stored.put("OLD", new LiveView.EntityCard("OLD", 0, 1, new float[] {1}, null));
        var explained = json(get("/api/v1/explanations/OLD"));
        assertEquals(23, explained.get("forecast").asDouble());
        assertEquals(
                "newest value", explained.get("effects").get(0).get("input").asText());
        assertEquals(-1, explained.get("effects").get(1).get("effect").asDouble());
        assertEquals(400, get("/api/v1/explanations/OLD?horizon=2").statusCode());
        assertEquals(400, get("/api/v1/explanations/OLD?horizon=x").statusCode());
        assertEquals(404, get("/api/v1/explanations/XXX").statusCode());
    }

    @Test
    void anUnknownEntityIsNotFound() throws Exception {
        var answer = get("/api/v1/entities/XXX");
        assertEquals(404, answer.statusCode());
        assertEquals("unknown entity: XXX", json(answer).get("error").asText());
    }

    @Test
    void anEntityMayHaveAnyName() throws Exception {
        for (var name : List.of("plant 1/pump/7", "Zürich", "a%2Fb", "..", "?x=1&y", "//", "a;b=c")) {
            board.onTick(Samples.tick(name, 0, 1));
            var path = "/api/v1/entities/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
            var answer = get(path);
            assertEquals(200, answer.statusCode(), () -> path + ": " + answer.body());
            assertEquals(name, json(answer).get("entity").asText());
        }
    }

    @Test
    void anEntityThatOnlyTheStateStoreHoldsIsFound() throws Exception {
        var forecast = Samples.forecast("OLD", 10, 5);
        view.stored.put("OLD", new LiveView.EntityCard("OLD", 10 * Samples.HOUR, 50, new float[] {1, 2, 3}, forecast));
        var entity = json(get("/api/v1/entities/OLD"));
        assertEquals(8 * Samples.HOUR, entity.get("history").get("times").get(0).asLong());
        assertEquals(3, entity.get("value").asDouble());
    }

    @Test
    void aSearchAlsoFindsEntitiesThatTheBoardHasNoRoomFor() throws Exception {
        for (int i = 0; i < 150; i++) {
            play("entity-" + i, 1);
        }
        view.stored.put("entity-149", new LiveView.EntityCard("entity-149", 7, 1, new float[] {42}, null));
        assertEquals(150, json(get("/api/v1/status")).get("entities").asInt());
        assertEquals(100, json(get("/api/v1/entities")).get("entities").size());
        var found = json(get("/api/v1/entities?search=ITY-149"));
        assertEquals(150, found.get("kept").asInt());
        assertEquals(1, found.get("matching").asInt());
        assertEquals(42, found.get("entities").get(0).get("value").asDouble());
    }

    @Test
    void anEntityHeldElsewhereIsAskedOfItsOwner() throws Exception {
        play("MINE", 3);
        var elsewhere = new FakeView();
        elsewhere.owner = LiveView.Owner.at(server.address());
        try (var other = new HttpServer(HttpSettings.loopback(0, "departures"), new Board(1), elsewhere, List.of())) {
            var answer = get(other, "/api/v1/entities/MINE");
            assertEquals(200, answer.statusCode());
            assertEquals(100, json(answer).get("value").asDouble());
            assertEquals(404, get(other, "/api/v1/entities/NOBODYS").statusCode());
            elsewhere.owner = LiveView.Owner.at(URI.create("http://127.0.0.1:1/"));
            assertEquals(502, get(other, "/api/v1/entities/MINE").statusCode());
            elsewhere.owner = LiveView.Owner.unknown();
            assertEquals(503, get(other, "/api/v1/entities/MINE").statusCode());
        }
    }

    @Test
    void listsAndFeedsReachOverAllInstances() throws Exception {
        play("BOS", 3);
        board.onAlert(Samples.alert("BOS", 2, Alert.Phase.OPEN));
        var elsewhere = new FakeView();
        elsewhere.peers.add(server.address());
        elsewhere.peers.add(URI.create("http://127.0.0.1:1/"));
        elsewhere.owner = LiveView.Owner.at(server.address());
        var otherBoard = new Board(10);
        try (var other = new HttpServer(HttpSettings.loopback(0, "departures"), otherBoard, elsewhere, List.of())) {
            otherBoard.onTick(Samples.tick("ATL", 3, 7));
            otherBoard.onTick(Samples.tick("BOS", 0, 7));
            var list = json(get(other, "/api/v1/entities?limit=10"));
            assertEquals(2, list.get("entities").size());
            assertEquals("BOS", list.get("entities").get(0).get("entity").asText());
            assertEquals(100, list.get("entities").get(0).get("value").asDouble());
            assertEquals(1, json(get(other, "/api/v1/alerts")).get("alerts").size());
            var feed = CLIENT.send(
                    request(other, "/api/v1/events?types=tick&entity=BOS"), HttpResponse.BodyHandlers.ofLines());
            board.onTick(Samples.tick("BOS", 3, 5));
            var data = feed.body().filter(line -> line.startsWith("data:")).findFirst();
            assertEquals(
                    5,
                    JSON.readTree(data.orElseThrow().substring(5)).get("value").asDouble());
        }
    }

    @Test
    void alertsComeInWordsAndNewestFirst() throws Exception {
        board.onAlert(Samples.alert("JFK", 14, Alert.Phase.OPEN));
        board.onAlert(Samples.alert("BOS", 15, Alert.Phase.OPEN));
        var alerts = json(get("/api/v1/alerts")).get("alerts");
        assertEquals("BOS", alerts.get(0).get("entity").asText());
        assertEquals(
                "JFK 14:00: 100 departures, expected 360 (340–380)",
                alerts.get(1).get("words").asText());
        assertEquals(1, json(get("/api/v1/alerts?entity=JFK")).get("alerts").size());
    }

    @Test
    void modelsSayWhichOneIsInUse() throws Exception {
        view.activate("1".repeat(64), 0, Map.of("seed", "7"));
        view.activate("2".repeat(64), 100 * Samples.HOUR, Map.of());
        play("BOS", 50);
        var models = json(get("/api/v1/models"));
        assertTrue(models.get("models").get(0).get("inUse").asBoolean());
        assertFalse(models.get("models").get(1).get("inUse").asBoolean());
        assertEquals("7", models.get("models").get(0).get("lineage").get("seed").asText());
        assertEquals(1, models.get("inUse").get("sequence").asInt());
        assertEquals(2, models.get("activations").size());
    }

    @Test
    void anActivationThatIsRefusedIsNotInUse() throws Exception {
        view.activate("1".repeat(64), 0, Map.of());
        view.activations.add(new LiveView.ActivationCard("2".repeat(64), Samples.HOUR, 2, true));
        play("BOS", 50);
        var models = json(get("/api/v1/models"));
        assertEquals(1, models.get("inUse").get("sequence").asInt());
        assertFalse(models.get("activations").get(0).has("refused"));
        assertTrue(models.get("activations").get(1).get("refused").asBoolean());
        assertTrue(get("/metrics").body().contains("gatecast_models_refused 1.0"));
    }

    @Test
    void readyNamesWhatIsMissing() throws Exception {
        assertEquals(200, get("/health/ready").statusCode());
        view.readiness = new LiveView.Readiness(false, false, false, false, "REBALANCING");
        var answer = get("/health/ready");
        assertEquals(503, answer.statusCode());
        assertEquals(
                "running: the topology is REBALANCING",
                json(answer).get("missing").get(0).asText());
        assertEquals(3, json(answer).get("missing").size());
        assertEquals(200, get("/health/live").statusCode());
        view.readiness = new LiveView.Readiness(false, false, false, true, "ERROR");
        assertEquals(503, get("/health/live").statusCode());
    }

    @Test
    void metricsAreReadByPrometheus() throws Exception {
        view.activate(Samples.MODEL, 0, Map.of());
        play("BOS", 30);
        board.onAlert(Samples.alert("BOS", 29, Alert.Phase.OPEN));
        board.rejected(Rejection.LATE);
        var text = get("/metrics").body();
        for (var line : List.of(
                "gatecast_ticks_total 30.0",
                "gatecast_forecasts_total 30.0",
                "gatecast_alerts_total{channel=\"point\"} 1.0",
                "gatecast_alerts_total{channel=\"flat\"} 0.0",
                "gatecast_rejected_total{reason=\"late\"} 1.0",
                "gatecast_coverage{band=\"0.9\",horizon=\"1\"} 1.0",
                "gatecast_coverage{band=\"0.95\",horizon=\"1\"} NaN",
                "gatecast_coverage{band=\"0.9\",horizon=\"2-6\"} 1.0",
                "gatecast_mae{horizon=\"13-24\"}",
                "gatecast_model_active{model=\"" + Samples.MODEL + "\",sequence=\"1\"} 1.0",
                "gatecast_latency_seconds{quantile=\"0.99\"}",
                "gatecast_ready 1.0",
                "jvm_memory_used_bytes")) {
            assertTrue(text.contains(line), () -> "expected " + line + " in\n" + text);
        }
    }

    @Test
    void theFeedDeliversWhatHappensToAnEntity() throws Exception {
        var answer = CLIENT.send(
                request(server, "/api/v1/events?types=tick,forecast,alert&entity=BOS"),
                HttpResponse.BodyHandlers.ofLines());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
        play("ATL", 1);
        play("BOS", 1);
        board.onAlert(Samples.alert("BOS", 0, Alert.Phase.OPEN));
        var lines = answer.body()
                .filter(line -> line.startsWith("event:") || line.startsWith("data:"))
                .limit(6)
                .collect(Collectors.toList());
        assertEquals("event: tick", lines.get(0));
        assertEquals(
                "{\"entity\":\"BOS\",\"time\":0,\"value\":100.0}", lines.get(1).substring(6));
        assertEquals("event: forecast", lines.get(2));
        assertEquals(
                24, JSON.readTree(lines.get(3).substring(6)).get("quantiles").size());
        assertEquals("event: alert", lines.get(4));
    }

    @Test
    void theFeedTellsOfAModelTakenIntoUse() throws Exception {
        play("BOS", 30);
        var answer = CLIENT.send(request(server, "/api/v1/events?types=model"), HttpResponse.BodyHandlers.ofLines());
        view.activate(Samples.MODEL, 0, Map.of());
        var data = answer.body().filter(line -> line.startsWith("data:")).findFirst();
        assertEquals(
                Samples.MODEL,
                JSON.readTree(data.orElseThrow().substring(5)).get("model").asText());
    }

    @Test
    void aWrongRequestIsToldWhatIsRight() throws Exception {
        var feed = get("/api/v1/events?types=tock");
        assertEquals(400, feed.statusCode());
        assertTrue(json(feed).get("error").asText().contains("tick, forecast"));
        var limit = get("/api/v1/entities?limit=-1");
        assertEquals(400, limit.statusCode());
        assertEquals(
                "limit: expected a number from 1 to 1000, got -1",
                json(limit).get("error").asText());
        assertEquals(404, get("/api/v1/nothing").statusCode());
        assertEquals(
                "nothing here: /api/v1/nothing",
                json(get("/api/v1/nothing")).get("error").asText());
    }

    @Test
    void thePageComesWithItsChartLibrary() throws Exception {
        var page = get("/");
        assertTrue(page.body().contains("<title>Gatecast</title>"));
        assertTrue(page.headers().firstValue("Content-Security-Policy").isPresent());
        var library = get("/echarts.min.js");
        assertEquals(200, library.statusCode());
        assertTrue(library.body().length() > 500_000);
        assertEquals(200, get("/app.js").statusCode());
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() {
        var e = assertThrows(HttpStartException.class, () -> new HttpServer(
                        HttpSettings.loopback(server.port(), "values"), new Board(1), view, List.of())
                .close());
        var message = String.valueOf(e.getMessage());
        assertTrue(message.contains("127.0.0.1:" + server.port()), message);
        assertTrue(message.contains("set http.port"), message);
    }

    private void play(String entity, int hours) {
        for (int hour = 0; hour < hours; hour++) {
            board.onTick(Samples.tick(entity, hour, 100));
            board.onForecast(Samples.forecast(entity, hour, 100));
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(server, path);
    }

    private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
        return CLIENT.send(request(server, path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(HttpServer server, String path) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}

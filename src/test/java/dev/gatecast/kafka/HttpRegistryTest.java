package dev.gatecast.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpRegistryTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    /** What the server answers to the request of this number, from 0. */
    private interface Answer {
        void to(int number, HttpExchange exchange) throws IOException;
    }

    private volatile Answer answer = (number, exchange) -> send(exchange, 200, "{}");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            var number = requests.size();
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            answer.to(number, exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HttpRegistry registry(String path, Duration timeout, @Nullable String login) {
        return new HttpRegistry(
                URI.create("http://localhost:" + server.getAddress().getPort() + path), timeout, login);
    }

    private ReadProblem refused(HttpRegistry registry) {
        return assertThrows(ReadProblem.class, () -> registry.get("/schemas/ids/1"));
    }

    @Test
    void asksBelowItsAddressAndGivesTheAnswersBytes() {
        answer = (number, exchange) -> send(exchange, 200, "{\"schema\":\"é\"}");
        assertArrayEquals(
                "{\"schema\":\"é\"}".getBytes(UTF_8),
                registry("/api/", TIMEOUT, null).get("/schemas/ids/1"));
        assertEquals(List.of("/api/schemas/ids/1 null"), requests);
    }

    @Test
    void logsInWhereAUserIsGiven() {
        registry("", TIMEOUT, "me:pä:ss").get("/schemas/ids/1");
        assertEquals(List.of("/schemas/ids/1 Basic bWU6cMOkOnNz"), requests);
    }

    @Test
    void saysWhatIsUnknownOrForbidden() {
        answer = (number, exchange) -> send(exchange, 404, "{\"error_code\":40403}");
        assertNull(registry("", TIMEOUT, null).get("/schemas/ids/1"));
        answer = (number, exchange) -> send(exchange, 401, "");
        var forbidden = refused(registry("", TIMEOUT, null));
        assertTrue(
                String.valueOf(forbidden.getMessage())
                        .endsWith("refuses /schemas/ids/1 with HTTP 401; check ticks.avro.registry.user and"
                                + " ticks.avro.registry.password"),
                forbidden.getMessage());
        assertEquals(2, requests.size(), "neither is asked for twice");
    }

    @Test
    void asksAgainWhenTheRegistryFailsButNotForEver() {
        answer = (number, exchange) -> send(exchange, number < 2 ? 503 : 200, "{}");
        assertArrayEquals("{}".getBytes(UTF_8), registry("", TIMEOUT, null).get("/schemas/ids/1"));
        assertEquals(3, requests.size());
        answer = (number, exchange) -> send(exchange, 500, "");
        var down = refused(registry("", TIMEOUT, null));
        assertTrue(
                String.valueOf(down.getMessage()).contains("gives no answer to /schemas/ids/1: HTTP 500"),
                down.getMessage());
        assertEquals(6, requests.size());
    }

    @Test
    void waitsForNoAnswerLongerThanItsTimeout() {
        answer = (number, exchange) -> {
            exchange.sendResponseHeaders(200, 1_000); // and nothing comes
            exchange.getResponseBody().flush();
        };
        var begin = System.nanoTime();
        var slow = refused(registry("", Duration.ofMillis(300), null));
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20));
        assertTrue(String.valueOf(slow.getMessage()).contains("no answer within PT0.3S"), slow.getMessage());
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() {
        answer = (number, exchange) -> {
            try {
                send(exchange, 200, "x".repeat(2 << 20));
            } catch (IOException hungUp) {
                exchange.close();
            }
        };
        var large = refused(registry("", TIMEOUT, null));
        assertTrue(
                String.valueOf(large.getMessage()).contains("an answer of more than 1048576 bytes"),
                large.getMessage());
    }

    @Test
    void saysThatNobodyIsThere() {
        var registry = registry("", TIMEOUT, null);
        server.stop(0);
        var gone = refused(registry);
        assertTrue(String.valueOf(gone.getMessage()).contains("ConnectException"), gone.getMessage());
        assertTrue(
                String.valueOf(gone.getMessage()).endsWith("; check ticks.avro.registry and the registry's health"),
                gone.getMessage());
    }
}

package dev.gatecast.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium with one page, driven through its own debugging protocol. */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private Chromium(Path profile, Process process) throws Exception {
        this.profile = profile;
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(port()), new Reader())
                .get(10, TimeUnit.SECONDS);
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", JSON.createObjectNode());
        }
    }

    /** The browser on this machine, if there is one. */
    public static Optional<String> installed() {
        return PLACES.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst();
    }

    public static Chromium start(String binary) throws Exception {
        var profile = Files.createTempDirectory("gatecast-chromium");
        var command = new ArrayList<>(List.of(binary, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"));
        command.addAll(List.of("--no-first-run", "--disable-background-networking", "--disable-component-update"));
        command.addAll(List.of("--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0"));
        command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        return new Chromium(profile, process);
    }

    /** Errors and warnings that the page wrote to its console, failed requests, uncaught exceptions. */
    public List<String> problems() {
        return problems;
    }

    public void resize(int width, int height, boolean phone) throws Exception {
        var size = JSON.createObjectNode().put("width", width).put("height", height);
        call(
                "Emulation.setDeviceMetricsOverride",
                size.put("deviceScaleFactor", 1).put("mobile", phone));
    }

    public void scheme(String scheme) throws Exception {
        var node = JSON.createObjectNode();
        node.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", node);
    }

    public void open(URI address) throws Exception {
        call("Page.navigate", JSON.createObjectNode().put("url", address.toString()));
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) throws Exception {
        var node = JSON.createObjectNode().put("expression", expression);
        var answer = call("Runtime.evaluate", node.put("returnByValue", true).put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true. */
    public void await(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not true within 20 s: " + expression + "; console: " + problems);
            }
            Thread.sleep(50);
        }
    }

    public void press(String key) throws Exception {
        for (var type : List.of("keyDown", "keyUp")) {
            var node = JSON.createObjectNode().put("type", type).put("key", key);
            call("Input.dispatchKeyEvent", key.length() == 1 && type.equals("keyDown") ? node.put("text", key) : node);
        }
    }

    public void screenshot(Path file) throws Exception {
        var answer = call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
        Files.write(file, Base64.getDecoder().decode(answer.get("data").asText()));
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        var message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).get(10, TimeUnit.SECONDS);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private int port() throws IOException, InterruptedException {
        var file = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 300 && process.isAlive(); i++) {
            if (Files.exists(file) && Files.readAllLines(file).size() > 1) {
                return Integer.parseInt(Files.readAllLines(file).get(0));
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium did not start: " + Files.readString(profile.resolve("output.txt")));
    }

    private static URI page(int port) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + "/json").toURL().openStream()) {
            for (var target : JSON.readTree(in)) {
                if (target.path("type").asText().equals("page")) {
                    return URI.create(target.get("webSocketDebuggerUrl").asText());
                }
            }
        }
        throw new IOException("Chromium shows no page");
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
        try (var files = Files.walk(profile)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + profile + " (" + e + ")");
        }
    }

    /** Puts answers where they are waited for and keeps complaints. */
    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            webSocket.request(1);
            if (last) {
                var message = text.toString();
                text.setLength(0);
                take(message);
            }
            return CompletableFuture.completedFuture(null);
        }

        private void take(String message) {
            try {
                var node = JSON.readTree(message);
                if (node.has("id")) {
                    var answer = waiting.remove(node.get("id").asInt());
                    answer.complete(node.path("result"));
                } else {
                    note(node.path("method").asText(), node.path("params"));
                }
            } catch (IOException e) {
                problems.add("unreadable message: " + e);
            }
        }

        private void note(String method, JsonNode parameters) {
            var type = parameters.path("type").asText();
            var level = parameters.path("entry").path("level").asText();
            if (method.equals("Runtime.exceptionThrown")
                    || (method.equals("Runtime.consoleAPICalled") && (type.equals("error") || type.equals("warning")))
                    || (method.equals("Log.entryAdded") && (level.equals("error") || level.equals("warning")))) {
                problems.add(parameters.toString());
            }
        }
    }
}

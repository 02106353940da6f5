package dev.gatecast.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one HTTP port: API, event feed, metrics, health, dashboard. Listens from construction until closed. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int REQUEST_THREADS = 16;

    private final HttpSettings settings;
    private final EventHub hub;
    private final Pulse pulse;
    private final Metrics metrics;
    private final Javalin javalin;

    /**
     * Starts listening.
     *
     * @param board what has lately come by; the topology writes to it
     * @param view what the topology answers
     * @param binders further meters for {@code /metrics}
     * @throws HttpStartException if the port is taken or the address is not this machine's
     */
    public HttpServer(HttpSettings settings, Board board, LiveView view, List<MeterBinder> binders) {
        this.settings = settings;
        var json = new Json(new AlertWords(settings.series()));
        var status = new Status(board, view, settings.series());
        this.hub = new EventHub(settings, board.counts().droppedClients);
        this.pulse = new Pulse(board, view, status, json, hub);
        this.metrics = new Metrics(board, status, hub, binders);
        var peers = new Peers();
        var routes = new Routes(board, view, status, json, peers);
        var feed = new EventFeed(hub, json, view, peers);
        this.javalin = Javalin.create(config -> {
            limits(config);
            api(config, routes);
            dashboard(config, feed);
            failures(config);
        });
        listen();
        board.listen(hub);
        pulse.start();
    }

    /**
     * Checks that a server could listen there now; for what has long to do before it starts one.
     *
     * @throws HttpStartException if the port is taken or the address is not this machine's
     */
    public static void requireFree(HttpSettings settings) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException | RuntimeException e) {
            throw refused(settings, e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** The address to open in a browser. */
    public URI address() {
        var host = settings.host().equals("0.0.0.0") || settings.host().equals("::") ? "localhost" : settings.host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    @Override
    public void close() {
        pulse.close();
        hub.close();
        javalin.stop();
        metrics.close();
    }

    private void listen() {
        try {
            javalin.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            javalin.stop();
            metrics.close();
            pulse.close();
            throw refused(settings, e);
        }
        LOG.info("dashboard and API at {}", address());
    }

    private static HttpStartException refused(HttpSettings settings, Exception e) {
        return new HttpStartException(
                "cannot listen on " + settings.host() + ":" + settings.port() + " (" + root(e)
                        + "); set http.port to another port, or 0 for any free one, and http.host to an address of"
                        + " this machine",
                e);
    }

    private void limits(JavalinConfig config) {
        var threads = new QueuedThreadPool(settings.clients() + REQUEST_THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        // an entity's name may hold anything, a slash too
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.UNSAFE));
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
    }

    private static void api(JavalinConfig config, Routes routes) {
        config.routes.get("/api/v1/entities", routes::entities);
        config.routes.get("/api/v1/entities/<id>", routes::entity);
        config.routes.get("/api/v1/explanations/<id>", routes::explanation);
        config.routes.get("/api/v1/models", routes::models);
        config.routes.get("/api/v1/alerts", routes::alerts);
        config.routes.get("/api/v1/status", routes::status);
        config.routes.get("/health/live", routes::live);
        config.routes.get("/health/ready", routes::ready);
    }

    private void dashboard(JavalinConfig config, EventFeed feed) {
        config.routes.get("/api/v1/events", feed::serve);
        config.routes.get("/metrics", metrics::serve);
        var assets = new Assets();
        for (var path : assets.paths()) {
            config.routes.get(path, assets::serve);
        }
    }

    private static void failures(JavalinConfig config) {
        config.routes.exception(
                NotFoundResponse.class, (e, ctx) -> Routes.fail(ctx, 404, "nothing here: " + ctx.path()));
        config.routes.exception(
                HttpResponseException.class,
                (e, ctx) -> Routes.fail(ctx, e.getStatus(), String.valueOf(e.getMessage())));
        config.routes.exception(
                IllegalArgumentException.class, (e, ctx) -> Routes.fail(ctx, 400, String.valueOf(e.getMessage())));
        config.routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("request {} failed", ctx.path(), e);
            Routes.fail(ctx, 500, "the server failed; its log says more");
        });
    }

    private static String root(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}

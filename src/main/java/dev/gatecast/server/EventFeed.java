package dev.gatecast.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/events}: writes a client's events to its connection as server-sent events. */
final class EventFeed {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final long HEARTBEAT_SECONDS = 10;
    private static final int BATCH = 256;

    private final EventHub hub;
    private final Json json;
    private final LiveView view;
    private final Peers peers;

    EventFeed(EventHub hub, Json json, LiveView view, Peers peers) {
        this.hub = hub;
        this.json = json;
        this.view = view;
        this.peers = peers;
    }

    /** Holds the request's thread until the client leaves, is dropped, or the server stops. */
    void serve(Context ctx) throws IOException, InterruptedException {
        var filter = EventFilter.parse(ctx.queryParams("types"), ctx.queryParams("entity"));
        var elsewhere = elsewhere(ctx, filter);
        var place = hub.open(elsewhere.isPresent() ? EventFilter.NOTHING : filter);
        if (place.isEmpty()) {
            Routes.fail(ctx, 503, "too many event feeds are open, or the server is stopping");
            return;
        }
        var client = place.get();
        try {
            if (elsewhere.isPresent()) {
                pass(ctx, elsewhere.get(), client);
            } else {
                begin(ctx);
                write(ctx, client);
            }
        } catch (IOException e) {
            if (ctx.res().isCommitted()) {
                LOG.debug("a client left the event feed: {}", e.toString());
            } else {
                Routes.fail(ctx, 502, "the instance that holds this entity did not answer: " + e);
            }
        } finally {
            hub.leave(client);
        }
    }

    /** The instance that holds the one entity asked for, where it is another one. */
    private Optional<URI> elsewhere(Context ctx, EventFilter filter) {
        return Peers.wasRouted(ctx) || filter.entities().size() != 1
                ? Optional.empty()
                : view.owner(filter.entities().iterator().next()).elsewhere();
    }

    private void pass(Context ctx, URI base, EventHub.Client client) throws IOException, InterruptedException {
        var buffer = new byte[1 << 14];
        try (var in = peers.feed(ctx, base)) {
            client.atEnd(() -> close(in));
            begin(ctx);
            var out = ctx.res().getOutputStream();
            for (int n = in.read(buffer); n >= 0 && client.isOpen(); n = in.read(buffer)) {
                out.write(buffer, 0, n);
                ctx.res().flushBuffer();
            }
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("another instance's event feed did not close: {}", e.toString());
        }
    }

    private static void begin(Context ctx) throws IOException {
        var response = ctx.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.getOutputStream().write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    private void write(Context ctx, EventHub.Client client) throws IOException, InterruptedException {
        var response = ctx.res();
        var out = response.getOutputStream();
        while (client.isOpen()) { // ends also when the server stops
            var event = client.next(HEARTBEAT_SECONDS);
            if (event == null) {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; event != null && client.isOpen(); i++) {
                send(out, event);
                event = i < BATCH ? client.nextNow() : null;
            }
            response.flushBuffer();
        }
    }

    private void send(OutputStream out, LiveEvent event) throws IOException {
        out.write(("event: " + event.kind().label + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(event.data(json));
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }
}

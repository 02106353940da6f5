package dev.gatecast.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/events}: writes a client's events to its connection as server-sent events. */
final class EventFeed {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final long HEARTBEAT_SECONDS = 10;
    private static final int BATCH = 256;

    private final EventHub hub;
    private final Json json;

    EventFeed(EventHub hub, Json json) {
        this.hub = hub;
        this.json = json;
    }

    /** Holds the request's thread until the client leaves, is dropped, or the server stops. */
    void serve(Context ctx) throws IOException, InterruptedException {
        var filter = EventFilter.parse(ctx.queryParams("types"), ctx.queryParams("entity"));
        var place = hub.open(filter);
        if (place.isEmpty()) {
            ctx.status(503).contentType("application/json");
            ctx.result(Json.bytes(Json.error("too many event feeds are open, or the server is stopping")));
            return;
        }
        var client = place.get();
        try {
            write(ctx, client);
        } catch (IOException e) {
            LOG.debug("a client left the event feed: {}", e.toString());
        } finally {
            hub.leave(client);
        }
    }

    private void write(Context ctx, EventHub.Client client) throws IOException, InterruptedException {
        var response = ctx.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        var out = response.getOutputStream();
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
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

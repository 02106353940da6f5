package dev.gatecast.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatecast.event.Alert;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API's read requests. */
final class Routes {
    private static final int MOST_ENTITIES = 1_000;
    private static final int SPARK_POINTS = 72;

    private final Board board;
    private final LiveView view;
    private final Status status;
    private final Json json;
    private final Peers peers;

    Routes(Board board, LiveView view, Status status, Json json) {
        this.board = board;
        this.view = view;
        this.status = status;
        this.json = json;
        this.peers = new Peers();
    }

    /** {@code ?search=TEXT&limit=N}: the entities kept, those with the newest alert first. */
    void entities(Context ctx) {
        var search = lower(ctx.queryParam("search"));
        int limit = limit(ctx, 200, MOST_ENTITIES);
        var found = board.tracks().stream()
                .map(track -> track.snapshot(SPARK_POINTS))
                .filter(track -> lower(track.entity()).contains(search))
                .sorted(Comparator.comparingLong(Routes::alertTime).reversed().thenComparing(Track.Snapshot::entity))
                .collect(Collectors.toList());
        var node = Json.object().put("kept", board.tracks().size()).put("matching", found.size());
        var list = node.putArray("entities");
        found.stream().limit(limit).forEach(track -> {
            var entity = json.summary(track);
            entity.set("points", json.points(track.points()));
            list.add(entity);
        });
        write(ctx, node);
    }

    void entity(Context ctx) {
        var name = ctx.pathParam("id");
        var track = board.track(name);
        if (track != null) {
            write(ctx, entity(track.snapshot(Track.CAPACITY)));
            return;
        }
        var owner = view.owner(name);
        if (!owner.known()) {
            fail(ctx, 503, "partitions are moving between instances; ask again in a moment");
        } else if (owner.elsewhere().isPresent() && ctx.header(Peers.ROUTED) == null) {
            peers.forward(ctx, owner.elsewhere().get());
        } else {
            stored(ctx, name);
        }
    }

    private void stored(Context ctx, String name) {
        var card = view.entity(name);
        if (card.isEmpty()) {
            fail(ctx, 404, "unknown entity: " + name);
            return;
        }
        var track = new Track(name);
        track.seed(card.get());
        write(ctx, entity(track.snapshot(Track.CAPACITY)));
    }

    private JsonNode entity(Track.Snapshot track) {
        var node = json.summary(track).put("rows", track.rows());
        node.put("stateAgeMillis", Math.max(0, board.streamTime() - track.time()));
        node.set("history", json.points(track.points()));
        var forecast = track.forecast();
        node.set("forecast", forecast == null ? null : json.forecast(forecast));
        var alert = track.alert();
        boolean open = alert != null && alert.phase() != Alert.Phase.CLOSE;
        node.set("openAlert", alert != null && open ? json.alert(alert) : null);
        var recent = node.putArray("alerts");
        board.alertLog().newest(100, track.entity()).forEach(each -> recent.add(json.alert(each)));
        return node;
    }

    void models(Context ctx) {
        var inUse = status.inUse();
        var activated = new HashSet<String>();
        var node = Json.object();
        var activations = node.putArray("activations");
        view.activations().forEach(card -> {
            activated.add(card.model());
            activations.add(Pulse.activation(card));
        });
        var models = node.putArray("models");
        for (var card : view.models()) {
            var model = models.addObject().put("id", card.id());
            model.put("inUse", inUse.map(use -> use.model().equals(card.id())).orElse(false));
            model.put("activated", activated.contains(card.id()));
            var lineage = model.putObject("lineage");
            card.lineage().forEach(lineage::put);
        }
        inUse.ifPresent(card -> node.set("inUse", Pulse.activation(card)));
        write(ctx, node);
    }

    void alerts(Context ctx) {
        var node = Json.object();
        var list = node.putArray("alerts");
        board.alertLog()
                .newest(limit(ctx, 100, AlertLog.CAPACITY), ctx.queryParam("entity"))
                .forEach(alert -> list.add(json.alert(alert)));
        write(ctx, node);
    }

    void status(Context ctx) {
        write(ctx, status.toJson());
    }

    void live(Context ctx) {
        var readiness = view.readiness();
        ctx.status(readiness.failed() ? 503 : 200);
        write(ctx, Json.object().put("live", !readiness.failed()).put("detail", readiness.detail()));
    }

    void ready(Context ctx) {
        ctx.status(view.readiness().ready() ? 200 : 503);
        write(ctx, status.readiness());
    }

    static void write(Context ctx, JsonNode node) {
        ctx.contentType("application/json").header("Cache-Control", "no-store");
        ctx.result(Json.bytes(node));
    }

    static void fail(Context ctx, int code, String message) {
        ctx.status(code);
        write(ctx, Json.error(message));
    }

    private static long alertTime(Track.Snapshot track) {
        var alert = track.alert();
        return alert == null ? Long.MIN_VALUE : alert.time();
    }

    private static int limit(Context ctx, int usual, int most) {
        var text = ctx.queryParam("limit");
        if (text == null) {
            return usual;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new BadRequestResponse("limit: expected a number from 1 to " + most + ", got " + text);
        }
        return Integer.parseInt(text);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}

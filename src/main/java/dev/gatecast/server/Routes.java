package dev.gatecast.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatecast.event.Alert;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The API's read requests. */
final class Routes {
    private static final int MOST_ENTITIES = 1_000;
    private static final int MOST_STORED = 50; // read from disk for one search
    private static final int SPARK_POINTS = 72;

    private final Board board;
    private final LiveView view;
    private final Status status;
    private final Json json;
    private final Peers peers;

    Routes(Board board, LiveView view, Status status, Json json, Peers peers) {
        this.board = board;
        this.view = view;
        this.status = status;
        this.json = json;
        this.peers = peers;
    }

    /**
     * {@code ?search=TEXT&limit=N}: the entities kept by all instances, those with the newest alert first; where a search
     * finds fewer than N of them, also some of those that only the state stores hold.
     */
    void entities(Context ctx) {
        var search = lower(ctx.queryParam("search"));
        int limit = limit(ctx, 200, MOST_ENTITIES);
        var kept = board.tracks().stream()
                .filter(track -> lower(track.entity()).contains(search))
                .map(track -> track.snapshot(SPARK_POINTS))
                .sorted(Comparator.comparingLong(Routes::lastAlert).reversed().thenComparing(Track.Snapshot::entity))
                .toList();
        var further = board.further().stream()
                .filter(name -> lower(name).contains(search))
                .sorted()
                .toList();
        var merged = new Merged(
                "entities", Comparator.comparingLong(Routes::alertTime).reversed());
        kept.stream().limit(limit).forEach(track -> merged.add(listed(track)));
        if (!search.isEmpty()) {
            further.stream()
                    .limit(Math.min(MOST_STORED, Math.max(0, limit - kept.size())))
                    .flatMap(name -> view.entity(name).stream())
                    .forEach(card -> merged.add(listed(seeded(card).snapshot(SPARK_POINTS))));
        }
        long seen = board.seen();
        long matching = kept.size() + further.size();
        for (var answer : others(ctx)) {
            merged.addAll(answer);
            seen += answer.path("kept").asLong();
            matching += answer.path("matching").asLong();
        }
        var node = Json.object().put("kept", seen).put("matching", matching);
        node.set("entities", merged.newestOfEach(limit));
        write(ctx, node);
    }

    private JsonNode listed(Track.Snapshot track) {
        var entity = json.summary(track);
        entity.set("points", json.points(track.points()));
        return entity;
    }

    private static Track seeded(LiveView.EntityCard card) {
        var track = new Track(card.entity());
        track.seed(card);
        return track;
    }

    /** One entity, from the instance that holds it. */
    void entity(Context ctx) {
        var name = ctx.pathParam("id");
        var owner = owner(ctx, name);
        var track = board.track(name);
        if (owner.elsewhere().isPresent()) {
            peers.forward(ctx, owner.elsewhere().get());
        } else if (track != null) {
            write(ctx, entity(track.snapshot(Track.CAPACITY)));
        } else if (!owner.known()) {
            fail(ctx, 503, "partitions are moving between instances; ask again in a moment");
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
        write(ctx, entity(seeded(card.get()).snapshot(Track.CAPACITY)));
    }

    /** {@code ?horizon=N}: which inputs moved an entity's latest forecast, from the instance that holds it. */
    void explanation(Context ctx) {
        var name = ctx.pathParam("id");
        var horizon = ctx.queryParamAsClass("horizon", Integer.class).getOrDefault(1);
        var owner = owner(ctx, name);
        if (owner.elsewhere().isPresent()) {
            peers.forward(ctx, owner.elsewhere().get());
            return;
        }
        view.explanation(name, horizon)
                .ifPresentOrElse(
                        card -> write(ctx, Json.explanation(name, card)),
                        () -> fail(ctx, 404, "no forecast to explain for entity: " + name));
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

    /** {@code ?entity=NAME&limit=N}: the newest changes of alerts of all instances, newest first. */
    void alerts(Context ctx) {
        int limit = limit(ctx, 100, AlertLog.CAPACITY);
        var merged = new Merged(
                "alerts", Comparator.comparingLong(each -> -each.path("time").asLong()));
        board.alertLog().newest(limit, ctx.queryParam("entity")).forEach(alert -> merged.add(json.alert(alert)));
        others(ctx).forEach(merged::addAll);
        var node = Json.object();
        node.set("alerts", merged.first(limit));
        write(ctx, node);
    }

    private List<JsonNode> others(Context ctx) {
        return Peers.wasRouted(ctx) ? List.of() : peers.ask(ctx, view.peers());
    }

    /** Where to ask for an entity: here if this request has come from another instance. */
    private LiveView.Owner owner(Context ctx, String entity) {
        return Peers.wasRouted(ctx) ? LiveView.Owner.here() : view.owner(entity);
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

    private static long lastAlert(Track.Snapshot track) {
        var alert = track.alert();
        return alert == null ? Long.MIN_VALUE : alert.time();
    }

    private static long alertTime(JsonNode entity) {
        return entity.path("alertTime").asLong(Long.MIN_VALUE);
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

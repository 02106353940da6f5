package dev.gatecast.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Four times a second tells the clients how things stand and what came of each entity: one event for however many
 * ticks there were. Also watches for a newly activated model.
 */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final long PERIOD_MILLIS = 250;
    private static final int TURN_EVERY = 8; // pulses: two seconds
    private static final int MOST_POINTS = 64;
    private static final int MOST_ENTITIES = 500;

    private final Board board;
    private final LiveView view;
    private final Status status;
    private final Json json;
    private final EventHub hub;
    private final ScheduledExecutorService timer;
    private long beats;
    private long lastSequence = -1;
    private boolean seeded;

    Pulse(Board board, LiveView view, Status status, Json json, EventHub hub) {
        this.board = board;
        this.view = view;
        this.status = status;
        this.json = json;
        this.hub = hub;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "http-pulse");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        timer.scheduleWithFixedDelay(this::beatOrWarn, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One pulse. */
    void beat() {
        beats++;
        if (beats % TURN_EVERY == 0) {
            board.latencies().turn();
        }
        status.measure();
        if (!seeded && view.readiness().restored()) {
            seeded = true;
            view.entities(board.capacity()).forEach(board::seed);
        }
        announceModel();
        var news = news();
        if (hub.size() > 0) {
            var node = status.toJson();
            node.set("changes", news);
            hub.publish(new LiveEvent.OfAll(LiveEvent.Kind.PULSE, node));
        }
    }

    private void beatOrWarn() {
        try {
            beat();
        } catch (RuntimeException e) {
            LOG.warn("the dashboard's pulse failed; it goes on", e);
        }
    }

    private void announceModel() {
        var inUse = status.inUse();
        long sequence = inUse.map(LiveView.ActivationCard::sequence).orElse(0L);
        if (sequence != lastSequence) {
            lastSequence = sequence;
            inUse.ifPresent(card -> hub.publish(new LiveEvent.OfAll(LiveEvent.Kind.MODEL, activation(card))));
        }
    }

    static ObjectNode activation(LiveView.ActivationCard card) {
        var node = Json.object()
                .put("model", card.model())
                .put("effectiveFrom", card.effectiveFrom())
                .put("sequence", card.sequence());
        return card.refused() ? node.put("refused", true) : node;
    }

    private ArrayNode news() {
        var changes = Json.array();
        for (var track : board.tracks()) {
            var news = track.news(MOST_POINTS);
            if (news != null && changes.size() < MOST_ENTITIES) {
                var node = json.summary(news);
                node.set("points", json.points(news.points()));
                changes.add(node);
            }
        }
        return changes;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

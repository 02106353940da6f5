package dev.gatecast.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How things stand: readiness, rate, latency, the model in use, errors. Thread-safe. */
final class Status {
    private static final double RATE_WEIGHT = 0.15; // of the newest pulse

    private final Board board;
    private final LiveView view;
    private final String series;
    private long measuredAt;
    private long measuredTicks;
    private double rate = Double.NaN;

    Status(Board board, LiveView view, String series) {
        this.board = board;
        this.view = view;
        this.series = series;
    }

    /** Takes the rate of ticks since the last call into the running one. */
    synchronized void measure() {
        long now = System.nanoTime();
        long ticks = board.ticks();
        if (measuredAt != 0 && now > measuredAt) {
            double newest = (ticks - measuredTicks) * 1e9 / (now - measuredAt);
            rate = Double.isNaN(rate) ? newest : rate + RATE_WEIGHT * (newest - rate);
        }
        measuredAt = now;
        measuredTicks = ticks;
    }

    synchronized double ticksPerSecond() {
        return rate;
    }

    /** How many activations have no effect. */
    long refused() {
        return view.activations().stream()
                .filter(LiveView.ActivationCard::refused)
                .count();
    }

    /** The newest activation whose time has come, of those that have an effect. */
    Optional<LiveView.ActivationCard> inUse() {
        long now = board.streamTime();
        return view.activations().stream()
                .filter(card -> card.effectiveFrom() <= now && !card.refused())
                .max(Comparator.comparingLong(LiveView.ActivationCard::sequence));
    }

    boolean isReady() {
        return view.readiness().ready();
    }

    ObjectNode toJson() {
        var node = Json.object().put("series", series);
        node.set("readiness", readiness());
        if (board.streamTime() != Long.MIN_VALUE) {
            node.put("streamTime", board.streamTime());
        }
        Json.number(node, "ticksPerSecond", ticksPerSecond());
        Json.number(node, "p50Millis", 1e3 * board.latencies().recent(0.5));
        Json.number(node, "p99Millis", 1e3 * board.latencies().recent(0.99));
        node.put("ticks", board.ticks());
        node.put("forecasts", board.forecasts());
        node.put("alerts", board.alerts());
        node.put("rejected", board.rejected());
        node.put("instances", 1 + view.peers().size());
        node.put("entities", board.seen());
        var activations = node.putArray("activations");
        view.activations().forEach(card -> activations.add(Pulse.activation(card)));
        inUse().ifPresent(card -> node.set("model", Pulse.activation(card)));
        node.set("errors", errors(board.accuracy().recent()));
        return node;
    }

    ObjectNode readiness() {
        var readiness = view.readiness();
        var missing = Json.array();
        addIf(missing, readiness.failed(), "topology: it has stopped");
        addIf(missing, !readiness.running(), "running: the topology is " + readiness.detail());
        addIf(missing, !readiness.restored(), "restored: state stores are being restored");
        addIf(missing, !readiness.modelActive(), "model: none is active yet");
        var node = Json.object()
                .put("ready", readiness.ready())
                .put("running", readiness.running())
                .put("restored", readiness.restored())
                .put("modelActive", readiness.modelActive())
                .put("detail", readiness.detail());
        node.set("missing", missing);
        return node;
    }

    private ArrayNode errors(List<HorizonError> errors) {
        var array = Json.array();
        for (int i = 0; i < errors.size(); i++) {
            var error = errors.get(i);
            var node = Json.object()
                    .put("from", error.from())
                    .put("to", error.to())
                    .put("count", error.count());
            Json.number(node, "mae", error.mae());
            Json.number(node, "last", error.naive().last());
            Json.number(node, "day", error.naive().day());
            Json.number(node, "week", error.naive().week());
            Json.number(node, "coverage", error.coverage());
            var days = node.putArray("days");
            for (var day : board.accuracy().days(i)) {
                var point = days.addObject().put("time", day.time());
                Json.number(point, "mae", day.mae());
                Json.number(point, "week", day.week());
                Json.number(point, "coverage", day.coverage());
            }
            array.add(node);
        }
        return array;
    }

    private static void addIf(ArrayNode list, boolean condition, String text) {
        if (condition) {
            list.add(text);
        }
    }
}

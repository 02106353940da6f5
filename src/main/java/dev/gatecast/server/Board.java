package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.topology.ForecastListener;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What has lately come by, in memory: counts, errors, latency, alerts, and the recent past of a bounded number of
 * entities. The topology's threads write to it, the server reads. Thread-safe.
 */
public final class Board implements ForecastListener {
    private static final int MOST_NAMES = 200_000;

    private final int capacity;
    private final ConcurrentHashMap<String, Track> tracks = new ConcurrentHashMap<>();
    private final Set<String> further = ConcurrentHashMap.newKeySet();
    private final AtomicLong streamTime = new AtomicLong(Long.MIN_VALUE);
    private final Accuracy accuracy = new Accuracy();
    private final Latency latency = new Latency();
    private final AlertLog alerts = new AlertLog();
    private final Counts counts = new Counts();
    private volatile Listener listener = Listener.NOBODY;

    /** Hears of everything that the board takes in, in the topology's threads. */
    interface Listener {
        /** Hears nothing. */
        Listener NOBODY = new Listener() {};

        default void onTick(Tick tick) {}

        default void onForecast(Forecast forecast) {}

        default void onAlert(Alert alert) {}
    }

    /** A board for at most {@code capacity} entities; of further ones the names are kept, 200,000 at most. */
    public Board(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes in a tick that advanced its entity, and what it led to.
     *
     * @param forecast the forecast made at it, or null
     * @param alert the change of an alert at it, or null
     * @param nanos time it took, nanoseconds
     */
    @Override
    public void advanced(Tick tick, @Nullable Forecast forecast, @Nullable Alert alert, long nanos) {
        latency.record(nanos);
        onTick(tick);
        if (forecast != null) {
            onForecast(forecast);
        }
        if (alert != null) {
            onAlert(alert);
        }
    }

    /** Counts a record that did not advance an entity. */
    @Override
    public void rejected(Rejection reason) {
        counts.rejected(reason).increment();
    }

    /** Takes in a tick that advanced its entity; what it led to comes after it, from the same thread. */
    void onTick(Tick tick) {
        counts.ticks.increment();
        if (tick.time() > streamTime.get()) {
            streamTime.accumulateAndGet(tick.time(), Math::max);
        }
        var track = admit(tick.entity(), false);
        if (track != null) {
            track.advance(tick, accuracy);
        }
        listener.onTick(tick);
    }

    /** Takes in the forecast made at its entity's last tick. */
    void onForecast(Forecast forecast) {
        counts.forecasts.increment();
        var track = tracks.get(forecast.entity());
        if (track != null) {
            track.take(forecast);
        }
        accuracy.follow(forecast.horizons());
        listener.onForecast(forecast);
    }

    /** Takes in the change of an alert at its entity's last tick. */
    void onAlert(Alert alert) {
        alerts.add(alert);
        if (alert.phase() == Alert.Phase.OPEN) {
            counts.alerts(alert.surprise().channel()).increment();
        }
        var track = admit(alert.entity(), true);
        if (track != null) {
            track.take(alert);
        }
        listener.onAlert(alert);
    }

    /** Errors and coverage by group of horizons since the start, over the entities kept. */
    public List<HorizonError> errors() {
        return accuracy.total();
    }

    /** Seconds that a share (0.5, 0.99) of all ticks stayed below; NaN without ticks. */
    public double latency(double share) {
        return latency.total(share);
    }

    /** Ticks that advanced an entity since the start. */
    public long ticks() {
        return counts.ticks.sum();
    }

    /** Forecasts made since the start. */
    public long forecasts() {
        return counts.forecasts.sum();
    }

    /** Alerts opened since the start. */
    public long alerts() {
        return counts.allAlerts();
    }

    /** Records rejected since the start. */
    public long rejected() {
        return counts.allRejected();
    }

    /** Newest event time seen, milliseconds since the epoch; Long.MIN_VALUE before the first tick. */
    public long streamTime() {
        return streamTime.get();
    }

    void seed(LiveView.EntityCard card) {
        var track = admit(card.entity(), false);
        if (track != null) {
            track.seed(card);
            streamTime.accumulateAndGet(card.time(), Math::max);
        }
    }

    int capacity() {
        return capacity;
    }

    void listen(Listener newListener) {
        listener = newListener;
    }

    @Nullable Track track(String entity) {
        return tracks.get(entity);
    }

    Collection<Track> tracks() {
        return tracks.values();
    }

    /** Names of entities that have come by and are not kept. */
    Set<String> further() {
        return further;
    }

    /** How many entities have come by. */
    int seen() {
        return tracks.size() + further.size();
    }

    Accuracy accuracy() {
        return accuracy;
    }

    Latency latencies() {
        return latency;
    }

    AlertLog alertLog() {
        return alerts;
    }

    Counts counts() {
        return counts;
    }

    /** The entity's track; null where the board is full. An entity with an alert takes the place of one without. */
    private @Nullable Track admit(String entity, boolean alerting) {
        var track = tracks.get(entity);
        if (track != null) {
            return track;
        }
        if (tracks.size() >= capacity && !alerting) {
            pass(entity);
            return null;
        }
        if (tracks.size() >= capacity) {
            tracks.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().alertTime()))
                    .ifPresent(entry -> {
                        tracks.remove(entry.getKey());
                        pass(entry.getKey());
                    });
        }
        further.remove(entity);
        return tracks.computeIfAbsent(entity, Track::new);
    }

    private void pass(String entity) {
        if (further.size() < MOST_NAMES) {
            further.add(entity);
        }
    }
}

package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the clients' queues and never waits: a client whose queue is full is dropped and counted; its browser
 * connects again and starts from the newest state. Thread-safe.
 */
final class EventHub implements Board.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private static final LiveEvent END = new LiveEvent.OfAll(LiveEvent.Kind.PULSE, "");

    private final int mostClients;
    private final int queueLength;
    private final LongAdder dropped;
    private final CopyOnWriteArrayList<Client> clients = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    EventHub(HttpSettings settings, LongAdder dropped) {
        this.mostClients = settings.clients();
        this.queueLength = settings.queue();
        this.dropped = dropped;
    }

    /** One open feed. */
    static final class Client {
        private final EventFilter filter;
        private final BlockingQueue<LiveEvent> queue;
        private volatile boolean open = true;
        private volatile Runnable atEnd = () -> {};

        Client(EventFilter filter, int queueLength) {
            this.filter = filter;
            this.queue = new ArrayBlockingQueue<>(queueLength);
        }

        boolean isOpen() {
            return open;
        }

        /** What to do when the feed ends, whoever ends it. */
        void atEnd(Runnable action) {
            atEnd = action;
        }

        /** The next event; null where none came in time. */
        @Nullable LiveEvent next(long seconds) throws InterruptedException {
            return queue.poll(seconds, TimeUnit.SECONDS);
        }

        /** The next event if there is one. */
        @Nullable LiveEvent nextNow() {
            return queue.poll();
        }
    }

    /** A feed for one client; empty where there are too many or the server stops. */
    synchronized Optional<Client> open(EventFilter filter) {
        if (closed || clients.size() >= mostClients) {
            return Optional.empty();
        }
        var client = new Client(filter, queueLength);
        clients.add(client);
        return Optional.of(client);
    }

    /** Ends a client's feed, also while it waits for an event. */
    void leave(Client client) {
        client.open = false;
        client.queue.offer(END);
        clients.remove(client);
        client.atEnd.run();
    }

    int size() {
        return clients.size();
    }

    void publish(LiveEvent event) {
        for (var client : clients) {
            if (client.filter.wants(event) && !client.queue.offer(event)) {
                leave(client);
                dropped.increment();
                LOG.warn("dropped a client of the event feed: {} events were waiting for it", queueLength);
            }
        }
    }

    @Override
    public void onTick(Tick tick) {
        if (!clients.isEmpty()) {
            publish(new LiveEvent.OfTick(tick));
        }
    }

    @Override
    public void onForecast(Forecast forecast) {
        if (!clients.isEmpty()) {
            publish(new LiveEvent.OfForecast(forecast));
        }
    }

    @Override
    public void onAlert(Alert alert) {
        if (!clients.isEmpty()) {
            publish(new LiveEvent.OfAlert(alert));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (var client : clients) {
            leave(client);
        }
    }
}

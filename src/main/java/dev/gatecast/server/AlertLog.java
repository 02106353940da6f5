package dev.gatecast.server;

import dev.gatecast.event.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest alert changes of all entities. Thread-safe. */
final class AlertLog {
    static final int CAPACITY = 1_000;

    private final Deque<Alert> alerts = new ArrayDeque<>();

    synchronized void add(Alert alert) {
        alerts.addLast(alert);
        if (alerts.size() > CAPACITY) {
            alerts.removeFirst();
        }
    }

    /** Newest first, of one entity or of all. */
    synchronized List<Alert> newest(int limit, @Nullable String entity) {
        var result = new ArrayList<Alert>();
        for (Iterator<Alert> it = alerts.descendingIterator(); it.hasNext() && result.size() < limit; ) {
            var alert = it.next();
            if (entity == null || entity.equals(alert.entity())) {
                result.add(alert);
            }
        }
        return result;
    }
}

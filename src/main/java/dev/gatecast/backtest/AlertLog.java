package dev.gatecast.backtest;

import dev.gatecast.event.Alert;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The alerts of a replay: all are counted, the first that opened are kept. */
final class AlertLog {
    private static final int KEPT = 10_000;

    private final Map<Alert.Phase, Long> phases = new EnumMap<>(Alert.Phase.class);
    private final Map<Alert.Channel, Long> channels = new EnumMap<>(Alert.Channel.class);
    private final List<Alert> opened = new ArrayList<>();
    private long openedInThePast;

    /**
     * Takes a change of an alert in.
     *
     * @param past whether its tick belongs to what may be trained on: then it is only counted if it opens
     */
    void add(Alert alert, boolean past) {
        var opens = alert.phase() == Alert.Phase.OPEN;
        if (past) {
            openedInThePast += opens ? 1 : 0;
            return;
        }
        phases.merge(alert.phase(), 1L, Long::sum);
        if (opens) {
            channels.merge(alert.surprise().channel(), 1L, Long::sum);
            if (opened.size() < KEPT) {
                opened.add(alert);
            }
        }
    }

    long count(Alert.Phase phase) {
        return phases.getOrDefault(phase, 0L);
    }

    /** How many opened by each channel; channels without any are absent. */
    Map<Alert.Channel, Long> channels() {
        return channels;
    }

    /** The first that opened, in the replay's order. */
    List<Alert> opened() {
        return opened;
    }

    long openedInThePast() {
        return openedInThePast;
    }
}

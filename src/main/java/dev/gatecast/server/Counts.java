package dev.gatecast.server;

import dev.gatecast.event.Alert;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start. Thread-safe. */
final class Counts {
    final LongAdder ticks = new LongAdder();
    final LongAdder forecasts = new LongAdder();
    final LongAdder droppedClients = new LongAdder();
    private final LongAdder[] alerts = adders(Alert.Channel.values().length);

    LongAdder alerts(Alert.Channel channel) {
        return alerts[channel.ordinal()];
    }

    long allAlerts() {
        long sum = 0;
        for (var adder : alerts) {
            sum += adder.sum();
        }
        return sum;
    }

    private static LongAdder[] adders(int length) {
        var adders = new LongAdder[length];
        for (int i = 0; i < length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}

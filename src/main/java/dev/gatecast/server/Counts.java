package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Rejection;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start. Thread-safe. */
final class Counts {
    final LongAdder ticks = new LongAdder();
    final LongAdder forecasts = new LongAdder();
    final LongAdder droppedClients = new LongAdder();
    private final LongAdder[] alerts = adders(Alert.Channel.values().length);
    private final LongAdder[] rejected = adders(Rejection.values().length);

    LongAdder alerts(Alert.Channel channel) {
        return alerts[channel.ordinal()];
    }

    LongAdder rejected(Rejection why) {
        return rejected[why.ordinal()];
    }

    long allAlerts() {
        return sum(alerts);
    }

    long allRejected() {
        return sum(rejected);
    }

    private static long sum(LongAdder[] adders) {
        long sum = 0;
        for (var adder : adders) {
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

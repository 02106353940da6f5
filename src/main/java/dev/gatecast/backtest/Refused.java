package dev.gatecast.backtest;

import dev.gatecast.event.Rejection;
import dev.gatecast.source.Rejections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that did not count, whoever refused it.
 *
 * @param bySource what could not become a tick
 * @param byForecaster ticks that did not advance their entity
 */
record Refused(Rejections bySource, Rejections byForecaster) {
    long total() {
        return bySource.total() + byForecaster.total();
    }

    /** By reason; reasons that did not occur are absent. */
    Map<Rejection, Long> counts() {
        var all = new EnumMap<Rejection, Long>(Rejection.class);
        bySource.counts().forEach((reason, count) -> all.merge(reason, count, Long::sum));
        byForecaster.counts().forEach((reason, count) -> all.merge(reason, count, Long::sum));
        return all;
    }

    /** The first few of each reason. */
    List<String> messages() {
        return Stream.concat(bySource.messages().stream(), byForecaster.messages().stream())
                .toList();
    }
}

package dev.gatecast.app;

import java.time.Instant;

/** The demo's dates, milliseconds since the epoch. */
final class DemoCalendar {
    /** End of the history that the first model is trained on; the stream begins here. */
    static final long STREAM = at("2001-05-01T00:00:00Z");

    /** When the trainer runs again, on all until here. */
    static final long RETRAIN = at("2001-05-16T00:00:00Z");

    /** The stream waits here for the second training, and what comes after is scored. */
    static final long SWAP = at("2001-06-01T00:00:00Z");

    /** End of the data. */
    static final long END = at("2001-07-01T00:00:00Z");

    /** The newest ticks of the data. */
    static final long LAST_HOUR = at("2001-06-30T23:00:00Z");

    private DemoCalendar() {}

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}

package dev.gatecast.trainer;

import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.Map;
import java.util.function.Predicate;

/** Where a training job reads ticks. One training at a time. */
public interface TickFeed {
    /**
     * All ticks, or bars of them, from the first to the newest there is now, those that are not trained on too. The caller
     * closes it.
     */
    TickSource history();

    /** Which ticks of the last {@link #history} are trained on. */
    Predicate<SourcedTick> wanted();

    /** What a clock takes of {@link #history}; it moves on with it. */
    default TickSource admitted(TickSource history, StreamClock<SourcedTick> clock) {
        return new InTime(history, clock);
    }

    /** The ticks that have come since {@link #history} was opened. The caller closes it. */
    TickSource since();

    /** Name to text: where the last {@link #history} came from, for the model's lineage. */
    Map<String, String> origin();
}

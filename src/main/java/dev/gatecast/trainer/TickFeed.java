package dev.gatecast.trainer;

import dev.gatecast.source.TickSource;
import java.util.Map;

/** Where a training job reads ticks. One training at a time. */
public interface TickFeed {
    /** All ticks to train on, from the first to the newest there is now. The caller closes it. */
    TickSource history();

    /** What has come since {@link #history} was opened. The caller closes it. */
    TickSource since();

    /** Name to text: where the last {@link #history} came from, for the model's lineage. */
    Map<String, String> origin();
}

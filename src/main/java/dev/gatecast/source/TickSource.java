package dev.gatecast.source;

import org.jspecify.annotations.Nullable;

/**
 * Ticks one after another, in order of time within each entity, to an end that is fixed when the source is opened. Not
 * thread-safe.
 */
public interface TickSource extends AutoCloseable {
    /** The names of the ticks' values, in their order. */
    Fields fields();

    /**
     * The next tick, or null after the last one. What cannot become a tick is counted in {@link #rejections()} and
     * passed over.
     *
     * @throws BadSource if the source as a whole cannot be used; the message says where and what was expected
     */
    @Nullable SourcedTick next();

    /** How much has been read, from 0 to 1; 1 only after the last tick. */
    double progress();

    /** What could not become a tick so far. */
    Rejections rejections();

    /** How many records could not become a tick so far. */
    default long rejected() {
        return rejections().total();
    }

    @Override
    void close();
}

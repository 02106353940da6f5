package dev.gatecast.source;

/** Ticks made of those of another open source, which is closed with them. */
public abstract class DerivedTicks implements TickSource {
    /** The other source. */
    protected final TickSource source;

    protected DerivedTicks(TickSource source) {
        this.source = source;
    }

    @Override
    public Fields fields() {
        return source.fields();
    }

    @Override
    public double progress() {
        return source.progress();
    }

    @Override
    public Rejections rejections() {
        return source.rejections();
    }

    @Override
    public void close() {
        source.close();
    }
}

package dev.gatecast.app;

import dev.gatecast.source.Rejections;
import dev.gatecast.source.TickSource;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sources, and says what the last one of them refused. Not thread-safe. */
final class RefusedRows implements Supplier<TickSource> {
    private final Supplier<TickSource> sources;
    private @Nullable TickSource last;

    RefusedRows(Supplier<TickSource> sources) {
        this.sources = sources;
    }

    @Override
    public TickSource get() {
        var opened = sources.get();
        last = opened;
        return opened;
    }

    /** As far as it was read; nothing where nothing was refused. */
    void say(PrintWriter err) {
        if (last != null) {
            say(last.rejections(), err);
        }
    }

    /** How many for each reason, and the first of them; nothing where there are none. */
    static void say(Rejections refused, PrintWriter err) {
        if (refused.total() > 0) {
            err.println("rejected: " + refused.counts());
            refused.messages().forEach(message -> err.println("  " + message));
        }
    }
}

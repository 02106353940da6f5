package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.EntityState;
import org.jspecify.annotations.Nullable;

/** An entity that is decoded in memory, with the last of what was emitted for it. Guarded by its store's lock. */
final class LiveEntity {
    final String entity;
    final byte[] key;
    final EntityState state;
    boolean dirty;

    /** Emitted since it was decoded; null before, also where an earlier process emitted some. */
    @Nullable Forecast forecast;

    @Nullable Alert alert;

    LiveEntity(String entity, byte[] key, EntityState state) {
        this.entity = entity;
        this.key = key;
        this.state = state;
    }
}

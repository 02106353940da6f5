package dev.gatecast.topology;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.EntityState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task's ticks into bars, which lie in the entities' states until the task's clock closes them. Which ticks a bar
 * holds depends on the order of the ticks alone: an entity's due bars are closed before it takes another tick, so those of
 * the others may be closed later, a number of them at a time.
 */
final class TaskBars {
    private final Bars bars;
    private final EntityStore entities;
    private final Supplier<EntityState> fresh;
    private @Nullable Tick closed;
    private @Nullable String late;

    /** @param fresh makes the state of an entity that has not been seen */
    TaskBars(Bars bars, EntityStore entities, Supplier<EntityState> fresh) {
        this.bars = bars;
        this.entities = entities;
        this.fresh = fresh;
    }

    /** Takes a tick into its bar, after the entity's due bars; the reason where it is late, else null. */
    @Nullable String add(Tick tick) {
        late = null;
        entities.update(tick.entity(), fresh, entity -> {
            late = bars.add(entity.state, tick);
            entities.due().put(entity.entity, bars.due(entity.state));
        });
        return late;
    }

    /** An entity with a bar that is due; null where there is none. */
    @Nullable String due() {
        return entities.due().first(entities.clock().time());
    }

    /** Takes the first due bar out of an entity's state; null where none is due. */
    @Nullable Tick close(String name) {
        closed = null;
        if (!entities.due().has(name, entities.clock().time())) {
            return null;
        }
        entities.update(name, fresh, entity -> {
            closed = bars.next(name, entity.state, entities.clock().time());
            entities.due().put(name, bars.due(entity.state));
        });
        return closed;
    }
}

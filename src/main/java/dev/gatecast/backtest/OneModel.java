package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * The same model, or none, for all ticks.
 *
 * @param governing the model; null for none
 */
record OneModel(@Nullable Governing governing) implements Models.Schedule {
    @Override
    public @Nullable Governing at(Tick tick) {
        return governing;
    }

    @Override
    public @Nullable Recipe recipe() {
        return governing == null ? null : governing.model().recipe();
    }
}

package dev.gatecast.backtest;

import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.SourcedTick;
import org.jspecify.annotations.Nullable;

/**
 * The same model, or none, for all ticks.
 *
 * @param governing the model; null for none
 */
record OneModel(@Nullable Governing governing) implements Models.Schedule {
    @Override
    public @Nullable Governing at(SourcedTick tick) {
        return governing;
    }

    @Override
    public @Nullable Recipe recipe() {
        return governing == null ? null : governing.model().recipe();
    }
}

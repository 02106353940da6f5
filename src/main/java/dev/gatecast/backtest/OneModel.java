package dev.gatecast.backtest;

import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.SourcedTick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same model, or none, for all ticks.
 *
 * @param governing the model; null for none
 * @param trained the same where it was trained here
 */
record OneModel(@Nullable Governing governing, List<Trained> trained) implements Models.Schedule {
    @Override
    public @Nullable Governing at(SourcedTick tick) {
        return governing;
    }

    @Override
    public @Nullable Recipe recipe() {
        return governing == null ? null : governing.model().recipe();
    }
}

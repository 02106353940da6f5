package dev.gatecast.backtest;

import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.SourcedTick;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every activation from its time on, as the live topology applied it. */
final class RecordedModels implements Models.Schedule {
    private final Models.Recorded recorded;
    private final Map<Long, Governing> bySequence = new HashMap<>();

    RecordedModels(Models.Recorded recorded) {
        this.recorded = recorded;
    }

    @Override
    public @Nullable Governing at(SourcedTick tick) {
        var activation = recorded.timeline().at(tick.tick().time());
        return activation == null ? null : governing(activation);
    }

    private Governing governing(Activation activation) {
        return bySequence.computeIfAbsent(
                activation.sequence(),
                sequence -> new Governing(recorded.byId().apply(activation.modelId()), sequence));
    }

    @Override
    public @Nullable Recipe recipe() {
        var all = recorded.timeline().all();
        return all.isEmpty() ? null : governing(all.get(0)).model().recipe();
    }
}

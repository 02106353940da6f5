package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.forecast.TickNames;
import dev.gatecast.source.SourcedTick;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every activation from its time on, as the live topology applied it: one whose model does not go with the ticks is none. */
final class RecordedModels implements Models.Schedule {
    private final Models.Recorded recorded;
    private final TickNames names;
    private final Map<Long, Optional<Governing>> bySequence = new HashMap<>();
    private boolean governs;

    RecordedModels(Models.Recorded recorded, TickNames names) {
        this.recorded = recorded;
        this.names = names;
    }

    @Override
    public @Nullable Governing at(SourcedTick tick) {
        long time = tick.tick().time();
        var activation = recorded.timeline().at(time);
        var governing = activation == null
                ? null
                : bySequence
                        .computeIfAbsent(activation.sequence(), sequence -> Optional.ofNullable(governing(time)))
                        .orElse(null);
        governs |= governing != null;
        return governing;
    }

    @Override
    public Optional<String> idle() {
        if (governs) {
            return Optional.empty();
        }
        var first = recorded.timeline().all().stream()
                .filter(activation -> usable(activation) != null)
                .min(Comparator.comparingLong(Activation::effectiveFrom));
        return Optional.of(
                first.map(activation -> "no activation governs any of the ticks: the first one takes effect at "
                                + Tick.text(activation.effectiveFrom())
                                + ", after them; judge later ticks, or one model on all of"
                                + " them (--models latest)")
                        .orElse("the model of no activation goes with these ticks"));
    }

    private @Nullable Governing governing(long time) {
        return Governing.of(recorded.timeline().until(time), this::usable);
    }

    private @Nullable Model usable(Activation activation) {
        var model = recorded.byId().apply(activation.modelId());
        return names.misfit(model).isEmpty() ? model : null;
    }

    @Override
    public List<Trained> trained() {
        return List.of();
    }

    @Override
    public @Nullable Recipe recipe() {
        for (var activation : recorded.timeline().all()) {
            var model = usable(activation);
            if (model != null) {
                return model.recipe();
            }
        }
        return null;
    }
}

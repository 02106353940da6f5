package dev.gatecast.backtest;

import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model trained again and again as time goes on, each time on the ticks that have come before, each used from that
 * time on. The first training is where the past ends, or a period after the first tick where no past is set.
 */
final class WalkForwardModels implements Models.Schedule {
    private final Models.WalkForward settings;
    private final History history;
    private final Predicate<SourcedTick> past;
    private final boolean hasPast;
    private final List<Use> uses = new ArrayList<>();
    private final List<Trained> trained = new ArrayList<>();
    private long next = Long.MIN_VALUE;

    /** From a time on, what governs. */
    private record Use(long from, Governing governing) {}

    WalkForwardModels(Models.WalkForward settings, Models.Past past) {
        this.settings = settings;
        this.past = past.is();
        hasPast = past.history() != null;
        history = History.empty(past.fields().get(), past.limits());
    }

    @Override
    public @Nullable Governing at(SourcedTick tick) {
        var time = tick.tick().time();
        if (next == Long.MIN_VALUE) {
            begin(tick, time);
        }
        if (next != Long.MIN_VALUE && time >= next) {
            refit(next);
            while (next <= time) {
                next = Math.addExact(next, settings.period());
            }
        }
        history.add(tick);
        return governing(time);
    }

    private void begin(SourcedTick tick, long time) {
        if (!hasPast) {
            next = Math.addExact(time, settings.period());
        } else if (!past.test(tick)) {
            next = time;
        }
    }

    private void refit(long from) {
        var last = uses.isEmpty() ? null : uses.get(uses.size() - 1).governing;
        var champion = Optional.ofNullable(last).map(Governing::model);
        settings.fit().fit(history, champion, from).ifPresent(one -> {
            trained.add(one);
            if (champion.isEmpty() || one.passed()) {
                use(from, one.model());
            }
        });
    }

    private void use(long from, Model model) {
        uses.add(new Use(from, new Governing(model, uses.size() + 1L)));
    }

    private @Nullable Governing governing(long time) {
        for (var i = uses.size() - 1; i >= 0; i--) {
            if (uses.get(i).from <= time) {
                return uses.get(i).governing;
            }
        }
        return null;
    }

    @Override
    public List<Trained> trained() {
        return trained;
    }

    @Override
    public @Nullable Recipe recipe() {
        return null;
    }
}

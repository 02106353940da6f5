package dev.gatecast.app;

import dev.gatecast.backtest.Fit;
import dev.gatecast.backtest.ModelChoice;
import dev.gatecast.backtest.Models;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.trainer.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds or makes the models that a backtest asks for. */
final class BacktestModels {
    private final GatecastConfig config;
    private final PrintWriter out;

    /**
     * A finder.
     *
     * @param out told how far a training is
     */
    BacktestModels(GatecastConfig config, PrintWriter out) {
        this.config = config;
        this.out = out;
    }

    /**
     * The models that a choice stands for.
     *
     * @throws UserError if there are none
     */
    Models chosen(ModelChoice choice) {
        if (choice instanceof ModelChoice.None) {
            return new Models.None();
        }
        if (choice instanceof ModelChoice.FromFile file) {
            return new Models.Pinned(ModelFile.read(file.file()));
        }
        try (var registry = Cluster.of(config).registry()) {
            return published(choice, registry);
        }
    }

    private static Models published(ModelChoice choice, ModelRegistry registry) {
        if (choice instanceof ModelChoice.Pinned pinned) {
            return new Models.Pinned(load(PublishedModels.find(pinned.id(), registry), registry));
        }
        var all = registry.history();
        if (all.isEmpty()) {
            throw new UserError("no model has been activated yet; train one with: gatecast train --once, or give"
                    + " --models file:FILE or --models none");
        }
        if (choice instanceof ModelChoice.Latest) {
            return new Models.Pinned(load(all.get(all.size() - 1).modelId(), registry));
        }
        var byId = new HashMap<String, Model>();
        all.forEach(activation -> byId.computeIfAbsent(activation.modelId(), id -> load(id, registry)));
        return new Models.Recorded(new ActivationTimeline(all), byId::get);
    }

    private static Model load(String id, ModelRegistry registry) {
        return registry.load(id)
                .orElseThrow(() -> new UserError("model " + id + " is activated but not on the models topic"));
    }

    /**
     * A model to be trained on what is before the cut.
     *
     * @param calendar whether ticks carry times, not row numbers
     * @param file where the model is written to; null: nowhere
     */
    Models trained(boolean calendar, @Nullable Path file) {
        Fit fit = past -> {
            try (var progress = new TrainProgress(out)) {
                var trainer = new Trainer(TrainSettings.trainer(config, calendar), InstantSource.system(), progress);
                var challenge = trainer.challenge(past, Optional.empty(), TrainSettings.origin());
                if (file != null) {
                    ModelFile.write(challenge.challenger(), file);
                }
                return challenge.challenger();
            }
        };
        return new Models.Fitted(fit);
    }
}

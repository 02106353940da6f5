package dev.gatecast.app;

import dev.gatecast.backtest.Fit;
import dev.gatecast.backtest.ModelChoice;
import dev.gatecast.backtest.Models;
import dev.gatecast.backtest.Rival;
import dev.gatecast.backtest.Trained;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.source.Cut;
import dev.gatecast.source.History;
import dev.gatecast.trainer.Challenge;
import dev.gatecast.trainer.Trainer;
import dev.gatecast.trainer.UnusableHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds or makes the models that a backtest asks for. */
final class BacktestModels {
    private static final int SHORT_ID = 12;

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
        if (choice instanceof ModelChoice.Pinned pinned) {
            PublishedModels.requireForm(pinned.id());
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

    /** A warning where a model is judged on what it was trained on, as far as its lineage tells. */
    static Optional<String> seen(Models models, @Nullable Cut cut) {
        if (!(models instanceof Models.Pinned pinned)) {
            return Optional.empty();
        }
        var until = pinned.model().lineage().entries().get("selected until");
        boolean after = cut instanceof Cut.AtTime at
                && until != null
                && !until.startsWith("row")
                && Instant.parse(until).toEpochMilli() <= at.time();
        return until == null || after || (cut != null && !(cut instanceof Cut.AtTime))
                ? Optional.empty()
                : Optional.of("the model was trained on ticks until " + until
                        + ": what is judged before that proves nothing; see --train-until and --from");
    }

    private static Model load(String id, ModelRegistry registry) {
        return registry.load(id)
                .orElseThrow(() -> new UserError("model " + id + " is activated but not on the models topic"));
    }

    /**
     * A model to judge beside the one in use.
     *
     * @throws UserError if the choice is not one model
     */
    Rival rival(String text) {
        if (chosen(ModelChoice.parse(text)) instanceof Models.Pinned pinned) {
            var file = text.startsWith("file:") ? Path.of(text.substring(5)).getFileName() : null;
            return new Rival(
                    file == null ? pinned.model().id().substring(0, SHORT_ID) : file.toString(), pinned.model());
        }
        throw new UserError("--contender=" + text + ": one model is expected: file:FILE, pinned:ID or latest");
    }

    /**
     * A model to be trained on what is before the cut.
     *
     * @param calendar whether ticks carry times, not row numbers
     * @param file where the model is written to; null: nowhere
     */
    Models trained(boolean calendar, @Nullable Path file) {
        Fit fit = past -> {
            var challenge = challenge(past, Optional.empty(), calendar);
            if (file != null) {
                ModelFile.write(challenge.challenger(), file);
            }
            return trained(challenge);
        };
        return new Models.Fitted(fit);
    }

    /**
     * A model to be trained anew every so often. The first is used whatever the gate says, a later one only if it beats
     * the one in use.
     *
     * @param period a duration, or a number where times are numbers
     * @param csv the files, if ticks come from files
     */
    Models walkForward(String period, CsvArguments csv) {
        if (csv.given() && !csv.inOrderOfTime()) {
            throw new UserError("walk-forward needs ticks in the order of their times: give --time");
        }
        boolean calendar = !csv.given() || csv.timed();
        return new Models.WalkForward(
                (past, champion, from) -> refit(past, champion, Times.text(from, calendar), calendar),
                Times.period("--models=walk-forward", period, calendar));
    }

    private static Trained trained(Challenge challenge) {
        var gate = challenge.gate();
        return new Trained(challenge.challenger(), gate.passed(), gate.finding());
    }

    private Optional<Trained> refit(History past, Optional<Model> champion, String from, boolean calendar) {
        try {
            var challenge = challenge(past, champion, calendar);
            boolean used = champion.isEmpty() || challenge.gate().passed();
            out.printf(
                    "from %s on: model %s %s%n",
                    from,
                    challenge.challenger().id().substring(0, SHORT_ID),
                    used ? "is used" : "does not beat the one in use");
            out.flush();
            return Optional.of(trained(challenge));
        } catch (UnusableHistory e) {
            out.printf("from %s on: no new model: %s%n", from, e.getMessage());
            out.flush();
            return Optional.empty();
        }
    }

    private Challenge challenge(History past, Optional<Model> champion, boolean calendar) {
        try (var progress = new TrainProgress(out)) {
            var trainer = new Trainer(TrainSettings.trainer(config, calendar), InstantSource.system(), progress);
            return trainer.challenge(past, champion, TrainSettings.origin());
        }
    }
}

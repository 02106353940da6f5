package dev.gatecast.trainer;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.forecast.TickNames;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.source.History;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes models of histories. The same history, champion, settings and seed give the same bytes, whatever the number of
 * threads, as long as no time limit is set. Threads may share one; each call uses threads of its own.
 */
public final class Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final TrainerSettings settings;
    private final InstantSource clock;
    private final Progress.Listener listener;
    private final ModelCodec codec = new ModelCodec();

    /**
     * A trainer.
     *
     * @param clock read only where a time limit is set
     * @param listener told how far it is
     */
    public Trainer(TrainerSettings settings, InstantSource clock, Progress.Listener listener) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
    }

    /** Is told how far it is. */
    Progress.Listener listener() {
        return listener;
    }

    /** As the other one, where a model may have any size. */
    public Challenge challenge(History history, Optional<Model> champion, Map<String, String> origin) {
        return challenge(history, champion, origin, bytes -> {});
    }

    /**
     * Trains a challenger on all but the latest part of a history, and judges it on what training has not seen.
     *
     * @param champion the model in use, if any: training starts from it where the shapes are equal, and it is judged
     *     beside the challenger; left out where it does not go with the history's fields
     * @param origin name to text: where the history comes from, for the model's lineage
     * @param room is asked, before any weight is trained, whether a model of at most so many bytes can be used; throws
     *     where it cannot
     * @throws UnusableHistory if there is too little in the history
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; it stays so
     */
    public Challenge challenge(
            History history, Optional<Model> champion, Map<String, String> origin, LongConsumer room) {
        var rival = champion.filter(model -> goesWith(history, model));
        var onGrid = FoundCadence.told(settings, history, rival);
        var data = TrainingData.of(history, onGrid.target(), settings.holdOut());
        var told = FoundSeasons.told(onGrid, data);
        if (data.guesses() && !told.target().equals(onGrid.target())) {
            data = TrainingData.of(history, told.target(), settings.holdOut()); // guessed by the seasons found
        }
        data = data.selectable(told.target(), settings.holdOut(), told.sizes().profile());
        room.accept(RecipeTraining.mostBytes(told, data));
        var targets = TickNames.split(history.fields().targets());
        var training = new RecipeTraining(told, clock, listener, bytes -> fits(room, bytes));
        var trained = new TargetTraining(told, training).train(data, targets, rival);
        var entries = lineage(data, rival, trained.figures(), origin);
        entries.put(
                "seasons",
                told.target().seasons().shorter() + ","
                        + told.target().seasons().longer());
        FoundCadence.misfit(onGrid.target(), history).ifPresent(text -> entries.put(FoundCadence.MISFIT, text));
        TickNames.text(history.fields().targets()).ifPresent(names -> entries.put(Lineage.TARGETS, names));
        var unjudged = named(trained, new Lineage(entries));
        var gate = new Gate(unjudged, rival.orElse(null), settings.holdOut()).judge(data, listener::before);
        record(gate, entries);
        return new Challenge(
                named(trained, new Lineage(entries)),
                gate,
                trained.chosen().map(Candidate::settings).orElse(new TreeMap<>()));
    }

    private Model named(TargetTraining.Trained trained, Lineage lineage) {
        return trained.targets().isEmpty()
                ? codec.name(trained.recipe(), lineage)
                : codec.name(trained.targets(), lineage);
    }

    private static boolean goesWith(History history, Model champion) {
        var fields = history.fields();
        var misfit = new TickNames(fields.targets(), new TickFields(fields.others())).misfit(champion);
        misfit.ifPresent(why -> LOG.warn("the champion {} is left out: {}", champion.id(), why));
        return misfit.isEmpty();
    }

    private static boolean fits(LongConsumer room, long bytes) {
        try {
            room.accept(bytes);
            return true;
        } catch (KafkaProblem e) {
            LOG.info("left out: {}", e.getMessage());
            return false;
        }
    }

    /** Every figure of the gate into the lineage and the log, where a line for each horizon is a detail. */
    private static void record(GateResult gate, SortedMap<String, String> entries) {
        record("gate", gate.lines(), Level.INFO, entries);
        record("gate horizon", gate.horizonLines(), Level.DEBUG, entries);
    }

    private static void record(String name, List<String> lines, Level level, SortedMap<String, String> entries) {
        int digits = String.valueOf(lines.size()).length();
        for (int i = 0; i < lines.size(); i++) {
            var numbered =
                    name + " " + "0".repeat(digits - String.valueOf(i + 1).length()) + (i + 1);
            entries.put(numbered, lines.get(i));
            LOG.atLevel(level).log("{}: {}", numbered, lines.get(i));
        }
    }

    private SortedMap<String, String> lineage(
            TrainingData data, Optional<Model> champion, Map<String, String> figures, Map<String, String> origin) {
        var entries = new TreeMap<>(origin);
        entries.putAll(figures);
        entries.put("fitted until", time(data.fitUntil()));
        entries.put("selected until", time(data.selectUntil()));
        champion.ifPresent(model -> entries.put("champion", model.id()));
        return entries;
    }

    private String time(long time) {
        return settings.target().calendar() ? Instant.ofEpochMilli(time).toString() : "row " + time;
    }
}

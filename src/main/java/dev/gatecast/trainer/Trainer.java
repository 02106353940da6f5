package dev.gatecast.trainer;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /**
     * Trains a challenger on all but the latest part of a history, and judges it on what training has not seen.
     *
     * @param champion the model in use, if any: training starts from it where the shapes are equal, and it is judged
     *     beside the challenger
     * @param origin name to text: where the history comes from, for the model's lineage
     * @throws UnusableHistory if there is too little in the history
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; it stays so
     */
    public Challenge challenge(History history, Optional<Model> champion, Map<String, String> origin) {
        var data = TrainingData.of(history, settings.target(), settings.holdOut());
        var told = Periods.told(settings, data);
        var trained = new RecipeTraining(told, clock, listener).train(data, champion.map(Model::recipe));
        var entries = lineage(data, champion, trained.figures(), origin);
        entries.put(
                "seasons",
                told.target().seasons().shorter() + ","
                        + told.target().seasons().longer());
        var unjudged = codec.name(trained.recipe(), new Lineage(entries));
        var gate = new Gate(unjudged, champion.orElse(null), settings.holdOut().margin()).judge(data);
        var lines = gate.lines();
        for (int i = 0; i < lines.size(); i++) {
            entries.put("gate " + (i + 1), lines.get(i));
            LOG.info("gate: {}", lines.get(i));
        }
        return new Challenge(codec.name(trained.recipe(), new Lineage(entries)), gate);
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

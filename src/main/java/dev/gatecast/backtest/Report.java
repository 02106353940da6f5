package dev.gatecast.backtest;

import dev.gatecast.event.Alert;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a backtest found. */
public final class Report {
    final BacktestSettings settings;
    final Counts counts;
    final Map<String, Long> models;
    final GateWord gate;
    final Used used;
    final AlertLog alerts;
    final Refused refused;
    private final Judgement judgement;

    Report(BacktestSettings settings, Counts counts, Used used, Judgement judgement, AlertLog alerts, Refused refused) {
        this.settings = settings;
        this.counts = counts;
        this.used = used;
        models = used.forecasts;
        gate = used.gate;
        this.judgement = judgement;
        this.alerts = alerts;
        this.refused = refused;
    }

    /**
     * How much there was.
     *
     * @param ticks read by the replay
     * @param pastTicks those of them before the cut
     * @param entities seen
     * @param judged forecasts of single horizons that met their actual values
     */
    public record Counts(long ticks, long pastTicks, long entities, long judged) {}

    /**
     * The models.
     *
     * @param forecasts made, by the model's id
     * @param gate what the trainer's gate says of those that were trained
     * @param idle why none governed any tick, where that needs a word
     * @param steps of an entity before forecasts of the first count; 0 where that is not known
     */
    record Used(Map<String, Long> forecasts, GateWord gate, Optional<String> idle, int steps) {
        static Used of(Map<String, Long> forecasts, Models.Schedule schedule) {
            var recipe = schedule.recipe();
            return new Used(
                    forecasts,
                    new GateWord(schedule.trained()),
                    schedule.idle(),
                    recipe == null
                            ? 0
                            : Math.max(recipe.warmUp(), recipe.spec().windows().profile()));
        }
    }

    /** How much there was. */
    public Counts counts() {
        return counts;
    }

    /** How the model and the contenders did. */
    public Judgement judgement() {
        return judgement;
    }

    /** Forecasts made, by the model's id; before the cut too. */
    public Map<String, Long> models() {
        return Map.copyOf(models);
    }

    /** The first ten thousand alerts that opened after the cut. */
    public List<Alert> alerts() {
        return List.copyOf(alerts.opened());
    }

    /** Records and ticks that did not count. */
    public long rejected() {
        return refused.total();
    }

    /** The report as text tables. */
    public String text() {
        return new ReportText(this).toString();
    }

    void write(Path folder) {
        ReportJson.write(this, folder.resolve("report.json"));
        ReportEntities.write(judgement, folder.resolve("entities.csv"));
        ReportHtml.write(this, folder.resolve("report.html"));
    }
}

package dev.gatecast.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the trainer's gate says of the models that were trained for a backtest. The first is used whatever it says. */
final class GateWord {
    private final List<Trained> trained;

    /** @param trained in the order of their times */
    GateWord(List<Trained> trained) {
        this.trained = List.copyOf(trained);
    }

    /** In one line; empty where nothing was trained. */
    Optional<String> text() {
        if (trained.isEmpty()) {
            return Optional.empty();
        }
        var first = trained.get(0);
        if (trained.size() == 1) {
            return Optional.of(
                    "the gate would " + (first.passed() ? "" : "not ") + "use this model: " + first.finding());
        }
        var refused = trained.stream().filter(one -> !one.passed()).count();
        var most = String.format(
                Locale.ROOT, "%,d of %,d trained models would not pass the gate", refused, trained.size());
        return Optional.of(
                first.passed() ? most : most + "; the first, which is used all the same, does not: " + first.finding());
    }

    /** The line, and model by model. {@code report} Modified. */
    void into(ObjectNode report) {
        text().ifPresent(text -> {
            var gate = report.putObject("gate").put("text", text);
            var models = gate.putArray("models");
            for (var i = 0; i < trained.size(); i++) {
                var one = trained.get(i);
                models.addObject()
                        .put("model", one.model().id())
                        .put("passed", one.passed())
                        .put("used", i == 0 || one.passed())
                        .put("finding", one.finding());
            }
        });
    }
}

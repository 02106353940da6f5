package dev.gatecast.app;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What keys demand of one another. */
final class ConfigRules {
    private static final List<String> TOPICS = List.of(
            "topics.ticks",
            "topics.forecasts",
            "topics.alerts",
            "topics.dead-letters",
            "topics.models",
            "topics.activations");

    private ConfigRules() {}

    /** One line for each broken rule. */
    static List<String> broken(GatecastConfig config) {
        var problems = new ArrayList<String>();
        targetsAreFields(config, problems);
        topicsDiffer(config, problems);
        timesAreInOrder(config, problems);
        limitsAreInOrder(config, problems);
        return problems;
    }

    private static void targetsAreFields(GatecastConfig config, List<String> problems) {
        config.list("ticks.targets").stream()
                .filter(target -> !config.list("ticks.fields").contains(target))
                .forEach(target -> problems.add("ticks.targets: " + target + " is not one of ticks.fields="
                        + String.join(",", config.list("ticks.fields"))));
    }

    private static void topicsDiffer(GatecastConfig config, List<String> problems) {
        var owner = new TreeMap<String, String>();
        for (var key : TOPICS) {
            var other = owner.putIfAbsent(config.text(key), key);
            if (other != null) {
                problems.add(key + " and " + other + " are both " + config.text(key) + "; each needs its own topic");
            }
        }
    }

    private static void limitsAreInOrder(GatecastConfig config, List<String> problems) {
        var least = config.text("forecast.least");
        var most = config.text("forecast.most");
        if (!least.isEmpty() && !most.isEmpty() && Double.parseDouble(least) > Double.parseDouble(most)) {
            problems.add("forecast.least=" + least + " is above forecast.most=" + most);
        }
    }

    private static void timesAreInOrder(GatecastConfig config, List<String> problems) {
        var from = config.time("train.from");
        var to = config.time("train.to");
        if (from.isPresent() && to.isPresent() && from.getAsLong() >= to.getAsLong()) {
            problems.add(
                    "train.from=" + config.text("train.from") + " is not before train.to=" + config.text("train.to"));
        }
    }
}

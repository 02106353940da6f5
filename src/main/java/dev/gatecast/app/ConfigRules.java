package dev.gatecast.app;

import dev.gatecast.feature.Future;
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
        futureIsOfFields(config, problems);
        topicsDiffer(config, problems);
        timesAreInOrder(config, problems);
        limitsAreInOrder(config, problems);
        barsHaveALength(config, problems);
        startIsLearnedOrCarried(config, problems);
        avroIsReadInOneWay(config, problems);
        directionsAreInOrder(config, problems);
        return problems;
    }

    private static void targetsAreFields(GatecastConfig config, List<String> problems) {
        config.list("ticks.targets").stream()
                .filter(target -> !config.list("ticks.fields").contains(target))
                .forEach(target -> problems.add("ticks.targets: " + target + " is not one of ticks.fields="
                        + String.join(",", config.list("ticks.fields"))));
    }

    private static void futureIsOfFields(GatecastConfig config, List<String> problems) {
        var fields = config.list("ticks.fields");
        var targets = config.list("ticks.targets");
        for (var field : config.list("ticks.future")) {
            if (!fields.contains(field)) {
                problems.add("ticks.future: " + field + " is not one of ticks.fields=" + String.join(",", fields));
            } else if (targets.isEmpty() ? fields.indexOf(field) == 0 : targets.contains(field)) {
                problems.add("ticks.future: " + field + " is a target, which is to be forecast");
            }
        }
        int coming = config.list("ticks.future").size();
        if (!Future.fits(coming, config.whole("horizon"))) {
            problems.add("ticks.future: " + coming + " fields at horizon=" + config.whole("horizon") + " are more than "
                    + Future.MOST + " inputs, 2 a step and 1 of each field");
        }
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

    private static void avroIsReadInOneWay(GatecastConfig config, List<String> problems) {
        var schema = !config.list("ticks.avro.schema").isEmpty();
        var registry = !config.text("ticks.avro.registry").isEmpty();
        if (schema && registry) {
            problems.add("ticks.avro.schema and ticks.avro.registry: only one of them can say how Avro is read");
        }
        if ((schema || registry) && !config.text("ticks.format").equals("avro")) {
            problems.add((schema ? "ticks.avro.schema" : "ticks.avro.registry") + " is for ticks.format=avro, not for "
                    + config.text("ticks.format"));
        }
    }

    private static void limitsAreInOrder(GatecastConfig config, List<String> problems) {
        var least = config.text("forecast.least");
        var most = config.text("forecast.most");
        if (!least.isEmpty() && !most.isEmpty() && Double.parseDouble(least) > Double.parseDouble(most)) {
            problems.add("forecast.least=" + least + " is above forecast.most=" + most);
        }
    }

    private static void barsHaveALength(GatecastConfig config, List<String> problems) {
        if (BarSettings.wanted(config) && config.cadence() == 0) {
            problems.add(
                    "bars=" + String.join(",", config.list("bars")) + " need a length: give cadence, such as PT1H");
        }
    }

    private static void startIsLearnedOrCarried(GatecastConfig config, List<String> problems) {
        if (config.text("train.state").equals("carried")
                && config.text("train.start").equals("learned")) {
            problems.add("train.start=learned does not go with train.state=carried, which leaves few windows to learn a"
                    + " start from");
        }
    }

    private static void directionsAreInOrder(GatecastConfig config, List<String> problems) {
        var down = config.real("train.direction.down");
        var up = config.real("train.direction.up");
        if (down > up) {
            problems.add("train.direction.down=" + down + " is above train.direction.up=" + up);
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

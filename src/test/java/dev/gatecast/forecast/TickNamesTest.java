package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Models;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TickNamesTest {
    private static Optional<String> misfit(Model model, List<String> targets, String... others) {
        return new TickNames(targets, new TickFields(List.of(others))).misfit(model);
    }

    private static Model trainedOn(List<String> targets) {
        var like = Models.random(1);
        var entries = new TreeMap<String, String>();
        TickNames.text(targets).ifPresent(text -> entries.put(Lineage.TARGETS, text));
        return new Model(like.id(), like.fingerprint(), like.recipe(), new Lineage(entries));
    }

    @Test
    void everyTargetHasToBeOneThatTheModelWasTrainedOn() {
        var model = trainedOn(List.of("load", "heat"));
        assertEquals(Map.of("targets", "load|heat"), model.lineage().entries());
        assertEquals(Optional.empty(), misfit(model, List.of("heat")));
        assertEquals(Optional.empty(), misfit(model, List.of("heat", "load"), "wind"));
        assertEquals(Optional.empty(), misfit(model, List.of("load|heat")), "two under one name");
        assertEquals(
                Optional.of("it was trained to forecast [load, heat], the ticks have [load, rain]"),
                misfit(model, List.of("load", "rain")));
    }

    @Test
    void aModelWithARecipeForEachTargetNeedsSeriesOfTargets() {
        var entries = new TreeMap<>(Map.of(Lineage.TARGETS, "heat|load"));
        var recipes = new TreeMap<>(Map.of(
                "heat",
                Models.random(1).recipe(),
                "load",
                Models.withContext(2, Models.fields("wind")).recipe()));
        var model = Model.ofTargets("id", 1, recipes, new Lineage(entries));
        assertEquals(Optional.empty(), misfit(model, List.of("load", "heat"), "wind"));
        assertEquals(
                Optional.of("it has a recipe for each of [heat, load], the ticks have [heat] alone"),
                misfit(model, List.of("heat"), "wind"));
        assertTrue(misfit(model, List.of("load", "heat"), "rain")
                .orElse("")
                .startsWith("the model needs the field wind of the ticks"));
    }

    @Test
    void aTargetWithoutANameGoesWithEveryModel() {
        assertEquals(Optional.empty(), TickNames.text(List.of("value")));
        assertEquals(Optional.empty(), misfit(trainedOn(List.of("value")), List.of("load")));
        assertEquals(Optional.empty(), misfit(trainedOn(List.of("load")), List.of("value")));
        assertEquals(Optional.empty(), misfit(Models.random(1), List.of("load")), "a model from elsewhere");
    }

    @Test
    void everyFieldThatTheModelSeesHasToBeThere() {
        var model = Models.withContext(1, Models.fields("wind", "time since the last tick"));
        assertEquals(Optional.empty(), misfit(model, List.of("load"), "rain", "wind"));
        assertEquals(
                Optional.of("the model needs the field wind of the ticks, whose fields beside the target are [rain,"
                        + " time since the last tick]"),
                misfit(model, List.of("load"), "rain"));
    }
}

package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.support.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of other ticks is refused by name, and the one before it stays in use. */
class RefusedModelTest {
    private static final TickFormat LOAD = TickFormat.of(TickFormat.Kind.JSON, List.of("load", "wind"));

    @TempDir
    private Path stateDir = Path.of("");

    private Rig rig() {
        return new Rig(Rig.settings(stateDir), Formats.of(LOAD, Format.AVRO), parts -> parts);
    }

    private static Model trainedOn(String targets, Model like) {
        return new ModelCodec().name(like.recipe(), new Lineage(new TreeMap<>(Map.of(Lineage.TARGETS, targets))));
    }

    private static void ticks(Rig rig, int from, int to) {
        for (int hour = from; hour < to; hour++) {
            rig.tick(
                    Rig.bytes("a"),
                    Rig.bytes("{\"load\": " + Rig.wave(0, hour) + ", \"wind\": 3}"),
                    START + hour * HOUR);
        }
    }

    private static List<String> models(Rig rig) {
        return rig.forecasts().stream()
                .map(forecast -> forecast.stamp().model())
                .toList();
    }

    private void requireRefused(Model other) {
        var good = trainedOn("load", Models.random(1));
        var next = trainedOn("heat|load", Models.random(2));
        try (var rig = rig()) {
            List.of(good, other, next).forEach(rig::publish);
            rig.activate(good, START, 1);
            rig.activate(other, START + 2 * HOUR, 2);
            ticks(rig, 0, 4);
            assertEquals(List.of(good.id(), good.id(), good.id(), good.id()), models(rig));
            assertEquals(1, rig.parts.library().active().orElseThrow().sequence());
            assertTrue(rig.parts.library().refused(new Activation(other.id(), START + 2 * HOUR, 2, "")));
            assertFalse(rig.parts.library().refused(new Activation(good.id(), START, 1, "")));
            rig.activate(next, START + 5 * HOUR, 3);
            ticks(rig, 4, 6);
            assertEquals(List.of(good.id(), next.id()), models(rig), "a later model is used as ever");
        }
    }

    @Test
    void aModelOfAnotherTargetIsRefused() {
        requireRefused(trainedOn("heat", Models.random(3)));
    }

    @Test
    void aModelThatSeesAFieldThatTheTicksLackIsRefused() {
        requireRefused(trainedOn("load", Models.withContext(3, Models.fields("wind", "rain"))));
    }

    @Test
    void aModelThatSeesAFieldOfTheTicksIsUsed() {
        var model = trainedOn("load", Models.withContext(3, Models.fields("wind")));
        try (var rig = rig()) {
            rig.publish(model);
            rig.activate(model, START, 1);
            ticks(rig, 0, 1);
            assertEquals(List.of(model.id()), models(rig));
        }
    }

    @Test
    void withoutAnotherModelThereAreNoForecasts() {
        var model = trainedOn("heat", Models.random(3));
        try (var rig = rig()) {
            rig.publish(model);
            rig.activate(model, START, 1);
            ticks(rig, 0, 3);
            assertEquals(List.of(), models(rig));
            assertEquals(3, rig.parts.metrics().ticks());
            assertTrue(rig.parts.library().active().isEmpty(), "not ready");
        }
    }
}

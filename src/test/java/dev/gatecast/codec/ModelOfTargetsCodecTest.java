package dev.gatecast.codec;

import static dev.gatecast.codec.ModelCodecTest.assertAlike;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gatecast.forecast.Lineage;
import dev.gatecast.support.Models;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelOfTargetsCodecTest {
    private static final ModelCodec CODEC = new ModelCodec();
    private static final Lineage LINEAGE = new Lineage(new TreeMap<>(Map.of("seed", "17", "topic", "ticks \u00e9")));

    @Test
    void aRecipeForEachTargetIsKept() throws UndecodableException {
        var heat = Models.random(1).recipe();
        var load = Models.withContext(2, Models.fields("wind")).recipe();
        var model = CODEC.name(new TreeMap<>(Map.of("load", load, "heat", heat)), LINEAGE);
        var read = CODEC.decode(CODEC.encode(model));
        assertEquals(model.id(), read.id());
        assertEquals(model.fingerprint(), read.fingerprint());
        assertEquals(Set.of("heat", "load"), read.recipes().keySet());
        assertAlike(heat, read.recipe());
        assertAlike(heat, read.of("a/heat").recipe());
        assertAlike(load, read.of("a/load").recipe());
        assertEquals(load.spec(), read.of("a/load").recipe().spec());
        assertNotEquals(CODEC.name(heat, LINEAGE).fingerprint(), model.fingerprint());
        assertNotEquals(
                CODEC.name(new TreeMap<>(Map.of("load", heat, "heat", heat)), LINEAGE)
                        .fingerprint(),
                model.fingerprint());
    }
}

package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Transform;
import dev.gatecast.support.Models;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ModelChangeTest extends OneEntity {
    @Test
    void aModelThatNeedsAFieldThatTheTicksLackIsRefused() {
        var governing = new Governing(Models.withContext(1, Models.fields("load")), 1);
        var error =
                assertThrows(UnfitModel.class, () -> forecaster.advance(forecaster.newState(), tick(0, 1), governing));
        assertTrue(error.getMessage().contains("needs the field load"), error.getMessage());
    }

    @Test
    void aNewModelReplaysTheRingFromZero() {
        var first = new Governing(Models.random(1), 1);
        var second = new Governing(Models.random(2), 2);
        var switched = runTo(300, first);
        forecaster.advance(switched, tick(300, 31), second);

        var fresh = forecaster.newState();
        var values = switched.recentValues();
        int from = values.length - Models.spec(Transform.SQRT).windows().ring();
        for (int i = from; i < values.length; i++) {
            forecaster.advance(fresh, tick(300 - values.length + 1 + i, values[i]), second);
        }
        assertArrayEquals(fresh.hidden, switched.hidden);
        assertEquals(2, switched.sequence);
    }

    @Test
    void anEqualModelChangesNothing() {
        var model = Models.random(1);
        var twin = new Model("ab".repeat(32), model.fingerprint(), model.recipe(), model.lineage());
        var kept = runTo(200, new Governing(model, 1));
        var swapped = runTo(200, new Governing(model, 1));
        var expected = copy(
                forecaster.advance(kept, tick(200, 40), new Governing(model, 1)).forecast());
        var outcome = forecaster.advance(swapped, tick(200, 40), new Governing(twin, 2));
        assertArrayEquals(expected, copy(outcome.forecast()));
        assertEquals("ab".repeat(32), outcome.forecast().stamp().model());
        assertFalse(outcome.forecast().stamp().warming());
    }

    @Test
    void anEntityNeverGoesBackToAnOlderActivation() {
        var model = Models.random(1);
        var state = runTo(10, new Governing(model, 2));
        var before = bits(state);
        assertThrows(
                IllegalStateException.class, () -> forecaster.advance(state, tick(10, 1), new Governing(model, 1)));
        assertEquals(before, bits(state));
    }

    @Test
    void anotherModelForecastsOtherwise() {
        var one = runTo(200, new Governing(Models.random(1), 1));
        var two = runTo(200, new Governing(Models.random(2), 1));
        assertNotEquals(list(one.hidden), list(two.hidden));
    }
}

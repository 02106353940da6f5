package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Alert;
import dev.gatecast.support.Models;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ForecastAlertTest extends OneEntity {
    @Test
    void aShiftRaisesAnAlertWithWhatWasExpected() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(400, governing);
        var outcome = forecaster.advance(state, tick(400, 500), governing);
        var alert = outcome.alert();
        assertNotNull(alert);
        assertEquals(Alert.Phase.OPEN, alert.phase());
        assertEquals(400 * Models.HOUR, alert.episode().openedAt());
        assertEquals(500, alert.evidence().value());
        assertTrue(alert.evidence().lower() <= alert.evidence().expected());
        assertTrue(alert.evidence().expected() <= alert.evidence().upper());
    }

    @Test
    void anAlertThatOpensNamesWhatMovedTheForecastItLeft() {
        var model = Models.random(1);
        var governing = new Governing(model, 1);
        var state = runTo(400, governing);
        var recent = state.recent();
        var expected = state.expectation.median;
        var alert = forecaster.advance(state, tick(400, 500), governing).alert();
        assertNotNull(alert);
        var explained = new Explainer(model).explain(recent, 1);
        assertEquals(expected, explained.forecast(), 1e-3 * Math.abs(expected), "of the forecast that the tick left");
        assertTrue(Math.abs(explained.rest())
                <= 0.01 * Math.abs(explained.drivers().get(0).effect()));
        var drivers = alert.episode().drivers();
        assertEquals(3, drivers.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(explained.drivers().get(i).name(), drivers.get(i).input());
            assertEquals(explained.drivers().get(i).effect(), drivers.get(i).effect());
        }
    }

    @Test
    void onlyOpeningAlertsHaveDriversAndOnlyWhereTheyAreAskedForAndThereWasAForecast() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(400, governing);
        var phases = new ArrayList<Alert.Phase>();
        for (int t = 400; t < 600; t++) {
            var alert = forecaster
                    .advance(state, tick(t, t < 430 ? 500 + 40 * t : 30), governing)
                    .alert();
            if (alert != null) {
                phases.add(alert.phase());
                assertEquals(
                        alert.phase() == Alert.Phase.OPEN,
                        !alert.episode().drivers().isEmpty());
            }
        }
        assertTrue(phases.containsAll(List.of(Alert.Phase.OPEN, Alert.Phase.CLOSE)), phases.toString());
        var output = ForecasterSettings.Output.DEFAULT;
        var without = new Forecaster(new ForecasterSettings(
                336,
                1,
                1e30,
                3,
                new ForecasterSettings.Output(output.widthPace(), output.least(), output.most(), false, 0, false),
                ForecasterSettings.DEFAULT.detector()));
        var none = without.advance(runTo(400, governing), tick(400, 500), governing)
                .alert();
        assertEquals(List.of(), none.episode().drivers());
        var bare = forecaster.advance(runTo(400, null), tick(400, 500), null).alert();
        assertEquals(List.of(), bare.episode().drivers());
        var swapped = forecaster.advance(runTo(400, governing), tick(400, 500), new Governing(Models.random(2), 2));
        assertEquals(List.of(), swapped.alert().episode().drivers());
    }
}

package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatecast.event.Tick;
import dev.gatecast.support.Models;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoverningTest {
    private static final Model FIRST = Models.random(1);
    private static final Model SECOND = Models.random(2);
    private static final ActivationTimeline TIMELINE = new ActivationTimeline(
            List.of(new Activation(FIRST.id(), 100, 1, ""), new Activation(SECOND.id(), 200, 2, FIRST.id())));

    private static @Nullable Governing governing(long time, List<Model> usable) {
        return Governing.of(TIMELINE.until(time), activation -> usable.stream()
                .filter(model -> model.id().equals(activation.modelId()))
                .findFirst()
                .orElse(null));
    }

    @Test
    void theNewestModelThatGoesWithTheTicksGoverns() {
        assertNull(governing(99, List.of(FIRST, SECOND)));
        assertEquals(new Governing(FIRST, 1), governing(199, List.of(FIRST, SECOND)));
        assertEquals(new Governing(SECOND, 2), governing(200, List.of(FIRST, SECOND)));
        assertEquals(new Governing(FIRST, 2), governing(200, List.of(FIRST)));
        assertNull(governing(199, List.of(SECOND)));
    }

    @Test
    void anEntityThatHasUsedALaterModelGoesOnWithAnEarlierOneOnceThatIsRefused() {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        for (int t = 0; t < 3; t++) {
            var used = governing(200, t < 2 ? List.of(FIRST, SECOND) : List.of(FIRST));
            var forecast = forecaster
                    .advance(state, new Tick("a", 200 + t * Models.HOUR, new double[] {t}), used)
                    .forecast();
            assertNotNull(forecast);
            assertEquals(t < 2 ? SECOND.id() : FIRST.id(), forecast.stamp().model());
        }
    }
}

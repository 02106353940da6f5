package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Model;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says where no recorded activation governs a tick. */
class IdleModelsTest extends WaveBacktest {
    private String text(Model model, int... rows) throws IOException {
        var timeline = new ActivationTimeline();
        for (var i = 0; i < rows.length; i++) {
            timeline.add(new Activation(model.id(), START + rows[i] * HOUR, i + 1, ""));
        }
        return run(settings(null, "out", false), wide("w.csv", waves(1)), new Models.Recorded(timeline, id -> model))
                .text();
    }

    @Test
    void theFirstActivationIsNamedWhereItComesAfterAllTicks() throws IOException {
        var text = text(MODEL, 300, 400);
        assertTrue(
                text.contains(
                        "nothing was judged: no activation governs any of the ticks: the first one takes effect at "
                                + time(300)),
                text);
        assertFalse(text.contains("see cadence"), text);
    }

    @Test
    void modelsThatDoNotGoWithTheTicksAreNamed() throws IOException {
        var other = dev.gatecast.support.Models.withContext(2, dev.gatecast.support.Models.fields("wind"));
        var text = text(other, 20);
        assertTrue(text.contains("nothing was judged: the model of no activation goes with these ticks"), text);
    }

    @Test
    void nothingIsSaidOfThemWhereOneGoverns() throws IOException {
        for (var text : List.of(text(MODEL, 0), text(MODEL, ROWS - 1))) {
            assertFalse(text.contains("no activation"), text);
        }
    }
}

package dev.gatecast.trainer;

import static dev.gatecast.feature.Transform.IDENTITY;
import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Tick;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static final Target ROWS =
            new Target(24, Target.DEFAULT.levels(), new Seasons(24, 24), 1, false, Optional.empty());

    /** 100 rows of one entity and 24 of the other select: four times 24 and once. */
    @Test
    void countsForecastsThatTellSomethingOfTheirOwn() {
        var all = TrainerSettings.DEFAULT;
        var settings = new TrainerSettings(ROWS, all.sizes(), all.batches(), all.descent(), all.holdOut(), all.run());
        var history = new Histories()
                .with("long", 1000, wave(10, 2, 1))
                .with("short", 280, wave(10, 2, 2))
                .history();
        var data = TrainingData.of(history, ROWS, settings.holdOut());
        var selection = new Selection(Prepared.of(data, settings, IDENTITY), ROWS.levels());
        assertEquals(5, selection.separate());
    }

    /** The last third of one entity did not come: 24 of the rows that select did, in front of the outage, or none at all. */
    @ParameterizedTest
    @CsvSource({"874, 1, true", "850, 1, false"})
    void onlyValuesThatCameSelect(int came, int forecasts, boolean told) {
        var all = TrainerSettings.DEFAULT;
        var settings = new TrainerSettings(ROWS, all.sizes(), all.batches(), all.descent(), all.holdOut(), all.run());
        var histories = new Histories();
        var value = wave(10, 2, 1);
        for (int row = 0; row < 1000; row++) {
            var values = new double[] {row < came ? value.applyAsDouble(row) : Double.NaN};
            histories.tick(new Tick("a", Histories.START + row * Histories.HOUR, values, row >= came));
        }
        var start = Start.of(TrainingData.of(histories.history(), ROWS, settings.holdOut()), settings, IDENTITY);
        assertEquals(forecasts, start.selection().separate());
        try (var workers = new Workers(1)) {
            double loss = start.selection().loss(start.network(), workers);
            assertEquals(told, loss > 0.01, String.valueOf(loss));
            assertEquals(told, !Double.isNaN(loss), String.valueOf(loss));
        }
    }
}

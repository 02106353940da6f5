package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Transform;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
        var selection = new Selection(Prepared.of(data, settings, Transform.IDENTITY), ROWS.levels());
        assertEquals(5, selection.separate());
    }
}

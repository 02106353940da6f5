package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.source.History;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class FoundSeasonsTest {
    private static final TrainerSettings TO_FIND =
            Small.SETTINGS.with(Small.SETTINGS.target().with(Target.SEASONS_OF_DATA));

    private static TrainingData data(History history) {
        return TrainingData.of(history, TO_FIND.target(), TO_FIND.holdOut());
    }

    private static Seasons found(IntToDoubleFunction value) {
        var history = new Histories().with("a", 1000, value).history();
        return FoundSeasons.told(TO_FIND, data(history)).target().seasons();
    }

    @Test
    void whatIsFoundIsInTheModel() {
        var history = new Histories().with("a", 400, Histories.wave(10, 2, 1)).history();
        var challenger = new Trainer(
                        TO_FIND.with(TO_FIND.batches(), TO_FIND.descent().with(0)),
                        InstantSource.system(),
                        Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of())
                .challenger();
        assertEquals(new Seasons(24, 24), challenger.recipe().spec().seasons());
        assertEquals("24,24", challenger.lineage().entries().get("seasons"));
    }

    /** The last 150 of 1,000 rows are held out. */
    @Test
    void onlyWhatIsFittedToIsLookedAt() {
        var wave = Histories.wave(10, 2, 1);
        var noise = new Random(5);
        assertEquals(new Seasons(24, 24), found(row -> row < 850 ? wave.applyAsDouble(row) : 1e6 * noise.nextDouble()));
        assertEquals(Seasons.NONE, found(row -> row < 850 ? noise.nextDouble() : 1e6 * wave.applyAsDouble(row)));
    }

    /** What stands for two thirds of the values is 24 steps old, and says nothing of seasons. */
    @Test
    void guessesAreNotLookedAt() {
        var random = new Random(3);
        var histories = new Histories();
        var values = new double[1000];
        for (int row = 0; row < values.length; row++) {
            boolean missing = row >= 24 && random.nextInt(3) > 0;
            values[row] = missing ? values[row - 24] : random.nextGaussian();
            histories.tick(new Tick(
                    "a", Histories.START + row * Histories.HOUR, new double[] {values[row]}, missing, Traits.NONE));
        }
        var settings = FoundSeasons.told(TO_FIND, data(histories.history()));
        assertEquals(Seasons.NONE, settings.target().seasons());
    }

    @Test
    void whatIsSetIsNotLookedFor() {
        var history = new Histories().with("a", 400, Histories.wave(10, 2, 1)).history();
        var set = Small.SETTINGS.with(Small.SETTINGS.target().with(new Seasons(7, 14)));
        assertEquals(
                new Seasons(7, 14),
                FoundSeasons.told(set, data(history)).target().seasons());
    }
}

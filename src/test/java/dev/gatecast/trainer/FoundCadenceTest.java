package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoundCadenceTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = Histories.HOUR;

    private static TrainerSettings asked(long cadence) {
        var settings = Small.SETTINGS.with(Small.SETTINGS.target().with(cadence));
        return settings.with(settings.batches(), settings.descent().with(0));
    }

    private static final TrainerSettings TO_FIND = asked(Target.CADENCE_OF_DATA);

    private static Model trained(TrainerSettings settings, History history, Optional<Model> champion) {
        return new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, champion, Map.of())
                .challenger();
    }

    private static History every(long step, double missing) {
        var random = new Random(4);
        var wave = Histories.wave(10, 2, 1);
        var histories = new Histories();
        for (int row = 0; row < 600; row++) {
            if (random.nextDouble() >= missing) {
                histories.tick("a", Histories.START + row * step, wave.applyAsDouble(row));
            }
        }
        return histories.history();
    }

    private static long found(History history, Optional<Model> champion) {
        return FoundCadence.told(TO_FIND, history, champion).target().cadence();
    }

    @Test
    void whatIsFoundIsInTheModel() {
        var model = trained(TO_FIND, every(5 * MINUTE, 0), Optional.empty());
        assertEquals(5 * MINUTE, model.recipe().cadence());
        assertNull(model.lineage().entries().get(FoundCadence.MISFIT));
    }

    @Test
    void isFoundWhereTicksAreMissingAndNotWhereTheyComeAnyhow() {
        assertEquals(HOUR, found(every(HOUR, 0.3), Optional.empty()));
        assertEquals(0, found(every(HOUR, 0.8), Optional.empty()));
        assertEquals(0, found(new Histories().tick("a", 1, 1).history(), Optional.empty()));
    }

    @Test
    void whatIsSetIsKeptAndTheModelSaysThatItDoesNotFit() {
        var model = trained(asked(HOUR), every(5 * MINUTE, 0), Optional.empty());
        assertEquals(HOUR, model.recipe().cadence());
        var misfit = String.valueOf(model.lineage().entries().get(FoundCadence.MISFIT));
        assertTrue(
                misfit.startsWith("the ticks of 1 of 1 entity come every PT5M (median), and the cadence is PT1H"),
                misfit);
    }

    @Test
    void theModelSaysThatSomeHaveOtherSteps() {
        var random = new Random(6);
        var histories = new Histories();
        for (int row = 0; row < 600; row++) {
            histories.tick("hours", Histories.START + row * HOUR, random.nextDouble());
            histories.tick("days", Histories.START + row * 24 * HOUR, random.nextDouble());
        }
        var model = trained(TO_FIND, histories.history(), Optional.empty());
        assertEquals(0, model.recipe().cadence());
        var misfit = String.valueOf(model.lineage().entries().get(FoundCadence.MISFIT));
        assertTrue(
                misfit.startsWith(
                        "the ticks of 1 of 2 entities come every PT24H (median), and the others' step is PT1H: "),
                misfit);
    }

    @Test
    void thatOfTheChampionStaysAsLongAsTicksKeepToIt() {
        var champion = Optional.of(trained(TO_FIND, every(HOUR, 0), Optional.empty()));
        assertEquals(HOUR, found(every(HOUR, 0.8), champion));
        assertEquals(5 * MINUTE, found(every(5 * MINUTE, 0), champion));
    }

    @Test
    void rowsHaveNone() {
        var usual = Small.SETTINGS.target();
        var rows = new Target(
                usual.horizons(), usual.levels(), usual.seasons(), Target.CADENCE_OF_DATA, false, usual.transform());
        var told = FoundCadence.told(Small.SETTINGS.with(rows), every(HOUR, 0), Optional.empty());
        assertEquals(0, told.target().cadence());
    }
}

package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.QuantileOutput;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Descent;
import org.junit.jupiter.api.Test;

class EffortTest {
    private static final TrainerSettings USUAL = TrainerSettings.DEFAULT;
    private static final Batches OPEN = new Batches(Batches.WINDOWS_OF_DATA, 144, 48, 3);
    private static final Descent OPEN_DESCENT =
            new Descent(Descent.ITERATIONS_OF_DATA, Descent.RATE_OF_DATA, 0.3, 0.01, 0.1);

    private static Architecture shape(int hidden, int horizons) {
        var head = new Architecture.Head(168, 0, 128, horizons, new QuantileOutput(9));
        return new Architecture(CellKind.GRU, 8, hidden, 1, head);
    }

    private static TrainerSettings told(long rows, Architecture shape) {
        return Effort.told(USUAL.with(OPEN, OPEN_DESCENT), rows, shape);
    }

    @Test
    void moreRowsTakeALargerRateAndLargerBatches() {
        var one = told(8_640, shape(48, 24));
        var twenty = told(57_600, shape(48, 24));
        var hundreds = told(320_000, shape(48, 48));
        assertEquals(0.0011, one.descent().rate(), 1e-4);
        assertEquals(0.0029, twenty.descent().rate(), 1e-4);
        assertEquals(0.006, hundreds.descent().rate());
        assertEquals(32, twenty.batches().windows());
        assertEquals(64, hundreds.batches().windows());
        assertEquals(0.001, told(10, shape(48, 24)).descent().rate());
    }

    @Test
    void trainsShorterWhereTimeWouldNotAllowIt() {
        assertEquals(1_200, told(320_000, shape(48, 48)).descent().iterations());
        int large = told(320_000, shape(512, 48)).descent().iterations();
        assertTrue(large >= 200 && large < 1_200, () -> large + " iterations");
        assertEquals(200, told(320_000, shape(1_024, 1_000)).descent().iterations());
    }

    @Test
    void eightNetworksOfTheUsualSizeHaveAllIterationsInTenMinutes() {
        var usual = USUAL.sizes();
        var sizes = new TrainerSettings.Sizes(usual.core(), usual.units(), 0, 8, usual.warmUp());
        var settings = new TrainerSettings(
                USUAL.target(),
                sizes,
                OPEN,
                OPEN_DESCENT,
                TrainerSettings.HoldOut.DEFAULT,
                TrainerSettings.Run.DEFAULT);
        var told = Effort.told(settings, 320_000, shape(48, 48));
        assertEquals(1_200, told.descent().iterations());
    }

    @Test
    void leavesAloneWhatIsSet() {
        assertEquals(TrainerSettings.DEFAULT, Effort.told(TrainerSettings.DEFAULT, 1_000_000, shape(48, 24)));
    }
}

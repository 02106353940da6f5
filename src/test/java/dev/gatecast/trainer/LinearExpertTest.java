package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Transform;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearExpertTest {
    private static TrainingData data(Histories histories) {
        return TrainingData.of(histories.history(), Small.SETTINGS.target(), Small.SETTINGS.holdOut());
    }

    private static Start start(TrainingData data) {
        return Start.of(data, Small.SETTINGS, Transform.IDENTITY);
    }

    /** Up or down by 10 after every 37 rows: nothing that 24 values tell of. */
    private static double square(int row, Random random) {
        return (row / 37 % 2 == 0 ? 10 : 20) + 0.3 * random.nextGaussian();
    }

    private static TrainingData waves(int rows) {
        var random = new Random(9);
        return data(new Histories()
                .with("odd", rows, row -> square(row, random))
                .with("usual", rows, wave(10, 2, 1))
                .with("usual too", rows, wave(50, 7, 2)));
    }

    /** Mean absolute error on the odd entity's rows that nothing was fitted to, scaled; of the start's forecasts and the expert's. */
    private static double[] errors(TrainingData data, Start start) {
        var expert = Objects.requireNonNull(LinearExpert.of(data, start.data()));
        var prepared = start.data();
        var entity = prepared.entities().stream()
                .filter(one -> one.past().entity().equals("odd"))
                .findFirst()
                .orElseThrow();
        var encoded = new Encoded(prepared.spec());
        var recent = new float[expert.values()];
        var told = new float[1][prepared.horizons()];
        var sums = new double[2];
        int last = entity.past().rows() - prepared.horizons();
        for (int end = entity.past().fitEnd(); end < last; end++) {
            prepared.encoder()
                    .encodeAt(entity.columns(), end, end, entity.past().times()[end - 1], encoded);
            prepared.encoder().profileAt(entity.columns(), end, end, encoded);
            for (int i = 0; i < recent.length; i++) {
                recent[i] = (entity.u()[end - recent.length + i] - (float) encoded.level()) / (float) encoded.spread();
            }
            expert.forecast(recent, told);
            for (int h = 0; h < prepared.horizons(); h++) {
                float truth = (entity.u()[end + h] - (float) encoded.level()) / (float) encoded.spread();
                sums[0] += Math.abs(truth - start.linear().model().forecast(encoded.profile(), h));
                sums[1] += Math.abs(truth - told[0][h]);
            }
        }
        return sums;
    }

    @Test
    void looksFartherThanTheNetworksWhereTheHistoryTellsOfSoMuch() {
        var data = waves(1500);
        var start = start(data);
        assertEquals(2 * start.data().spec().windows().level(), LinearExpert.values(start.data()));
        var errors = errors(data, start);
        assertTrue(errors[1] < 0.5 * errors[0], () -> errors[1] + " in place of " + errors[0]);
    }

    @Test
    void thereIsNoneWhereAHistoryIsShort() {
        var data = data(new Histories().with("a", 300, wave(10, 2, 1)));
        assertNull(LinearExpert.of(data, start(data).data()));
    }

    @Test
    void thereIsNoneBesideValuesToCome() {
        var data = TrainingData.of(FutureTest.announced(), Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        var start = start(data);
        assertTrue(start.data().seen() > start.data().profile());
        assertNull(LinearExpert.of(data, start.data()));
    }
}

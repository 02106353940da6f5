package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.event.Traits;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final long HOUR = 3_600_000L;
    private static final List<String> SENT = List.of("wind", "price", "price+1", "price+3", "wind+1", "load+2");

    @Test
    void aFieldBesideItselfSomeStepsLaterIsAheadAndNothingElseIs() {
        var ahead = Ahead.of(SENT);
        assertEquals(new Ahead(List.of("price", "wind"), 3), ahead);
        assertEquals(List.of("wind", "price", "load+2"), ahead.present(SENT));
        assertArrayEquals(
                new int[] {3, Integer.MAX_VALUE, 4, 5, Integer.MAX_VALUE, Integer.MAX_VALUE}, ahead.places(SENT));
        assertEquals(Ahead.NONE, Ahead.of(List.of("a", "a+0", "a+b", "b+1", "a+4097")));
    }

    @Test
    void whatIsNotSaidAnewIsWhatWasSaidBeforeOfThatTime() {
        var ahead = new Ahead(List.of("price"), 3);
        var values = new float[3][4];
        var places = new int[] {1, 2, 3};
        ahead.announce(values, -1, 0, 0, new double[] {0, 11, 12, 13}, places);
        ahead.announce(values, 0, 1, 1, new double[] {0, Double.NaN, 99, Double.NaN}, places);
        ahead.announce(values, 1, 2, 2, new double[] {0, Double.NaN}, places);
        ahead.announce(values, 2, 3, 5, new double[] {0}, places);
        var nan = Float.NaN;
        assertArrayEquals(new float[] {11, 12, nan, nan}, values[0]);
        assertArrayEquals(new float[] {12, 99, nan, nan}, values[1]);
        assertArrayEquals(new float[] {13, nan, nan, nan}, values[2]);
        assertEquals(1, Ahead.passed(0, HOUR + 3, HOUR));
        assertEquals(0, Ahead.passed(0, HOUR / 3, HOUR));
        assertEquals(1, Ahead.passed(0, 77, 0));
    }

    private static FeatureSpec spec(int steps) {
        var load = new Covariate("load", new FeatureSpec.Spread(2, 0.1));
        var context = new Context(Days.NONE, List.of(load), Categories.NONE, new Future(List.of(load), steps));
        return new FeatureSpec(
                Transform.IDENTITY,
                new FeatureSpec.Seasons(3, 3),
                new FeatureSpec.Windows(4, 3, 20),
                HOUR,
                new InputChoice.Standard(false, context),
                new FeatureSpec.Spread(2.0, 0.1));
    }

    @Test
    void theLiveRingAndTheTrainersSeriesGiveTheSameBits() {
        var ahead = new Ahead(List.of("delay", "load"), 3);
        var encoder = new Encoder(spec(2), List.of("load", "delay"), ahead);
        var places = new int[] {3, 4, 5, 6, 7, 8};
        var ring = new Ring(20);
        ring.refield(2, 6);
        ring.fit(Transform.IDENTITY, 20);
        var series = new float[200];
        var fields = new float[2][series.length];
        var known = new float[6][series.length];
        var live = new Encoded(encoder.spec());
        var train = new Encoded(encoder.spec());
        var random = new Random(4);
        long time = 0;
        for (int t = 0; t < series.length; t++) {
            long passed = t == 0 ? 0 : 1 + random.nextInt(2);
            time += passed * HOUR;
            var values = random.doubles(9, 0, 10).toArray();
            for (int i = 1; i < 9; i++) {
                values[i] = random.nextInt(3) == 0 ? Double.NaN : values[i];
            }
            ring.push(values);
            ring.announce(ahead, passed, values, places);
            series[t] = (float) values[0];
            fields[0][t] = (float) values[1];
            fields[1][t] = (float) values[2];
            ahead.announce(known, t - 1, t, passed, values, places);
            encoder.encode(ring, time, live);
            encoder.encodeAt(new Columns(series, fields, known, Traits.NONE), t + 1, t + 1, time, train);
            if (t >= 2) {
                encoder.profile(ring, live);
                encoder.profileAt(new Columns(series, fields, known, Traits.NONE), t + 1, t + 1, train);
                assertArrayEquals(train.profile(), live.profile(), "step " + t);
            }
        }
    }

    @Test
    void valuesToComeStandBesideTheRecentMeanAndMissingOnesAreMarked() {
        var encoder = new Encoder(spec(3));
        var fields = new float[][] {{9, 1, 2, 3, 2}};
        var ahead = new float[][] {{0, 0, 0, 0, 6}, {0, 0, 0, 0, Float.NaN}, {0, 0, 0, 0, 1000}};
        var columns = new Columns(new float[] {0, 0, 0, 0, 0}, fields, ahead, Traits.NONE);
        var at = new Encoded(encoder.spec());
        encoder.encodeAt(columns, 5, 5, 5 * HOUR, at);
        encoder.profileAt(columns, 5, 5, at);
        assertArrayEquals(new float[] {0, 2, 0, 10, 0, 1, 0}, Arrays.copyOf(at.profile(), 7));
        encoder.hideFuture(at);
        assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1, 1}, Arrays.copyOf(at.profile(), 7));
        assertEquals(10, encoder.spec().profile());
    }

    @Test
    void holidaysStandBetweenValuesToComeAndTheNewestOnesAndAreNotHidden() {
        var load = new Covariate("load", new FeatureSpec.Spread(2, 0.1));
        var days = new Days(List.of(Zone.UTC), false, new Days.Holidays(List.of(4, 7), 3));
        var context = new Context(days, List.of(load), Categories.NONE, new Future(List.of(load), 1));
        for (long cadence : List.of(HOUR, 24 * HOUR)) {
            var spec = new FeatureSpec(
                    Transform.IDENTITY,
                    new FeatureSpec.Seasons(3, 3),
                    new FeatureSpec.Windows(4, 3, 20),
                    cadence,
                    new InputChoice.Standard(true, context),
                    new FeatureSpec.Spread(2.0, 0.1));
            var encoder = new Encoder(spec, List.of("load"), new Ahead(List.of("load"), 1));
            var columns = new Columns(
                    new float[] {0, 0, 0, 0, 1},
                    new float[][] {{1, 1, 1, 1, 1}},
                    new float[][] {{9, 9, 9, 9, 9}},
                    Traits.NONE);
            var at = new Encoded(spec);
            encoder.encodeAt(columns, 5, 5, cadence == HOUR ? 7 * 24 * HOUR - 2 * HOUR : 5 * 24 * HOUR, at);
            encoder.profileAt(columns, 5, 5, at);
            var known = cadence == HOUR ? new float[] {0, 4, 0, 0, 1, 1} : new float[] {0, 4, 0, 0, 1, 0, 0, 1, 0};
            assertArrayEquals(known, Arrays.copyOf(at.profile(), known.length));
            assertEquals(known.length + 3, spec.profile());
            assertEquals(known.length, spec.futureNames().size());
            encoder.hideFuture(at);
            known[1] = 0;
            known[2] = 1;
            assertArrayEquals(known, Arrays.copyOf(at.profile(), known.length));
        }
    }

    @Test
    void aTickThatIsTakenOutAgainHasAnnouncedNothing() {
        var ahead = new Ahead(List.of("load"), 2);
        var places = new int[] {2, 3};
        var ring = new Ring(5);
        ring.refield(1, 2);
        ring.push(new double[] {1, 1});
        ring.announce(ahead, 1, new double[] {1, 1, 5, 6}, places);
        float displaced = ring.push(new double[] {2, 2});
        ring.announce(ahead, 1, new double[] {2, 2, 7}, places);
        assertArrayEquals(new float[] {7, Float.NaN}, ring.ahead());
        assertArrayEquals(new float[] {5, 6}, ring.aheadBefore());
        ring.undo(displaced, 1);
        assertArrayEquals(new float[] {5, 6}, ring.ahead());
    }

    @Test
    void ticksThatSayNothingOfTheFutureAreRefusedByTheFieldsName() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> new Encoder(spec(2), List.of("load", "delay"), new Ahead(List.of("delay"), 3)));
        assertEquals(
                "the model needs values to come of the field load of the ticks (ticks.future), which have them of [delay]",
                error.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Encoder(spec(2), List.of("load"), Ahead.NONE),
                "ticks that say nothing of any field");
    }
}

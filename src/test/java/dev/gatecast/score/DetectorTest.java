package dev.gatecast.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.gatecast.event.Alert.Channel;
import dev.gatecast.event.Alert.Phase;
import dev.gatecast.support.Numbers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    private static final Path SHARED = Path.of(System.getProperty("gatecast.shared", "../shared"));
    private static final Detector EARLY = new Detector(new DetectorSettings(400, 1, 20, 1000));

    @Test
    void agreesWithTheGoldenFile() throws IOException {
        var file = SHARED.resolve("data/anomaly-golden/golden_anomaly.csv");
        assumeTrue(Files.exists(file), () -> "no golden file at " + file.toAbsolutePath());
        var state = new DetectorState();
        var verdict = new Verdict();
        var lines = Files.readAllLines(file);
        for (var line : lines.subList(1, lines.size())) {
            var row = line.split(",", -1);
            EARLY.step(
                    state, Double.parseDouble(row[2]), Integer.parseInt(row[1]), Double.parseDouble(row[3]), verdict);
            assertEquals(Double.parseDouble(row[4]), verdict.level(), 1e-9, line);
            assertEquals(Double.parseDouble(row[5]), verdict.score(), 1e-9, line);
            assertEquals(row[6], verdict.phase() == null ? "" : verdict.phase().name(), line);
            if (verdict.phase() == Phase.OPEN || verdict.phase() == Phase.UPDATE) {
                assertEquals(
                        row[7].toUpperCase(java.util.Locale.ROOT),
                        verdict.channel().name(),
                        line);
            }
        }
        assertEquals(3000, state.rows());
    }

    @Test
    void aStateReadBackInTheMiddleGoesOnBitForBit() {
        for (var cut : new int[] {0, 1, 29, 47, 99, 383, 1000, 8200}) {
            var whole = new DetectorState();
            var first = new DetectorState();
            var wave = new Wave(7);
            run(EARLY, whole, new Wave(7), cut, true);
            run(EARLY, first, wave, cut, true);
            var second = new DetectorState();
            copy(first, second);
            assertEquals(
                    run(EARLY, whole, continued(cut), 1500, true),
                    run(EARLY, second, wave, 1500, true),
                    "cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.1, -7.3e-5, 1e6 + 0.1, 1e-300, 1e300, 3e15 / 7})
    void aConstantSeriesNeverAlarms(double value) {
        var state = new DetectorState();
        var verdict = new Verdict();
        var detector = new Detector(new DetectorSettings(100, 1, 20, 1000));
        for (var row = 0; row < 20_000; row++) {
            detector.step(state, value, row / 2 % 48, Double.NaN, verdict);
            assertNull(verdict.phase(), "row " + row + ", level " + verdict.level() + " by " + verdict.channel());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 1e6})
    void twoValuesInTurnNeverAlarm(double unit) {
        var state = new DetectorState();
        var verdict = new Verdict();
        for (var row = 0; row < 20_000; row++) {
            EARLY.step(state, row % 2 * unit, row / 2 % 48, Double.NaN, verdict);
            assertNull(verdict.phase(), "row " + row + ", level " + verdict.level() + " by " + verdict.channel());
        }
    }

    @Test
    void aShiftOfLevelOpensAnEpisodeThatClosesWhenItIsNormal() {
        var state = new DetectorState();
        var verdict = new Verdict();
        var random = new Random(3);
        var detector = new Detector(new DetectorSettings(2000, 1, 20, 1000));
        var phases = new ArrayList<Phase>();
        for (var row = 0; row < 6000; row++) {
            var x = random.nextGaussian() + (row >= 3000 ? 12 : 0);
            detector.step(state, x, 0, Double.NaN, verdict);
            if (verdict.phase() != null && verdict.phase() != Phase.UPDATE) {
                phases.add(verdict.phase());
                assertTrue(row >= 3000, "row " + row);
            }
        }
        assertEquals(List.of(Phase.OPEN, Phase.CLOSE), phases);
    }

    @Test
    void anEpisodeCountsItsRowsAndClosesAtItsMaximalAge() {
        var detector = new Detector(new DetectorSettings(0, 1, 20, 10));
        var state = new DetectorState();
        var verdict = new Verdict();
        for (var row = 0; row < 12; row++) {
            detector.step(state, row < 2 ? row : Math.pow(10, row), 0, Double.NaN, verdict);
            assertEquals(Math.max(0, row - 1), verdict.rows());
            assertEquals(row == 2 ? Phase.OPEN : null, verdict.phase(), "row " + row);
            assertEquals(row < 2 ? 0 : 1980, verdict.peak(), 1e-9);
        }
        detector.step(state, 1e12, 0, Double.NaN, verdict);
        assertEquals(Phase.CLOSE, verdict.phase());
        assertEquals(11, verdict.rows());
        assertEquals(Channel.RANGE, verdict.channel());
    }

    @Test
    void nothingOpensWhileHeldAndTheStatisticsGoOn() {
        var free = new DetectorState();
        var held = new DetectorState();
        var verdict = new Verdict();
        var other = new Verdict();
        var wave = new Wave(5);
        for (var row = 0; row < 3000; row++) {
            var x = wave.next() * (row == 2000 ? 30 : 1);
            EARLY.step(free, x, row % 48, Double.NaN, verdict);
            EARLY.step(held, x, row % 48, Double.NaN, true, other);
            assertNull(other.phase());
            assertEquals(0, other.rows());
            assertEquals(verdict.level(), other.level());
            if (row == 2000) {
                assertEquals(Phase.OPEN, verdict.phase());
            }
        }
    }

    @Test
    void sensitivityMultipliesTheLevel() {
        var normal = new DetectorState();
        var high = new DetectorState();
        var low = run(EARLY, normal, new Wave(1), 2000, false);
        var twice = run(new Detector(new DetectorSettings(400, 2, 20, 1000)), high, new Wave(1), 2000, false);
        for (var row = 0; row < 2000; row++) {
            assertEquals(2 * low.get(2 * row), twice.get(2 * row));
        }
        assertNotEquals(0, low.get(2 * 1999));
    }

    @Test
    void refusesWhatIsNoValueOrNoHalfHour() {
        var state = new DetectorState();
        var verdict = new Verdict();
        for (var x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e301}) {
            var error =
                    assertThrows(IllegalArgumentException.class, () -> EARLY.step(state, x, 0, Double.NaN, verdict));
            assertEquals("a value from -1e300 to 1e300 was expected, not " + x, error.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> EARLY.step(state, 1, 48, Double.NaN, verdict));
        assertThrows(IllegalArgumentException.class, () -> EARLY.step(state, 1, -1, Double.NaN, verdict));
        assertEquals(0, state.rows());
    }

    @Test
    void aResidualWithoutBoundStaysANumber() {
        var state = new DetectorState();
        var verdict = new Verdict();
        var wave = new Wave(2);
        for (var row = 0; row < 1000; row++) {
            var residual = row % 100 == 99 ? Double.NEGATIVE_INFINITY : wave.next();
            EARLY.step(state, 1e298 * wave.next(), 0, residual, verdict);
            assertTrue(Double.isFinite(verdict.level()) && verdict.score() < 1, "row " + row);
        }
    }

    @Test
    void knowsTheHalfHourOfTheDay() {
        assertEquals(0, Detector.slot(0));
        assertEquals(0, Detector.slot(1_799_999));
        assertEquals(1, Detector.slot(1_800_000));
        assertEquals(47, Detector.slot(86_399_999));
        assertEquals(0, Detector.slot(86_400_000L * 20_000));
        assertEquals(47, Detector.slot(-1));
    }

    @Test
    void aStepAllocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var state = new DetectorState();
        var verdict = new Verdict();
        var wave = new Wave(9);
        var values = new double[20_000];
        Arrays.setAll(values, row -> wave.next());
        feed(state, verdict, values);
        var before = threads.getCurrentThreadAllocatedBytes();
        feed(state, verdict, values);
        var bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 1_000, bytes + " bytes in 20,000 steps");
    }

    private static void copy(DetectorState from, DetectorState to) {
        var numbers = new Numbers();
        from.visit(numbers);
        to.visit(numbers.rewind());
        assertEquals(List.of(), numbers.bits());
    }

    private static void feed(DetectorState state, Verdict verdict, double[] values) {
        for (var row = 0; row < values.length; row++) {
            EARLY.step(state, values[row], row % 48, values[values.length - 1 - row], verdict);
        }
    }

    private static Wave continued(int rows) {
        var wave = new Wave(7);
        for (var row = 0; row < rows; row++) {
            wave.next();
            wave.noise();
        }
        return wave;
    }

    /** Level and slow mean of each of so many rows. */
    private static List<Double> run(Detector detector, DetectorState state, Wave wave, int rows, boolean residuals) {
        var verdict = new Verdict();
        var levels = new ArrayList<Double>();
        for (var row = 0; row < rows; row++) {
            var x = wave.next();
            var noise = wave.noise();
            detector.step(state, x, wave.slot(), residuals ? noise : Double.NaN, verdict);
            levels.add(verdict.level());
            levels.add(verdict.slowMean());
        }
        return levels;
    }

    /** A daily wave of half hours with noise; the same seed gives the same wave. */
    private static final class Wave {
        private long seed;
        private int row;

        Wave(long seed) {
            this.seed = seed * 2654435761L + 1;
        }

        double next() {
            row++;
            return 10 * StrictMath.sin(row * 2 * Math.PI / 48) + noise() + (row % 3000 > 2900 ? 25 : 0);
        }

        double noise() {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            return (seed >>> 40) / (double) (1 << 23) - 1;
        }

        int slot() {
            return row % 48;
        }
    }
}

package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisfitTest {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final List<SourcedTick> ticks = new ArrayList<>();

    private MisfitTest with(String entity, int count, LongUnaryOperator time) {
        for (int i = 0; i < count; i++) {
            var tick = new Tick(entity, time.applyAsLong(i), new double[] {1});
            ticks.add(new SourcedTick(tick, i, new Origin.Line("list", 1)));
        }
        return this;
    }

    /** An entity whose ticks are this long apart, each missing with this chance. */
    private MisfitTest gappy(String entity, long step, double missing) {
        var random = new Random(7);
        long[] at = {0};
        return with(entity, 400, i -> {
            do {
                at[0] += step;
            } while (random.nextDouble() < missing);
            return at[0];
        });
    }

    private Optional<Misfit> of(long cadence) {
        ticks.sort(Comparator.comparingLong(one -> one.tick().time()));
        var ofSource = Misfit.of(cadence, new ListTicks(VALUE, ticks));
        var history = History.read(new ListTicks(VALUE, ticks), History.Limits.DEFAULT);
        assertEquals(ofSource, Misfit.of(cadence, history));
        return ofSource;
    }

    private Optional<Misfit> misfit(long cadence, int entities, int told, long step) {
        return Optional.of(new Misfit(cadence, entities, told, step));
    }

    @ParameterizedTest
    @ValueSource(longs = {MINUTE, 4 * MINUTE, 6 * MINUTE, 7 * MINUTE, 10 * MINUTE, HOUR, 24 * HOUR})
    void ticksThatComeAtOtherStepsDoNotFit(long cadence) {
        with("a", 300, i -> i * 5 * MINUTE);
        assertEquals(misfit(cadence, 1, 1, 5 * MINUTE), of(cadence));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.5, 0.8})
    void ticksOfWhichManyAreMissingFit(double missing) {
        gappy("a", HOUR, missing);
        assertEquals(Optional.empty(), of(HOUR));
    }

    @Test
    void marketsAndMonthsFit() {
        with("a", 300, i -> (i / 5 * 7 + i % 5) * 24 * HOUR);
        assertEquals(Optional.empty(), of(24 * HOUR));
        ticks.clear();
        with("a", 60, i -> i * 730 * HOUR + i % 3 * 24 * HOUR);
        assertEquals(Optional.empty(), of(730 * HOUR));
    }

    @Test
    void ticksThatComeSomewhatEarlyOrLateFit() {
        var random = new Random(2);
        with("a", 500, i -> i * MINUTE + (long) (0.3 * MINUTE * random.nextDouble()));
        assertEquals(Optional.empty(), of(MINUTE));
    }

    @Test
    void aFewTicksDoNotTell() {
        with("a", 20, i -> i * 5 * MINUTE);
        assertEquals(Optional.empty(), of(HOUR));
        with("b", 21, i -> i * 5 * MINUTE);
        assertEquals(misfit(HOUR, 1, 1, 5 * MINUTE), of(HOUR));
    }

    @Test
    void theOddOnesOfSeveralAreCountedWhereTheyAreATenth() {
        for (int i = 0; i < 9; i++) {
            gappy("hourly " + i, HOUR, 0.2);
        }
        with("fast", 300, i -> i * MINUTE);
        assertEquals(misfit(HOUR, 1, 10, MINUTE), of(HOUR));
        gappy("another", HOUR, 0.2);
        assertEquals(Optional.empty(), of(HOUR));
    }

    @Test
    void saysWhatComesHowOften() {
        assertEquals(
                "the ticks of 1 of 3 entities come every PT5M (median), and the cadence is PT1H: do something",
                new Misfit(HOUR, 1, 3, 5 * MINUTE).text("the cadence", "do something"));
    }

    private Optional<Misfit> apart() {
        ticks.sort(Comparator.comparingLong(one -> one.tick().time()));
        var ofSource = Misfit.apart(new ListTicks(VALUE, ticks));
        assertEquals(ofSource, Misfit.apart(History.read(new ListTicks(VALUE, ticks), History.Limits.DEFAULT)));
        return ofSource;
    }

    @Test
    void daysBesideHoursAreApart() {
        with("hours", 1_500, i -> i * HOUR);
        assertEquals(Optional.empty(), apart());
        with("days", 60, i -> i * 24 * HOUR);
        assertEquals(misfit(HOUR, 1, 2, 24 * HOUR), apart());
    }

    /** Trades have no step that could be another's; shops of other hours have the same. */
    @Test
    void irregularTicksAndOpeningHoursAreNotApart() {
        var random = new Random(3);
        for (int one = 1; one <= 4; one++) {
            long[] at = {0};
            double mean = one * MINUTE;
            with("trades " + one, 300, i -> at[0] += 1 + (long) (mean * -Math.log(1 - random.nextDouble())));
        }
        with("eight hours", 400, i -> (i / 8 * 24 + i % 8) * HOUR);
        with("always", 400, i -> i * HOUR);
        assertEquals(Optional.empty(), apart());
    }
}

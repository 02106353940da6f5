package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MONDAY = 4 * DAY;

    /** Waves with as much noise as they are strong, and with half as much again. */
    @ParameterizedTest
    @CsvSource({"5, 288, 4320", "30, 48, 1440", "60, 24, 720", "1440, 7, 200"})
    void aSmoothSeasonUnderNoiseIsFound(long minutes, int season, int steps) {
        for (double noise : new double[] {0.3, 1, 1.5}) {
            var courses = courses(5, steps, random -> {
                double phase = 6 * random.nextDouble();
                return t -> Math.sqrt(2) * Math.sin(2 * Math.PI * t / season + phase) + noise * random.nextGaussian();
            });
            assertEquals(List.of(season), Periods.found(courses, minutes * MINUTE), "noise " + noise);
            assertEquals(List.of(season), Periods.found(courses.subList(0, 1), minutes * MINUTE), "alone, " + noise);
        }
    }

    /** A day's wave with two humps, lower on two days of seven. */
    @ParameterizedTest
    @CsvSource({"5, 288", "30, 48", "60, 24"})
    void aDayAndAWeekAreFound(long minutes, int day) {
        var courses = courses(5, 6 * 7 * day, random -> t -> {
            double angle = 2 * Math.PI * t / day;
            double loud = t / day % 7 >= 5 ? 0.4 : 1;
            return 10 + loud * (4 * Math.sin(angle) + 2 * Math.cos(2 * angle)) + random.nextGaussian();
        });
        assertEquals(List.of(day, 7 * day), Periods.found(courses, minutes * MINUTE));
    }

    @Test
    void aSeasonIsFoundOnARandomWalkAndOnATrend() {
        var walks = courses(5, 1000, random -> {
            var level = new double[1];
            return t -> (level[0] += 0.3 * random.nextGaussian()) + 2 * Math.sin(Math.PI * t / 12);
        });
        assertEquals(List.of(24), Periods.found(walks, HOUR));
        var trends = courses(5, 1000, random -> t -> 0.1 * t + 2 * Math.sin(Math.PI * t / 12) + random.nextGaussian());
        assertEquals(List.of(24), Periods.found(trends, HOUR));
    }

    /** Neighbours in a smooth course resemble each other; that is no season of two steps. */
    @Test
    void coursesTooShortForTheirDayHaveNoOtherSeason() {
        int others = 0;
        for (int seed = 0; seed < 300; seed++) {
            var own = new Random(seed);
            var courses =
                    courses(2, 30 + seed % 60, random -> t -> 5 * Math.sin(Math.PI * t / 12) + own.nextGaussian());
            others += Periods.found(courses, HOUR).stream().anyMatch(season -> season != 24) ? 1 : 0;
        }
        assertTrue(others <= 3, others + " of 300");
    }

    /** One value of each day stands out of noise. */
    @Test
    void aSpikeADayIsASeason() {
        var courses = courses(1, 40 * 24, random -> t -> (t % 24 == 9 ? 20 : 0) + random.nextGaussian());
        assertEquals(List.of(24), Periods.found(courses, HOUR));
    }

    @Test
    void aBurstAnHourIsNotTheSeasonWhereTheDayIsStronger() {
        var courses = courses(
                5,
                20 * 288,
                random -> t -> 10 * Math.sin(2 * Math.PI * t / 288) + (t % 12 == 0 ? 2 : 0) + random.nextGaussian());
        assertEquals(List.of(288), Periods.found(courses, 5 * MINUTE));
        var alone = courses(5, 20 * 288, random -> t -> (t % 12 == 0 ? 4 : 0) + random.nextGaussian());
        assertEquals(List.of(12), Periods.found(alone, 5 * MINUTE));
    }

    @Test
    void withoutACadenceUsualLengthsAndThenAllAreTried() {
        for (int season : new int[] {24, 37, 7}) {
            var courses =
                    courses(5, 900, random -> t -> 2 * Math.sin(2 * Math.PI * t / season) + random.nextGaussian());
            assertEquals(List.of(season), Periods.found(courses, 0));
        }
        var machine = courses(5, 3000, random -> t -> 2 * Math.sin(2 * Math.PI * t / 37) + random.nextGaussian());
        assertEquals(List.of(37), Periods.found(machine, MINUTE));
        var days = courses(
                5,
                1100,
                random -> t -> (t % 7 >= 5 ? 3 : 0) + 4 * Math.sin(2 * Math.PI * t / 365) + random.nextGaussian());
        assertEquals(List.of(7, 365), Periods.found(days, DAY));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5 * MINUTE, HOUR, DAY})
    void whatDoesNotRepeatHasNoSeason(long cadence) {
        Map<String, Maker> kinds = Map.of(
                "noise", random -> t -> random.nextGaussian(),
                "walk", random -> autoregression(random, 1),
                "0.5", random -> autoregression(random, 0.5),
                "0.95", random -> autoregression(random, 0.95),
                "trend", random -> t -> 0.05 * t + random.nextGaussian(),
                "bent trend", random -> t -> 1e-5 * t * t + random.nextGaussian(),
                "two spikes", random -> t -> (t == 100 || t == 388 ? 1e6 : 0) + random.nextGaussian(),
                "constant", random -> t -> 5);
        kinds.forEach((kind, maker) -> {
            for (int entities : new int[] {1, 20}) {
                assertEquals(
                        List.of(), Periods.found(courses(entities, 2000, maker), cadence), kind + " of " + entities);
            }
        });
    }

    /** What moves all of them is counted once: nineteen more of the same walk prove nothing. */
    @Test
    void entitiesThatMoveTogetherCountAsFew() {
        var random = new Random(11);
        int wrong = 0;
        for (int i = 0; i < 40; i++) {
            var walk = IntStream.range(0, 120)
                    .mapToDouble(autoregression(random, 1))
                    .toArray();
            var courses = courses(20, walk.length, own -> t -> walk[t] + 0.01 * own.nextGaussian());
            wrong += Periods.found(courses, HOUR).isEmpty() ? 0 : 1;
        }
        assertEquals(0, wrong, 3);
    }

    /** So many steps of so many minutes from an hour on, on some days of the week; two thirds as much on the first open day. */
    @ParameterizedTest
    @CsvSource({
        "opening hours, 60, 8, 10, 1111111, 10, 70",
        "working hours, 60, 9, 8, 1111100, 8, 40",
        "half-hours, 30, 8, 20, 1111111, 20, 140",
        "Sundays closed, 60, 0, 24, 1111110, 24, 144",
        "Mondays to Wednesdays, 30, 0, 48, 1110000, 48, 144"
    })
    void aDayAndAWeekHaveAsManyStepsAsThereAre(
            String kind, int minutes, int opens, int steps, String days, int day, int week) {
        var courses = new ArrayList<Course>();
        for (int entity = 0; entity < 6; entity++) {
            var random = new Random(entity);
            var times = new ArrayList<Long>();
            var values = new ArrayList<Double>();
            for (int date = 0; date < 105; date++) {
                for (int i = 0; i < steps && days.charAt(date % 7) == '1'; i++) {
                    double loud = date % 7 == 0 ? 0.6 : 1 + 0.1 * (date % 7);
                    times.add(MONDAY + date * DAY + opens * HOUR + i * minutes * MINUTE);
                    values.add(loud * (10 + 5 * Math.sin(2 * Math.PI * i / steps)) + random.nextGaussian());
                }
            }
            courses.add(new Course(
                    times.stream().mapToLong(time -> time).toArray(),
                    values.stream().mapToDouble(value -> value).toArray()));
        }
        assertEquals(List.of(day, week), Periods.found(courses, 0), kind);
    }

    /** A day has now more and now fewer of them: nothing repeats itself after a number of steps. */
    @Test
    void stepsAtRandomTimesHaveNoDay() {
        var random = new Random(3);
        var times = new long[5000];
        var values = new double[times.length];
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + 1 + (long) (-HOUR * Math.log(1 - random.nextDouble()));
            values[i] = 3 * Math.sin(2 * Math.PI * times[i] / DAY) + random.nextGaussian();
        }
        assertEquals(List.of(), CalendarLags.of(List.of(new Course(times, values)), 0));
    }

    /** A third of the values are gone. */
    @Test
    void seasonsAreFoundInGappyData() {
        var courses = courses(
                5,
                6 * 168,
                random -> t -> random.nextInt(3) == 0
                        ? Double.NaN
                        : (t / 24 % 7 >= 5 ? 1 : 4) * Math.sin(Math.PI * t / 12) + random.nextGaussian());
        assertEquals(List.of(24, 168), Periods.found(courses, HOUR));
    }

    @Test
    void aHistoryOfThreeSeasonsHasNone() {
        var courses = courses(5, 72, random -> t -> Math.sin(Math.PI * t / 12));
        assertEquals(List.of(), Periods.found(courses, HOUR));
        assertEquals(List.of(), Periods.found(List.of(), HOUR));
    }

    @Test
    void aDayAndAWeekAreExpectedOfACalendar() {
        assertEquals(List.of(288, 2016), Periods.expected(5 * MINUTE));
        assertEquals(List.of(24, 168), Periods.expected(HOUR));
        assertEquals(List.of(7), Periods.expected(DAY));
        assertEquals(List.of(1440), Periods.expected(MINUTE));
        assertEquals(List.of(), Periods.expected(0));
    }

    /** Makes the values of one entity of its own random numbers. */
    private interface Maker {
        IntToDoubleFunction of(Random random);
    }

    private static List<Course> courses(int entities, int steps, Maker maker) {
        var courses = new ArrayList<Course>();
        for (int entity = 0; entity < entities; entity++) {
            var values = maker.of(new Random(100 + entity));
            courses.add(new Course(
                    IntStream.range(0, steps).asLongStream().toArray(),
                    IntStream.range(0, steps).mapToDouble(values).toArray()));
        }
        return courses;
    }

    private static IntToDoubleFunction autoregression(Random random, double of) {
        var level = new double[1];
        return t -> level[0] = of * level[0] + random.nextGaussian();
    }
}

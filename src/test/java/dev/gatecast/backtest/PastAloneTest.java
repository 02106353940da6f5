package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.source.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastAloneTest extends WaveBacktest {
    @Test
    void nothingBeforeAChangeOfTheFutureChanges() throws IOException {
        var values = waves(1);
        var changed = waves(1);
        var change = 200;
        for (var row = change; row < ROWS; row++) {
            changed[0][row] += 40;
            changed[1][row] = 0;
        }
        run(settings("100", "one", false), wide("one.csv", values), new Models.Pinned(MODEL));
        run(settings("100", "two", false), wide("two.csv", changed), new Models.Pinned(MODEL));
        var cut = time(change);
        assertEquals(quantiles("one", cut, true), quantiles("two", cut, true));
        assertNotEquals(quantiles("one", cut, false), quantiles("two", cut, false));
        assertEquals(scores("one", cut, true), scores("two", cut, true));
        assertNotEquals(scores("one", cut, false), scores("two", cut, false));
    }

    /** A wave of a day before row 150, one of six hours after it; with noise first it has none to find. */
    @Test
    void seasonsAreFoundInThePastAlone() throws IOException {
        var values = waves(1);
        var changed = waves(1);
        var noise = waves(2);
        var random = new Random(9);
        for (var entity = 0; entity < values.length; entity++) {
            for (var row = 0; row < ROWS; row++) {
                noise[entity][row] = row < 150 ? random.nextGaussian() : 1e3 * values[entity][row];
                changed[entity][row] += row < 150 ? 0 : 1e3 * Math.sin(row * Math.PI / 3);
            }
        }
        for (var models :
                List.of(new Models.None(), new Models.WalkForward((past, own, from) -> Optional.empty(), 50 * HOUR))) {
            var day = List.of("last-value", "seasonal-24", "holt-winters", "linear");
            var one = found("150", "one.csv", values, models);
            var two = found("150", "two.csv", changed, models);
            assertEquals(day, one.judgement().names());
            assertEquals(day, two.judgement().names());
            assertEquals(
                    new GridSeasons(List.of(24), GridSeasons.Source.PAST),
                    two.judgement().seasons());
            assertTrue(two.text().contains("seasons: 24 steps, found in what comes before the cut"), two::text);
            assertEquals(
                    List.of("last-value", "holt-winters", "linear"),
                    found("150", "noise.csv", noise, models).judgement().names());
        }
    }

    @Test
    void aModelBringsItsSeasonsAndWithoutACutACalendarDoes() throws IOException {
        var waves = waves(1);
        var own = new GridSeasons(List.of(24, 48), GridSeasons.Source.MODEL);
        assertEquals(
                own,
                found(null, "m.csv", waves, new Models.Pinned(MODEL))
                        .judgement()
                        .seasons());
        assertEquals(
                own,
                found("100", "m.csv", waves, new Models.Fitted(past -> PASSED))
                        .judgement()
                        .seasons());
        assertEquals(
                new GridSeasons(List.of(24, 168), GridSeasons.Source.CALENDAR),
                found(null, "m.csv", waves, new Models.None()).judgement().seasons());
    }

    private Report found(@Nullable String cut, String name, double[][] values, Models models) throws IOException {
        var base = settings(cut, name + ".out", false);
        var steps = new Steps(6, null, HOUR);
        return run(
                new BacktestSettings(steps, base.data(), base.forecaster(), base.output(), THREADS),
                wide(name, values),
                models);
    }

    /** All cells but the actual value, of the forecasts made before a time or from it on. */
    private List<String> quantiles(String out, String time, boolean before) throws IOException {
        return rows(out, "forecasts.csv").stream()
                .filter(row -> (row[1].compareTo(time) < 0) == before)
                .map(row -> String.join(" ", List.of(row).subList(0, 9)))
                .toList();
    }

    private List<String> scores(String out, String time, boolean before) throws IOException {
        return rows(out, "scores.csv").stream()
                .filter(row -> (row[1].compareTo(time) < 0) == before)
                .map(row -> String.join(" ", row))
                .toList();
    }

    @Test
    void theTrainingSeesThePastAlone() throws IOException {
        var csv = wide("w.csv", waves(1));
        var cuts = Map.of("0.5", 120, "60", 60, "-40", 200, time(33), 33);
        cuts.forEach((cut, expected) -> {
            var seen = new ArrayList<History>();
            run(settings(cut, "o" + expected, true), csv, new Models.Fitted(past -> {
                seen.add(past);
                return PASSED;
            }));
            assertEquals(1, seen.size());
            seen.get(0).series().forEach(series -> {
                assertEquals(expected, series.size());
                assertEquals(START + (expected - 1) * HOUR, series.time(series.size() - 1));
            });
        });
    }

    @Test
    void walkingForwardEachTrainingSeesOnlyWhatCameBefore() throws IOException {
        var other = dev.gatecast.support.Models.random(2);
        var seen = new TreeMap<Long, Long>();
        var newest = new ArrayList<Long>();
        Refit fit = (past, champion, from) -> {
            seen.put((from - START) / HOUR, past.ticks());
            past.series().forEach(series -> newest.add(from - series.time(series.size() - 1)));
            return Optional.of(champion.isEmpty() ? PASSED : new Trained(other, true, "better"));
        };
        var forward = new Models.WalkForward(fit, 50 * HOUR);
        var csv = wide("w.csv", waves(1));
        run(hourly(settings("100", "with", false)), csv, forward);
        assertEquals(Map.of(100L, 300L, 150L, 450L, 200L, 600L), seen);
        assertTrue(newest.stream().allMatch(age -> age == HOUR), newest::toString);
        rows("with", "forecasts.csv").forEach(row -> {
            assertTrue(row[1].compareTo(time(100)) >= 0, row[1]);
            assertEquals(row[1].compareTo(time(150)) < 0 ? MODEL.id() : other.id(), row[10]);
        });
        seen.clear();
        run(hourly(settings(null, "without", false)), csv, new Models.WalkForward(fit, 90 * HOUR));
        assertEquals(Map.of(90L, 270L, 180L, 540L), seen);
    }

    @Test
    void recordedActivationsGovernFromTheirTimesOn() throws IOException {
        var other = dev.gatecast.support.Models.random(2);
        var timeline = new ActivationTimeline(List.of(
                new Activation(MODEL.id(), START + 50 * HOUR, 1, ""),
                new Activation(other.id(), START + 150 * HOUR, 2, MODEL.id())));
        var byId = Map.of(MODEL.id(), MODEL, other.id(), other);
        var report = run(
                settings(null, "out", false),
                wide("w.csv", waves(1)),
                new Models.Recorded(timeline, id -> byId.getOrDefault(id, MODEL)));
        assertEquals(Map.of(MODEL.id(), 300L, other.id(), 270L), report.models());
        rows("out", "forecasts.csv")
                .forEach(row -> assertEquals(row[1].compareTo(time(150)) < 0 ? MODEL.id() : other.id(), row[10]));
    }

    @Test
    void aRecordedModelOfOtherTicksIsRefusedAsItIsLive() throws IOException {
        var other = dev.gatecast.support.Models.withContext(2, dev.gatecast.support.Models.fields("wind"));
        var timeline = new ActivationTimeline(List.of(
                new Activation(other.id(), START + 20 * HOUR, 1, ""),
                new Activation(MODEL.id(), START + 50 * HOUR, 2, other.id()),
                new Activation(other.id(), START + 150 * HOUR, 3, MODEL.id())));
        var byId = Map.of(MODEL.id(), MODEL, other.id(), other);
        var report = run(
                settings(null, "out", false),
                wide("w.csv", waves(1)),
                new Models.Recorded(timeline, id -> byId.getOrDefault(id, MODEL)));
        assertEquals(Map.of(MODEL.id(), 570L), report.models());
    }
}

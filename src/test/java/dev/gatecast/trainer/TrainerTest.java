package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.logistic;
import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;
import dev.gatecast.support.Models;
import dev.gatecast.trainer.TrainerSettings.Descent;
import dev.gatecast.trainer.TrainerSettings.Run;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final InstantSource NO_CLOCK = () -> {
        throw new AssertionError("the clock was read");
    };

    /** What no linear model forecasts well. */
    private static History history() {
        return new Histories()
                .with("a", 2000, logistic(10, 2, 0.3))
                .with("b", 2000, logistic(50, 7, 0.4))
                .with("flat", 2000, row -> 3)
                .history();
    }

    private static Challenge train(TrainerSettings settings, Optional<Model> champion) {
        return new Trainer(settings, NO_CLOCK, Progress.Listener.SILENT)
                .challenge(history(), champion, Map.of("data", "made"));
    }

    private static byte[] bytes(Challenge challenge) {
        return new ModelCodec().encode(challenge.challenger());
    }

    private static String network(Challenge challenge) {
        return challenge.challenger().lineage().entries().getOrDefault("network 1", "");
    }

    @Test
    void givesTheSameBytesForTheSameSeedWithAnyNumberOfThreads() {
        var challenge = train(Small.with(new Run(7, 1, Optional.empty())), Optional.empty());
        assertFalse(network(challenge).contains("at iteration 0"), network(challenge));
        var one = bytes(challenge);
        var again = bytes(train(Small.with(new Run(7, 1, Optional.empty())), Optional.empty()));
        var three = bytes(train(Small.with(new Run(7, 3, Optional.empty())), Optional.empty()));
        assertArrayEquals(one, again);
        assertArrayEquals(one, three);
    }

    @Test
    void givesOtherWeightsForAnotherSeed() {
        var one = train(Small.with(new Run(1, 2, Optional.empty())), Optional.empty());
        var two = train(Small.with(new Run(2, 2, Optional.empty())), Optional.empty());
        assertFalse(one.challenger().fingerprint() == two.challenger().fingerprint());
    }

    @Test
    void beatsTheNaiveForecastsAndSaysSoInTheLineage() {
        var challenge = train(Small.iterations(100), Optional.empty());
        assertTrue(challenge.gate().passed(), challenge.gate().lines().toString());
        var lineage = challenge.challenger().lineage().entries();
        assertEquals("the challenger beats every naive forecast: it is used", lineage.get("gate 1"));
        assertTrue(String.valueOf(lineage.get("gate horizon 4")).contains("p "), lineage::toString);
        assertEquals("made", lineage.get("data"));
        assertEquals("3", lineage.get("entities"));
        assertEquals(
                challenge.gate().lines().size()
                        + challenge.gate().horizonLines().size(),
                lineage.keySet().stream()
                        .filter(name -> name.startsWith("gate"))
                        .count());
    }

    /** Tomorrow's value is half told by another field of today's tick. */
    private static double lossWith(boolean told, long seed) {
        var random = new Random(seed);
        var hint = new double[2001];
        for (int i = 0; i < hint.length; i++) {
            hint[i] = random.nextGaussian();
        }
        var history = new Histories()
                .withFields("a", 2000, row -> new double[] {
                    20 + 2 * hint[row] + 0.2 * random.nextGaussian(), told ? hint[row + 1] : random.nextGaussian(), 4
                })
                .history();
        var target = new TrainerSettings.Target(
                1, Small.LEVELS, FeatureSpec.Seasons.NONE, Histories.HOUR, false, Optional.of(Transform.IDENTITY));
        var settings = Small.iterations(200).with(target);
        var challenge = new Trainer(settings, NO_CLOCK, Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of());
        var names = challenge.challenger().recipe().spec().inputNames();
        assertTrue(names.contains("field field-1") && !names.contains("field field-2"), names.toString());
        return challenge.gate().contenders().get(0).relative();
    }

    @Test
    void learnsWhatAnotherFieldTells() {
        double without = lossWith(false, 1);
        double with = lossWith(true, 1);
        assertTrue(with < 0.6 * without, with + " against " + without);
    }

    @Test
    void keepsTheLinearStartWhereNothingBeatsIt() {
        var linear = new Histories().with("wave", 600, wave(10, 2, 1)).history();
        var wild = Small.with(new Descent(20, 0.9, 1, 0, 0));
        var kept = new Trainer(wild, NO_CLOCK, Progress.Listener.SILENT).challenge(linear, Optional.empty(), Map.of());
        assertTrue(network(kept).contains("at iteration 0 of 20"), network(kept));
        var untrained = new Trainer(Small.iterations(0), NO_CLOCK, Progress.Listener.SILENT)
                .challenge(linear, Optional.empty(), Map.of());
        assertEquals(untrained.challenger().fingerprint(), kept.challenger().fingerprint());
    }

    @Test
    void isNotTouchedByRowsThatOnlyTheGateMaySee() {
        var settings = Small.SETTINGS;
        var data = TrainingData.of(history(), settings.target(), settings.holdOut());
        var training = new TargetTraining(settings, new RecipeTraining(settings, NO_CLOCK, Progress.Listener.SILENT));
        var recipe = training.train(data, List.of("value"), Optional.empty()).recipe();
        for (var past : data.pasts()) {
            for (int i = past.selectEnd(); i < past.rows(); i++) {
                past.values()[i] = 1e6;
            }
        }
        var spoiled = training.train(data, List.of("value"), Optional.empty()).recipe();
        var codec = new ModelCodec();
        var lineage = new dev.gatecast.forecast.Lineage(new java.util.TreeMap<>());
        assertArrayEquals(codec.encode(codec.name(recipe, lineage)), codec.encode(codec.name(spoiled, lineage)));
    }

    /** They choose among linear models, none of which is fitted to them. */
    @Test
    void doesNotFitToRowsThatSelect() {
        var settings = Small.with(new Descent(1, 1e-3, 0.3, 0.01, 0.1));
        var data = TrainingData.of(history(), settings.target(), settings.holdOut());
        var clean = Prepared.of(data, settings, Transform.IDENTITY);
        var solved = LinearChoice.parts(clean).all().solved(0.1, LinearPrior.SEASON);
        var missed = solved.missed(clean, Small.LEVELS);
        for (var past : data.pasts()) {
            for (int i = past.fitEnd(); i < past.rows(); i++) {
                past.values()[i] = 1e6;
            }
        }
        var spoiled = Prepared.of(data, settings, Transform.IDENTITY);
        assertEquals(clean.spec(), spoiled.spec());
        var again = LinearChoice.parts(spoiled).all().solved(0.1, LinearPrior.SEASON);
        for (int h = 0; h < clean.horizons(); h++) {
            assertArrayEquals(solved.weights()[h], again.weights()[h]);
        }
        assertArrayEquals(missed, again.missed(spoiled, Small.LEVELS));
    }

    @Test
    void theLinearStartCanBeLeftOut() {
        var descent = Small.SETTINGS.descent();
        var usual = descent.weights();
        var weights = new TrainerSettings.Weights(usual.initialiser(), usual.penalty(), false);
        var without = Small.with(new Descent(60, 1e-2, 0.3, descent.course(), 0.1, weights));
        var data = TrainingData.of(history(), without.target(), without.holdOut());
        var start = Start.of(data, without, Transform.IDENTITY);
        assertArrayEquals(new float[24 * 4], start.weights(0, 1).values("head.skip.weight"));
        assertTrue(train(without, Optional.empty()).gate().passed());
    }

    @Test
    void averagesSeveralNetworks() {
        var challenge = train(Small.with(new Sizes(1, 6, 8, 24, 2, 48)), Optional.empty());
        assertEquals(2, challenge.challenger().recipe().networks().size());
        assertTrue(challenge.gate().passed(), challenge.gate().lines().toString());
    }

    @Test
    void widensBothSidesOfABandByAsMuch() {
        var random = new Random(8);
        var wilder = new Histories()
                .with("a", 600, row -> 20 + random.nextGaussian() + (row < 540 ? 0 : 1 + 2 * random.nextGaussian()))
                .history(); // and higher in the rows that are held out
        var recipe = new Trainer(Small.iterations(10), NO_CLOCK, Progress.Listener.SILENT)
                .challenge(wilder, Optional.empty(), Map.of())
                .challenger()
                .recipe();
        var widths = recipe.correction().widths();
        int levels = recipe.levels().length;
        boolean wider = false;
        for (int i = 0; i < widths.length; i++) {
            int mirror = i - i % levels + levels - 1 - i % levels;
            assertEquals(widths[i], widths[mirror], () -> Arrays.toString(widths));
            wider |= widths[i] > 1;
        }
        assertTrue(wider, () -> Arrays.toString(widths));
    }

    @Test
    void doesNotWidenCountsThatAreMostlyNothing() {
        var random = new Random(14);
        var counts = new Histories()
                .with("a", 600, row -> random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(4))
                .history();
        var correction = new Trainer(Small.iterations(10), NO_CLOCK, Progress.Listener.SILENT)
                .challenge(counts, Optional.empty(), Map.of())
                .challenger()
                .recipe()
                .correction();
        for (float width : correction.widths()) {
            assertTrue(width < 1.2f, () -> Arrays.toString(correction.widths()));
        }
    }

    @Test
    void goesOnFromAChampionOfTheSameShape() {
        var champion = train(Small.SETTINGS, Optional.empty()).challenger();
        var next = train(Small.SETTINGS, Optional.of(champion)).challenger();
        assertEquals("champion", next.lineage().entries().get("start"));
        assertEquals(champion.id(), next.lineage().entries().get("champion"));
        assertEquals(champion.recipe().spec(), next.recipe().spec());
    }

    @Test
    void startsAfreshBesideAChampionOfAnotherShape() {
        var champion = train(Small.with(new Sizes(1, 5, 8, 24, 1, 48)), Optional.empty())
                .challenger();
        var next = train(Small.SETTINGS, Optional.of(champion)).challenger();
        assertEquals("linear", next.lineage().entries().get("start"));
    }

    @Test
    void doesNotUseAChallengerThatIsTheChampion() {
        var champion = train(Small.SETTINGS, Optional.empty()).challenger();
        var same = train(Small.iterations(0), Optional.of(champion));
        assertEquals(champion.fingerprint(), same.challenger().fingerprint());
        assertFalse(same.gate().passed());
        assertTrue(
                same.gate().reason().contains("the champion is kept"),
                same.gate().reason());
    }

    @Test
    void asksForRoomForTheModelBeforeItTrains() {
        var asked = new long[1];
        var reports = new ArrayList<Progress>();
        var trainer = new Trainer(Small.with(new Sizes(1, 6, 8, 24, 2, 48)), NO_CLOCK, reports::add);
        var challenge = trainer.challenge(history(), Optional.empty(), Map.of(), bytes -> asked[0] = bytes);
        int size = bytes(challenge).length;
        assertTrue(size <= asked[0] && asked[0] < size + 16_384, () -> size + " bytes, asked for " + asked[0]);
        reports.clear();
        var e = assertThrows(
                IllegalStateException.class,
                () -> trainer.challenge(history(), Optional.empty(), Map.of(), bytes -> {
                    throw new IllegalStateException("too large");
                }));
        assertEquals("too large", e.getMessage());
        assertEquals(List.of(), reports);
    }

    @Test
    void reportsItsProgress() {
        var reports = new ArrayList<Progress>();
        new Trainer(Small.SETTINGS, NO_CLOCK, reports::add).challenge(history(), Optional.empty(), Map.of());
        assertEquals(10, reports.size());
        assertEquals(1, reports.get(9).share());
        assertTrue(reports.get(0).loss() > 0);
    }

    @Test
    void stopsWhenItsTimeIsOver() {
        var time = new Instant[] {Instant.EPOCH};
        InstantSource clock = () -> time[0] = time[0].plusSeconds(1);
        var settings = Small.with(new Run(1, 2, Optional.of(Duration.ofSeconds(20))));
        var challenge =
                new Trainer(settings, clock, Progress.Listener.SILENT).challenge(history(), Optional.empty(), Map.of());
        assertFalse(network(challenge).contains("of 60;"), network(challenge));
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThrows(CancellationException.class, () -> train(Small.SETTINGS, Optional.empty()));
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void trainsOnOneEntity() {
        var one = new Histories().with("only", 500, wave(10, 2, 3)).history();
        var challenge = new Trainer(Small.SETTINGS, NO_CLOCK, Progress.Listener.SILENT)
                .challenge(one, Optional.empty(), Map.of());
        assertTrue(challenge.gate().passed(), challenge.gate().lines().toString());
    }

    /** As a sine of the hour does, but for the rounding of its doubles. */
    @Test
    void saysThatNothingIsToBeLearntWhereEverySeriesRepeatsItself() {
        var trainer = new Trainer(Small.SETTINGS, NO_CLOCK, Progress.Listener.SILENT);
        var periodic = new Histories()
                .with("hours", 600, row -> 10 + row % 24)
                .with("sine", 600, row -> 10 + 5 * Math.sin(2 * Math.PI * row / 24))
                .history();
        var e = assertThrows(UnusableHistory.class, () -> trainer.challenge(periodic, Optional.empty(), Map.of()));
        assertEquals(
                "every entity with enough rows repeats itself after 24 steps, to the float: the value 24 steps before is its"
                        + " forecast, and there is nothing to learn",
                e.getMessage());
    }

    @Test
    void saysThatFloatsLoseASmallMovementOnAHighLevel() {
        var trainer = new Trainer(Small.SETTINGS, NO_CLOCK, Progress.Listener.SILENT);
        var high = new Histories()
                .with("sales", 600, row -> 1e9 + wave(10, 2, 3).applyAsDouble(row))
                .history();
        var e = assertThrows(UnusableHistory.class, () -> trainer.challenge(high, Optional.empty(), Map.of()));
        var message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("the movement of sales is lost: a model keeps values as 32-bit floats"), message);
        assertTrue(message.endsWith("subtract a constant from the values"), message);
    }

    @Test
    void saysHowMuchHistoryItNeeds() {
        var shortOne = new Histories().with("short", 30, wave(10, 2, 3)).history();
        var trainer = new Trainer(Small.SETTINGS, NO_CLOCK, Progress.Listener.SILENT);
        var e = assertThrows(UnusableHistory.class, () -> trainer.challenge(shortOne, Optional.empty(), Map.of()));
        assertEquals(
                "an entity needs at least 28 rows to train on, beside those held out, to forecast 4 steps from 24"
                        + " values; the longest has 22 of its 30: give more history or a shorter horizon",
                e.getMessage());
    }

    @Test
    void saysSoOfManyEntitiesOfAFewRowsTooThoughNoneVariesInTheRowThatIsFitted() {
        var few = new Histories();
        for (int i = 0; i < 20; i++) {
            few.with("short" + i, 9, wave(10 + i, 2, 3));
        }
        var trainer = new Trainer(Small.SETTINGS, NO_CLOCK, Progress.Listener.SILENT);
        var e = assertThrows(UnusableHistory.class, () -> trainer.challenge(few.history(), Optional.empty(), Map.of()));
        assertEquals(
                "an entity needs at least 28 rows to train on, beside those held out, to forecast 4 steps from 24"
                        + " values; the longest has 1 of its 9: give more history, as that is too little for a horizon of 1"
                        + " too, or use a model that was trained on other entities",
                e.getMessage());
    }

    /** Just enough rows, in which many a window has nothing to forecast, and its burn-in is longer than the history. */
    @Test
    void aHistoryIsTrainedOnOrTooShort() {
        var small = Small.iterations(5);
        var settings = small.with(new TrainerSettings.Batches(3, 40, 30, 9), small.descent());
        var trainer = new Trainer(settings, NO_CLOCK, Progress.Listener.SILENT);
        int trained = 0;
        for (int rows = 30; rows < 90; rows += 3) {
            var history = new Histories().with("one", rows, wave(10, 2, 3)).history();
            try {
                trainer.challenge(history, Optional.empty(), Map.of());
                trained++;
            } catch (UnusableHistory e) {
                assertEquals(0, trained, rows + " rows, after fewer were enough: " + e.getMessage());
            }
        }
        assertTrue(trained > 10, trained + " of 20");
    }

    @Test
    void aChampionOfOtherFieldsIsLeftOut() {
        var settings = Small.iterations(10);
        var alone = train(settings, Optional.empty());
        var stranger = train(settings, Optional.of(Models.withContext(1, Models.fields("wind"))));
        assertArrayEquals(bytes(alone), bytes(stranger));
    }
}

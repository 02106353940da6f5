package dev.gatecast.trainer;

import dev.gatecast.event.Forecast.Directions;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.PairedTest;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.Output;
import dev.gatecast.trainer.Errors.Measure;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a challenger, the champion and the naive forecasts run over the data that the challenger's training has not seen
 * in any way. The models run through {@link dev.gatecast.forecast.Forecaster#advance}, as they do live.
 *
 * <p>The challenger passes if its error is below that of every naive forecast and, where there is a champion, its pinball
 * loss below the champion's, each by the margin; without comparable quantiles errors decide. One that tells directions is
 * judged by them: by the share of wrong ones against the naive forecasts and against always the same direction, by the
 * cross-entropy against a champion that tells the same ones; its quantiles may then be a little worse than the champion's.
 * Beside each figure stands the p-value of a paired test over the entities, or over times where there are fewer than
 * {@value #FEWEST_ENTITIES}.
 */
final class Gate {
    /** Entities that are judged at most, spread evenly over the names. */
    private static final int MOST_ENTITIES = 500;

    /** With fewer the pairs of the tests are stretches of time. */
    private static final int FEWEST_ENTITIES = 5;

    private static final String NOTHING = "no data to judge the challenger by";

    private final Model challenger;
    private final @Nullable Model champion;
    private final HoldOut terms;

    Gate(Model challenger, @Nullable Model champion, HoldOut terms) {
        this.challenger = challenger;
        this.champion = champion;
        this.terms = terms;
    }

    GateResult judge(TrainingData data) {
        return judge(data, () -> {});
    }

    /** @param before is run before each entity; an exception out of it ends the comparison */
    GateResult judge(TrainingData data, Runnable before) {
        int[] seasons = seasons();
        var all = contestants(seasons, new TickFields(data.tickFields()));
        int season = seasons.length == 0 ? 1 : seasons[0];
        var judged = judged(data, season);
        if (judged.isEmpty()) {
            return new GateResult(false, whyNothing(data, season) + ": it is not used", List.of(), List.of());
        }
        var times = judged.size() < FEWEST_ENTITIES ? JudgedTimes.of(judged) : null;
        for (int i = 0; i < judged.size(); i++) {
            before.run();
            run(judged.get(i), i, times, all, season);
        }
        return decide(all, times);
    }

    private List<Contestant> contestants(int[] seasons, TickFields fields) {
        int horizons = horizons();
        var all = new ArrayList<Contestant>();
        all.add(contestant("challenger", challenger, fields));
        if (champion != null) {
            all.add(contestant(Verdict.CHAMPION, champion, fields));
        }
        for (int direction = 0; tellsDirections() && direction < Directions.CLASSES; direction++) {
            all.add(new ConstantDirection(direction, horizons));
        }
        all.add(new NaiveContestant("last value", 1, horizons));
        for (int season : seasons) {
            all.add(new NaiveContestant("value " + season + " steps before", season, horizons));
        }
        return all;
    }

    private ModelContestant contestant(String name, Model model, TickFields fields) {
        var forecaster = new Forecaster(terms.served().ofModelAlone(), fields);
        return new ModelContestant(name, model, horizons(), tellsTheSame(model), forecaster);
    }

    private boolean tellsDirections() {
        return output(challenger) instanceof DirectedOutput;
    }

    /** Whether a model's probabilities are of the challenger's directions. */
    private boolean tellsTheSame(@Nullable Model model) {
        return model != null
                && output(challenger) instanceof DirectedOutput asked
                && output(model) instanceof DirectedOutput told
                && asked.direction().equals(told.direction());
    }

    private static Output output(Model model) {
        return model.recipe().networks().get(0).architecture().head().output();
    }

    /** Those with unseen rows, a step apart, and values that vary, thinned evenly. */
    private List<Past> judged(TrainingData data, int season) {
        long cadence = challenger.recipe().cadence();
        var all = unseen(data, season).filter(past -> past.steps(cadence)).toList();
        int stride = (all.size() + MOST_ENTITIES - 1) / MOST_ENTITIES;
        return IntStream.range(0, all.size())
                .filter(i -> i % stride == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static Stream<Past> unseen(TrainingData data, int season) {
        return data.pasts().stream().filter(past -> past.selectEnd() < past.rows() && past.meanDifference(season) > 0);
    }

    private String whyNothing(TrainingData data, int season) {
        return unseen(data, season).findAny().isEmpty()
                ? NOTHING
                : "the challenger's steps are "
                        + Duration.ofMillis(challenger.recipe().cadence())
                        + " apart, and no tick of those held out comes a step after another, for it to be judged by";
    }

    private GateResult decide(List<Contestant> all, @Nullable JudgedTimes times) {
        var contenders =
                all.stream().map(one -> one.errors().figures(one.name())).toList();
        var first = all.get(0);
        if (!(first.errors().mean(Measure.ERROR, 0) >= 0)) {
            return new GateResult(false, NOTHING + ": it is not used", List.of(), List.of());
        }
        var comparisons = new ArrayList<Comparison>();
        for (var rival : all.subList(1, all.size())) {
            for (var measure : measures(rival)) {
                comparisons.add(compared(first, rival, measure, times));
            }
        }
        var verdict = Verdict.of(comparisons, terms);
        return new GateResult(verdict.passed(), verdict.reason(), contenders, comparisons);
    }

    /** What is compared with a rival, what decides first. */
    private List<Measure> measures(Contestant rival) {
        boolean isChampion = rival.name().equals(Verdict.CHAMPION);
        var ofValues = isChampion && sameQuantiles() ? Measure.PINBALL : Measure.ERROR;
        if (!tellsDirections()) {
            return List.of(ofValues);
        }
        var ofMoves = isChampion && tellsTheSame(champion) ? Measure.ENTROPY : Measure.MISSES;
        return isChampion ? List.of(ofMoves, ofValues) : List.of(ofMoves);
    }

    private Comparison compared(Contestant first, Contestant rival, Measure measure, @Nullable JudgedTimes times) {
        var pairs = IntStream.rangeClosed(0, horizons())
                .mapToObj(horizon -> {
                    var differences = first.errors().differences(rival.errors(), measure, horizon);
                    int reach = horizon == 0 ? horizons() : horizon;
                    var test = times == null
                            ? PairedTest.ofEntities(differences)
                            : PairedTest.ofTimes(differences, times.overlap(reach));
                    return new Comparison.Pair(
                            first.errors().mean(measure, horizon),
                            rival.errors().mean(measure, horizon),
                            test);
                })
                .toList();
        var over = times == null ? "entities" : "times";
        return new Comparison(rival.name(), measure.text, over, pairs.get(0), pairs.subList(1, pairs.size()));
    }

    private boolean sameQuantiles() {
        return champion != null
                && Arrays.equals(challenger.recipe().levels(), champion.recipe().levels());
    }

    /** Feeds one entity's ticks to all, from a full ring before the unseen rows to the end. */
    private void run(Past past, int number, @Nullable JudgedTimes times, List<Contestant> all, int season) {
        double unit = past.meanDifference(season);
        int from = Math.max(0, past.selectEnd() - warmUp());
        for (var one : all) {
            one.begin();
        }
        for (int t = from; t < past.rows(); t++) {
            for (var one : all) {
                one.advance(past, t);
            }
            boolean compared = t + 1 >= past.selectEnd()
                    && t + 1 < past.rows()
                    && t + 1 - from > season
                    && all.stream().allMatch(Contestant::ready);
            if (compared) {
                long pair = times == null ? number : times.pair(past.times()[t]);
                var moves = all.get(0) instanceof ModelContestant first ? first.directions() : null;
                for (var one : all) {
                    one.errors().pair(pair);
                    one.compare(past, t, unit, moves);
                }
            }
        }
    }

    private int warmUp() {
        int ring = ring(challenger);
        if (champion != null) {
            ring = Math.max(ring, ring(champion));
        }
        return ring + challenger.recipe().warmUp();
    }

    /** The longest of its recipes. */
    private static int ring(Model model) {
        return Stream.concat(Stream.of(model.recipe()), model.recipes().values().stream())
                .mapToInt(recipe -> recipe.spec().windows().ring())
                .max()
                .orElseThrow();
    }

    private int horizons() {
        int mine = challenger.recipe().horizons();
        return champion == null ? mine : Math.min(mine, champion.recipe().horizons());
    }

    private int[] seasons() {
        var seasons = challenger.recipe().spec().seasons();
        return IntStream.of(seasons.shorter(), seasons.longer())
                .filter(season -> season > 1)
                .distinct()
                .toArray();
    }
}

package dev.gatecast.trainer;

import dev.gatecast.event.Targets;
import dev.gatecast.feature.Ahead;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Guess;
import dev.gatecast.source.History;
import dev.gatecast.source.Series;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of the target, entity by entity, with the latest part held out. Ticks whose target is not finite are left
 * out, as they never advance an entity live.
 *
 * <p>Where ticks carry times, one time cuts all entities, so that no weight has seen anything of the held-out days; where
 * they carry row numbers, each entity is cut at its own share of rows. What did not come but was guessed is not counted: after
 * an outage rows that were observed select and judge.
 */
final class TrainingData {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingData.class);

    /** The target is the first of a tick's values. */
    private static final int TARGET = 0;

    /** Of the held-out part, the share that judges. */
    private static final int JUDGING_THIRD = 3;

    private final List<String> fields;
    private final Ahead ahead;
    private final List<Past> pasts;
    private final long fitUntil;
    private final long selectUntil;

    private TrainingData(List<String> fields, Ahead ahead, List<Past> pasts, long fitUntil, long selectUntil) {
        this.fields = fields;
        this.ahead = ahead;
        this.pasts = pasts;
        this.fitUntil = fitUntil;
        this.selectUntil = selectUntil;
    }

    /**
     * Cuts a history.
     *
     * @throws UnusableHistory if there is nothing in it, or nothing that varies
     */
    static TrainingData of(History history, Target target, HoldOut holdOut) {
        var others = history.fields().others();
        var ahead = Ahead.of(others);
        var fields = new ArrayList<>(ahead.present(others));
        var whole = history.series().stream()
                .map(series -> finite(series, others, ahead, target))
                .map(past -> target.cadence() == 0 && target.calendar() ? past.withElapsed() : past)
                .filter(past -> past.rows() > 0)
                .toList();
        if (target.cadence() == 0 && target.calendar()) {
            fields.add(Elapsed.NAME);
        }
        if (whole.isEmpty()) {
            throw new UnusableHistory(
                    history.ticks() == 0
                            ? "ticks to train on were expected, the history has none"
                            : "finite values of " + history.fields().targets().get(0)
                                    + " to train on were expected, none of the history's " + history.ticks()
                                    + " ticks has one");
        }
        var data = target.calendar()
                ? cutByTime(fields, ahead, whole, target, holdOut)
                : cutByRow(fields, ahead, whole, target, holdOut);
        data.requireRows(target);
        data.requireVariation();
        return data.withoutLost(history.fields().targets());
    }

    /**
     * The same, or cut where the longest entity's rows say if only that leaves an entity that can select: one that begins so
     * late that it has hardly a row fitted has forecasts between the common cuts, but not what they are made from.
     *
     * @param profile values a model sees; 0: as many as go with the rows
     */
    TrainingData selectable(Target target, HoldOut holdOut, int profile) {
        if (!target.calendar() || canSelect(target, profile)) {
            return this;
        }
        var longest = longest(pasts);
        var rows = Cuts.of(longest.length, target, holdOut);
        var again = cutAt(fields, ahead, pasts, longest[rows.fit()], longest[rows.select()]);
        return again.canSelect(target, profile) ? again : this;
    }

    private boolean canSelect(Target target, int profile) {
        int seen =
                Prepared.windows(medianFittedRows(), target.seasons(), profile).profile();
        int season = Math.max(1, target.seasons().shorter());
        return pasts.stream()
                .anyMatch(past -> past.fitEnd() > season
                        && past.selectEnd() - Math.max(past.fitEnd(), seen) >= target.horizons()
                        && past.observed(Math.max(past.fitEnd(), seen), past.selectEnd()) > 0);
    }

    /**
     * The series of one of several targets, cut at the same times.
     *
     * @throws UnusableHistory if there are none: of more entities than memory takes, series are left out
     */
    TrainingData of(String target) {
        var own = pasts.stream()
                .filter(past -> Targets.isOf(past.entity(), target))
                .toList();
        if (own.isEmpty()) {
            throw new UnusableHistory("series of " + target + " to train on were expected, there are none");
        }
        return new TrainingData(fields, ahead, own, fitUntil, selectUntil);
    }

    /** Names of the other fields, in the order of {@link Past#fields}. */
    List<String> fields() {
        return fields;
    }

    /** The values to come, in the order of {@link Past#ahead}. */
    Ahead ahead() {
        return ahead;
    }

    /** Names of all of a row's values after the target: {@link Past#tick}. */
    List<String> tickFields() {
        return Stream.concat(fields.stream(), ahead.names().stream()).toList();
    }

    /** Whether any value was guessed. */
    boolean guesses() {
        return pasts.stream().anyMatch(past -> !past.guessed().isEmpty());
    }

    /** All entities, by name. */
    List<Past> pasts() {
        return pasts;
    }

    /** Time from which nothing is fitted to; the largest of the entities' where each is cut by its rows. */
    long fitUntil() {
        return fitUntil;
    }

    /** Time from which nothing has been seen by training in any way. */
    long selectUntil() {
        return selectUntil;
    }

    /** The smallest fitted value. */
    double least() {
        return pasts.stream()
                .flatMapToDouble(past -> Arrays.stream(past.values(), 0, past.fitEnd()))
                .min()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** Whether all fitted values of an entity are at most so large. */
    boolean losesAnEntityBelow(double value) {
        return pasts.stream().anyMatch(past -> past.fitEnd() > 0 && past.largest(0) <= value);
    }

    /** Fitted rows of all entities. */
    long fittedRows() {
        return pasts.stream().mapToLong(Past::fitEnd).sum();
    }

    /** Fitted rows of the entity in the middle. */
    int medianFittedRows() {
        var rows = pasts.stream().mapToInt(Past::fitEnd).sorted().toArray();
        return rows[rows.length / 2];
    }

    private void requireRows(Target target) {
        if (fittedRows() == 0) {
            int longest = pasts.stream().mapToInt(Past::rows).max().orElse(0);
            throw new UnusableHistory("twice the horizon of " + target.horizons()
                    + " steps is held out to judge, and nothing of the longest entity's " + longest
                    + " rows is left to train on: give more history or a shorter horizon");
        }
    }

    private void requireVariation() {
        var first = pasts.get(0).values()[0];
        boolean varies = pasts.stream()
                .anyMatch(past -> Arrays.stream(past.values(), 0, past.fitEnd()).anyMatch(value -> value != first));
        if (!varies) {
            throw new UnusableHistory(
                    "every value to train on is " + first + ": there is nothing to learn from a constant");
        }
    }

    /**
     * The same without the series whose movement floats lose, which nothing can be learnt from or judged by.
     *
     * @throws UnusableHistory if they are half of the series of a target
     */
    private TrainingData withoutLost(List<String> targets) {
        var lost = pasts.stream().filter(past -> past.movement().isLost()).toList();
        if (lost.isEmpty()) {
            return this;
        }
        var text = lost.get(0).movement().text(lost.get(0).entity());
        for (var target : targets) {
            long all = count(pasts, target, targets);
            long ofThem = count(lost, target, targets);
            if (ofThem > 0 && 2 * ofThem >= all) {
                throw new UnusableHistory(
                        text + (all == 1 ? "" : "; " + ofThem + " of " + all + " series are like that"));
            }
        }
        LOG.warn("{} of {} series are left out of the training: {}", lost.size(), pasts.size(), text);
        var kept = pasts.stream().filter(past -> !past.movement().isLost()).toList();
        return new TrainingData(fields, ahead, kept, fitUntil, selectUntil);
    }

    private static long count(List<Past> pasts, String target, List<String> targets) {
        return pasts.stream()
                .filter(past -> past.fitEnd() > 1)
                .filter(past -> targets.size() == 1 || Targets.isOf(past.entity(), target))
                .count();
    }

    /** Missing values are guessed as they are live, by the seasons where those are known. */
    private static Past finite(Series series, List<String> others, Ahead ahead, Target target) {
        var present = ahead.present(others);
        var places = present.stream().mapToInt(name -> 1 + others.indexOf(name)).toArray();
        var comingPlaces = ahead.places(others);
        var times = new long[series.size()];
        var values = new double[series.size()];
        var fields = new float[present.size()][series.size()];
        var coming = new float[ahead.size()][series.size()];
        var guessed = new BitSet();
        var known = target.seasons().equals(Target.SEASONS_OF_DATA) ? Seasons.NONE : target.seasons();
        int rows = 0;
        for (int i = 0; i < series.size(); i++) {
            double value = series.value(TARGET, i);
            if (series.missing(i) && Double.isNaN(value) && rows > 0) {
                value = Guess.at(values, rows, known);
            }
            if (Double.isFinite(value)) {
                times[rows] = series.time(i);
                for (int k = 0; k < places.length; k++) {
                    float other = (float) series.value(places[k], i);
                    fields[k][rows] = Float.isFinite(other) ? other : Float.NaN;
                }
                if (coming.length > 0) {
                    long passed = rows == 0 ? 0 : Ahead.passed(times[rows - 1], times[rows], target.cadence());
                    ahead.announce(
                            coming, rows - 1, rows, passed, series.tick(i).values(), comingPlaces);
                }
                guessed.set(rows, series.missing(i));
                values[rows++] = value;
            }
        }
        return new Past(
                new Past.Who(series.entity(), series.traits()),
                Arrays.copyOf(times, rows),
                Arrays.copyOf(values, rows),
                cut(fields, rows),
                cut(coming, rows),
                guessed,
                new Past.Ends(rows, rows));
    }

    private static float[][] cut(float[][] columns, int rows) {
        return Arrays.stream(columns).map(column -> Arrays.copyOf(column, rows)).toArray(float[][]::new);
    }

    private static TrainingData cutByRow(
            List<String> fields, Ahead ahead, List<Past> whole, Target target, HoldOut holdOut) {
        var cut = new ArrayList<Past>();
        for (var past : whole) {
            var rows = Cuts.of(past.rows(), target, holdOut);
            cut.add(past.cut(rows.fit(), rows.select()));
        }
        return new TrainingData(fields, ahead, cut, latest(cut, true), latest(cut, false));
    }

    private static TrainingData cutByTime(
            List<String> fields, Ahead ahead, List<Past> whole, Target target, HoldOut holdOut) {
        var longest = longest(whole);
        var all = whole.stream()
                .flatMapToLong(past -> Arrays.stream(past.observedTimes()))
                .sorted()
                .toArray();
        var rows = Cuts.of(longest.length, target, holdOut);
        long fitUntil = all[(int) ((long) all.length * rows.fit() / longest.length)];
        long selectUntil = all[(int) ((long) all.length * rows.select() / longest.length)];
        if (!tells(whole, fitUntil, selectUntil, target.horizons())) {
            fitUntil = longest[rows.fit()];
            selectUntil = longest[rows.select()];
        }
        return cutAt(fields, ahead, whole, fitUntil, selectUntil);
    }

    /** The times of the most values that came of any entity. */
    private static long[] longest(List<Past> pasts) {
        return pasts.stream()
                .map(Past::observedTimes)
                .reduce((a, b) -> b.length > a.length ? b : a)
                .orElseThrow();
    }

    private static TrainingData cutAt(
            List<String> fields, Ahead ahead, List<Past> whole, long fitUntil, long selectUntil) {
        var cut = new ArrayList<Past>();
        for (var past : whole) {
            cut.add(past.cut(firstAtOrAfter(past.times(), fitUntil), firstAtOrAfter(past.times(), selectUntil)));
        }
        return new TrainingData(fields, ahead, cut, fitUntil, selectUntil);
    }

    /** Whether any entity has a whole forecast between two times. Where some begin late, what all have is cut later in time. */
    private static boolean tells(List<Past> whole, long from, long until, int horizons) {
        return whole.stream()
                .map(Past::observedTimes)
                .anyMatch(times -> firstAtOrAfter(times, until) - firstAtOrAfter(times, from) >= horizons);
    }

    private static int firstAtOrAfter(long[] times, long time) {
        int at = Arrays.binarySearch(times, time);
        return at >= 0 ? at : -at - 1;
    }

    private static long latest(List<Past> cut, boolean fit) {
        return cut.stream()
                .mapToLong(past -> past.times()[Math.max(0, (fit ? past.fitEnd() : past.selectEnd()) - 1)] + 1)
                .max()
                .orElse(0);
    }

    /** How many of an entity's rows are held out. */
    static int heldOut(int rows, int horizons, HoldOut holdOut) {
        return Math.max((int) Math.ceil(rows * holdOut.share()), 2 * horizons);
    }

    /** Where so many rows are cut. */
    private record Cuts(int fit, int select) {
        static Cuts of(int rows, Target target, HoldOut holdOut) {
            int held = heldOut(rows, target.horizons(), holdOut);
            int judging = Math.max(held / JUDGING_THIRD, target.horizons());
            return new Cuts(Math.max(0, rows - held), Math.max(0, rows - judging));
        }
    }
}

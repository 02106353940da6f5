package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/** How the model did beside the last value at the first ticks of the entities that begin after the cut. */
final class NewEntities {
    /** The last value's name among the contenders. */
    static final String LAST = new LastValue().name();

    /** What scaled errors are divided by. */
    static final String SCALED = "scaled: by each entity's mean change from one step to the next";

    private final @Nullable QuantileErrors quantiles;
    private final List<FirstErrors> errors;
    private final int horizons;
    private final boolean cut;
    private final long begun;

    /** Without a cut all entities are new. */
    NewEntities(FirstTicks firsts, List<Track> tracks, Grid grid) {
        quantiles = firsts.quantiles();
        errors = tracks.stream()
                .map(track -> track.firsts)
                .filter(Objects::nonNull)
                .toList();
        horizons = grid.horizons();
        cut = grid.hasPast();
        begun = tracks.stream().filter(track -> track.newcomer >= 0).count();
    }

    /** Whether there are any. */
    boolean any() {
        return !errors.isEmpty();
    }

    /** Entities that begin after the cut. */
    long begun() {
        return begun;
    }

    /** Those of them with forecasts that were judged. */
    long judged() {
        return errors.size();
    }

    /** Forecasts that were judged. */
    long forecasts() {
        return errors.stream().mapToLong(FirstErrors::forecasts).sum();
    }

    /** Entities on which the model's mean absolute error over all horizons is the smaller one. */
    long better() {
        return errors.stream()
                .filter(one -> one.model(1, horizons) < one.last(1, horizons))
                .count();
    }

    /** What is compared, in one line. */
    String text() {
        return String.format(
                Locale.ROOT,
                "new entities: %,d forecasts at the first %d ticks of %s%,d that begin %s, warming or not; %s is better than"
                        + " the last value on %,d",
                forecasts(),
                FirstTicks.TICKS,
                judged() < begun ? String.format(Locale.ROOT, "%,d of ", judged()) : "",
                begun,
                cut ? "after the cut" : "here (no cut: all, known to the model or not)",
                Judgement.MODEL,
                better());
    }

    /** Values that were forecast over a range of horizons, ends included. */
    long count(int from, int to) {
        return (long) errors.stream().mapToDouble(one -> one.count(from, to)).sum();
    }

    /**
     * The rows of a table.
     *
     * @param name what they are called
     * @param values of a range of horizons, ends included
     */
    record Row(String name, ToDoubleBiFunction<Integer, Integer> values) {}

    /** Mean absolute errors. */
    List<Row> mae() {
        return List.of(
                new Row(Judgement.MODEL, (from, to) -> mean(FirstErrors::model, from, to)),
                new Row(LAST, (from, to) -> mean(FirstErrors::last, from, to)));
    }

    /** The same relative to each entity's mean change from step to step there; entities without any change are left out. */
    List<Row> scaled() {
        return List.of(
                new Row(Judgement.MODEL, (from, to) -> scaled(FirstErrors::model, from, to)),
                new Row(LAST, (from, to) -> scaled(FirstErrors::last, from, to)));
    }

    /** Shares of the values inside the model's bands, narrow to wide, in percent. */
    List<Row> inside() {
        var rows = new ArrayList<Row>();
        if (quantiles != null) {
            var bands = quantiles.bands(1, 1);
            for (var b = 0; b < bands.size(); b++) {
                var band = b;
                var name = String.format(
                        Locale.ROOT, "inside %.0f %%", 100 * bands.get(b).nominal());
                rows.add(new Row(
                        name,
                        (from, to) -> 100 * quantiles.bands(from, to).get(band).coverage()));
            }
        }
        return rows;
    }

    /** The model's bands over a range of horizons, ends included. */
    List<BandMetrics> bands(int from, int to) {
        return quantiles == null ? List.of() : quantiles.bands(from, to);
    }

    private interface Sum {
        double of(FirstErrors errors, int from, int to);
    }

    private double mean(Sum sum, int from, int to) {
        return errors.stream().mapToDouble(one -> sum.of(one, from, to)).sum() / count(from, to);
    }

    private double scaled(Sum sum, int from, int to) {
        double all = 0;
        double count = 0;
        for (var one : errors) {
            if (one.scale() > 0) {
                all += sum.of(one, from, to) / one.scale();
                count += one.count(from, to);
            }
        }
        return all / count;
    }
}

package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the model, its rivals and the simple contenders did. Horizons count from 1. */
public final class Judgement {
    /** The model's name among the contenders. */
    public static final String MODEL = "gru";

    private final Lineup lineup;
    private final List<String> names;
    private final Tally tally;
    private final List<Track> tracks;

    Judgement(Lineup lineup, Tally tally, List<Track> tracks) {
        this.lineup = lineup;
        this.tally = tally;
        this.tracks = tracks;
        names = lineup.names();
    }

    /** Number of horizons. */
    public int horizons() {
        return lineup.grid().horizons();
    }

    /** The model, if there was one, its rivals, then the simple contenders. */
    public List<String> names() {
        return IntStream.range(0, names.size())
                .filter(this::wasJudged)
                .mapToObj(names::get)
                .toList();
    }

    /** A model that never gave a forecast is left out. */
    private boolean wasJudged(int contender) {
        return contender >= lineup.models() || tally.quantiles[contender] != null;
    }

    /** Place of a name in the sums. */
    int number(String name) {
        var number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("no contender " + name + " among " + names());
        }
        return number;
    }

    /**
     * Point errors over a range of horizons, ends included.
     *
     * @throws IllegalArgumentException if nobody has the name
     */
    public PointMetrics points(String name, int from, int to) {
        return tally.points.get(number(name)).metrics(from, to);
    }

    /** Those with quantiles: the model and its rivals. */
    public List<String> withQuantiles() {
        return names().stream().filter(name -> quantiles(name) != null).toList();
    }

    /** The quantile errors of a model or rival; null where there are none. */
    @Nullable QuantileErrors quantiles(String name) {
        var number = number(name);
        return number < lineup.models() ? tally.quantiles[number] : null;
    }

    /** A model's mean pinball loss over a range of horizons, ends included; NaN without quantiles. */
    public double pinball(String name, int from, int to) {
        var quantiles = quantiles(name);
        return quantiles == null ? Double.NaN : quantiles.pinball(from, to);
    }

    /** A model's central bands over a range of horizons, ends included, narrow to wide; empty without quantiles. */
    public List<BandMetrics> bands(String name, int from, int to) {
        var quantiles = quantiles(name);
        return quantiles == null ? List.of() : quantiles.bands(from, to);
    }

    /** The band of a model that promises a share, over a range of horizons, ends included. */
    public Optional<BandMetrics> band(String name, double nominal, int from, int to) {
        return bands(name, from, to).stream()
                .filter(band -> Math.abs(band.nominal() - nominal) < 1e-6)
                .findFirst();
    }

    /** The one that the others are compared with: the model, or the first contender without one. */
    public String subject() {
        return names().get(0);
    }

    /** Whether each of the others was worse than the subject by more than chance. */
    public List<Significance> significance() {
        var all = new ArrayList<Significance>();
        var subject = number(subject());
        var sums = new Sums(names.size(), 0);
        for (var name : names()) {
            var other = number(name);
            if (other != subject) {
                all.add(Significance.of(
                        name, times(), overlap(), row -> row[sums.error(other)] - row[sums.error(subject)]));
            }
        }
        return all;
    }

    /** Time buckets over which two forecasts may share values that they speak of. */
    private double overlap() {
        return tally.complete == 0 ? 0 : tally.reach / tally.complete / tally.times.width();
    }

    /** Sums by the time at which forecasts were made, laid out by {@link Sums}. */
    SortedMap<Long, double[]> times() {
        return tally.times.byTime();
    }

    Sums layout() {
        var model = names.isEmpty() || lineup.models() == 0 ? null : tally.quantiles[0];
        return new Sums(names.size(), model == null ? 0 : QuantileErrors.bandsOf(model.levels()));
    }

    /** Mean absolute error of the values of an hour of the day, UTC; NaN where there is none. */
    public double mae(String name, int hour) {
        return tally.hours.mae(number(name), hour);
    }

    /** The entities whose errors are largest beside their own mean seasonal difference, worst first. */
    public List<EntityErrors> worst(int most) {
        var shown = names();
        return tracks.stream()
                .filter(track -> track.sums != null)
                .map(track -> entity(track, shown))
                .sorted(Comparator.comparingDouble(EntityErrors::badness)
                        .reversed()
                        .thenComparing(EntityErrors::entity))
                .limit(most)
                .toList();
    }

    private EntityErrors entity(Track track, List<String> shown) {
        var sums = track.sums == null ? layout().fresh() : track.sums;
        var layout = layout();
        var errors = shown.stream()
                .map(name -> sums[layout.error(number(name))] / sums[Sums.COUNT])
                .toList();
        var mase = sums[Sums.SCALED] / sums[Sums.SCALED_COUNT];
        return new EntityErrors(track.entity, (long) sums[Sums.COUNT], mase, errors);
    }

    /** The entities that are kept for the charts. */
    List<Track> drawn() {
        return tracks.stream().filter(track -> track.sample != null).toList();
    }
}

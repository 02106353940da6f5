package dev.gatecast.backtest;

import dev.gatecast.event.HorizonGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** What was not judged. */
    Warming warming() {
        return Warming.of(tracks);
    }

    /** What was forecast at the first ticks of new entities. */
    NewEntities newEntities() {
        return new NewEntities(tally.firsts, tracks, lineup.grid());
    }

    /** Entities whose past reaches beyond what is judged. */
    Overlap overlap() {
        return Overlap.of(tracks);
    }

    /** Entities that floats lose the movement of; none where no model forecasts. */
    LostMovement lost() {
        return LostMovement.of(lineup.models() == 0 ? List.of() : tracks);
    }

    /** Number of horizons. */
    public int horizons() {
        return lineup.grid().horizons();
    }

    /** The seasons of the simple contenders. */
    GridSeasons seasons() {
        return lineup.grid().seasons();
    }

    /** Why some of the simple contenders do not take part, by their names. */
    Map<String, String> leftOut() {
        return lineup.contenders().leftOut();
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
        return tally.points.metrics(number(name), from, to);
    }

    /** What trading by a contender's forecasts would have earned over a range of horizons; empty where it was not asked. */
    public Optional<TradeMetrics> trades(String name, int from, int to) {
        return tally.trades.isEmpty()
                ? Optional.empty()
                : Optional.of(tally.trades.get(number(name)).metrics(from, to));
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

    /** How a model's directions did over a range of horizons, ends included; empty where it gave none. */
    public Optional<DirectionMetrics> directions(String name, int from, int to) {
        var number = number(name);
        return number < lineup.models()
                ? Optional.ofNullable(tally.directions[number]).map(errors -> errors.metrics(from, to))
                : Optional.empty();
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

    /** Whether each of the others was worse than the subject by more than chance, over all horizons. */
    public List<Significance> significance() {
        var comparison = comparison();
        return others().map(name -> comparison.whole(name, number(name))).toList();
    }

    /** The same over a range of horizons, ends included. */
    public List<Significance> significance(int from, int to) {
        var comparison = comparison();
        var byTime = tally.horizons.byTime();
        return others().map(name -> comparison.horizons(name, number(name), from, to, byTime))
                .toList();
    }

    /** The groups of horizons that are calibrated together: the first and the last horizon of each. */
    public List<int[]> groups() {
        var groups = new ArrayList<int[]>();
        var from = 1;
        for (var to : HorizonGroups.reaches(horizons())) {
            groups.add(new int[] {from, to});
            from = to + 1;
        }
        return groups;
    }

    /** On how many entities the subject did better than each of the others. */
    public List<EntityWins> entityWins() {
        var comparison = comparison();
        return others().map(name -> comparison.entities(name, number(name))).toList();
    }

    private Stream<String> others() {
        return names().stream().skip(1);
    }

    private Comparison comparison() {
        return new Comparison(tally, tracks, names.size(), number(subject()));
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
        return entities()
                .sorted(Comparator.comparingDouble(EntityErrors::badness)
                        .reversed()
                        .thenComparing(EntityErrors::entity))
                .limit(most)
                .toList();
    }

    /** Errors of every entity that has some, in the order in which the entities appeared. */
    Stream<EntityErrors> entities() {
        var shown = names();
        return tracks.stream().filter(track -> track.sums != null).map(track -> entity(track, shown));
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

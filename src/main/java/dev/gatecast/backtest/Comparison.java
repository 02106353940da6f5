package dev.gatecast.backtest;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Whether the subject of a backtest is better than the others by more than chance. */
final class Comparison {
    private final Tally tally;
    private final List<Track> tracks;
    private final Sums sums;
    private final int subject;

    /**
     * A comparison of all with one.
     *
     * @param contenders all that were judged
     * @param subject number of the one that the others are compared with
     */
    Comparison(Tally tally, List<Track> tracks, int contenders, int subject) {
        this.tally = tally;
        this.tracks = tracks;
        this.subject = subject;
        sums = new Sums(contenders, 0);
    }

    /** Over all horizons of the forecasts whose last value came. */
    Significance whole(String name, int other) {
        var times = tally.times.byTime();
        var overlap = tally.complete == 0 ? 0 : tally.reach / tally.complete / tally.times.width();
        var differences = times.values().stream()
                .mapToDouble(row -> (row[sums.error(other)] - row[sums.error(subject)]) / row[Sums.COUNT])
                .toArray();
        return Significance.of(name, 1, tally.layout.horizons(), differences, overlap);
    }

    /** Over some horizons, ends included, of all forecasts. */
    Significance horizons(String name, int other, int from, int to, SortedMap<Long, double[]> times) {
        var differences = times.values().stream()
                .mapToDouble(row -> difference(row, other, from, to))
                .filter(Double::isFinite)
                .toArray();
        var count = times.values().stream()
                .mapToDouble(row -> row[tally.layout.count(to)])
                .sum();
        var overlap = count == 0 ? 0 : tally.ahead[to - 1] / count / tally.horizons.width();
        return Significance.of(name, from, to, differences, overlap);
    }

    private double difference(double[] row, int other, int from, int to) {
        var layout = tally.layout;
        double count = 0;
        double difference = 0;
        for (var h = from; h <= to; h++) {
            count += row[layout.count(h)];
            difference += row[layout.error(h, other)] - row[layout.error(h, subject)];
        }
        return difference / count;
    }

    /** Entity by entity, over all horizons. */
    EntityWins entities(String name, int other) {
        var differences = tracks.stream()
                .mapToDouble(track -> relative(track.sums, other))
                .filter(difference -> difference != 0)
                .toArray();
        return EntityWins.of(name, differences);
    }

    /** 0 where nothing tells one from the other. */
    private double relative(double @Nullable [] row, int other) {
        if (row == null) {
            return 0;
        }
        var one = row[sums.error(other)];
        var own = row[sums.error(subject)];
        return one == own ? 0 : (one - own) / (one + own);
    }
}

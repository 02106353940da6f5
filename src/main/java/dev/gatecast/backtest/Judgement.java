package dev.gatecast.backtest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the model and the contenders did. Horizons count from 1. */
public final class Judgement {
    /** The model's name among the contenders. */
    public static final String MODEL = "gru";

    private final int horizons;
    private final List<Standing> standings;
    private final @Nullable QuantileErrors quantiles;

    Judgement(int horizons, List<Standing> standings, @Nullable QuantileErrors quantiles) {
        this.horizons = horizons;
        this.standings = List.copyOf(standings);
        this.quantiles = quantiles;
    }

    record Standing(String name, PointErrors errors) {}

    /** Number of horizons. */
    public int horizons() {
        return horizons;
    }

    /** The model, if there was one, then the contenders. */
    public List<String> names() {
        return standings.stream().map(Standing::name).toList();
    }

    /**
     * Point errors over a range of horizons, ends included.
     *
     * @throws IllegalArgumentException if nobody has the name
     */
    public PointMetrics points(String name, int from, int to) {
        return standings.stream()
                .filter(standing -> standing.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender " + name + " among " + names()))
                .errors
                .metrics(from, to);
    }

    /** Whether a model's quantiles were judged. */
    public boolean hasQuantiles() {
        return quantiles != null;
    }

    /** The model's mean pinball loss over a range of horizons, ends included; NaN without a model. */
    public double pinball(int from, int to) {
        return quantiles == null ? Double.NaN : quantiles.pinball(from, to);
    }

    /** The model's central bands over a range of horizons, ends included, narrow to wide; empty without a model. */
    public List<BandMetrics> bands(int from, int to) {
        return quantiles == null ? List.of() : quantiles.bands(from, to);
    }

    /** The band that promises a share, over a range of horizons, ends included. */
    public Optional<BandMetrics> band(double nominal, int from, int to) {
        return bands(from, to).stream()
                .filter(band -> Math.abs(band.nominal() - nominal) < 1e-6)
                .findFirst();
    }
}

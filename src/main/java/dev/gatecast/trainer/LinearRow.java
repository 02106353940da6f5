package dev.gatecast.trainer;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.trainer.Prepared.Entity;

/** One row of the linear start's regression: what a forecast sees, scaled, and what came. Belongs to one thread. */
final class LinearRow {
    private static final float TARGET_LIMIT = 10f;

    private final Prepared data;
    private final Encoded encoded;
    private final double[] x; // (profile + 1)
    private final double[] y; // (horizons), NaN where nothing is told of
    private final boolean[] guessed; // (horizons)
    private double weight; // w

    LinearRow(Prepared data) {
        this.data = data;
        encoded = new Encoded(data.spec());
        x = new double[data.seen() + 1];
        y = new double[data.horizons()];
        guessed = new boolean[data.horizons()];
    }

    /** A row of its own; targets from row {@code until} on are not looked at. */
    static LinearRow of(Prepared data, Entity entity, int end, int until) {
        var row = new LinearRow(data);
        row.read(entity, end, until);
        return row;
    }

    /** A row whose targets are all there. */
    void read(Entity entity, int end) {
        read(entity, end, end + y.length);
    }

    private void read(Entity entity, int end, int until) {
        var encoder = data.encoder();
        encoder.encodeAt(entity.columns(), end, end, entity.past().times()[end - 1], encoded);
        encoder.profileAt(entity.columns(), end, end, encoded);
        for (int i = 0; i < x.length - 1; i++) {
            x[i] = encoded.profile()[i];
        }
        x[x.length - 1] = 1;
        for (int h = 0; h < y.length; h++) {
            boolean told = end + h < until;
            float scaled = told ? Encoder.scaled(entity.u()[end + h], encoded) : Float.NaN;
            y[h] = Math.max(-TARGET_LIMIT, Math.min(TARGET_LIMIT, scaled));
            guessed[h] = told && entity.past().guessed(end + h);
        }
        weight = data.weight(entity, encoded.spread());
    }

    /** What a model missed each target by, NaN where it was guessed or is not told. */
    double[] missed(LinearStart model) {
        var missed = new double[y.length];
        for (int h = 0; h < y.length; h++) {
            missed[h] = guessed[h] ? Double.NaN : y[h] - model.forecast(encoded.profile(), h);
        }
        return missed;
    }

    /** What a miss of this row counts. */
    double weight() {
        return weight;
    }

    /** Adds {@code w² x x'} and {@code w² x y'}. {@code moments}, {@code sides} Modified. */
    void addTo(double[][] moments, double[][] sides) {
        for (int i = 0; i < x.length; i++) {
            double factor = weight * weight * x[i];
            add(moments[i], x, factor, i);
            add(sides[i], y, factor, 0);
        }
    }

    private static void add(double[] to, double[] values, double factor, int from) {
        for (int j = from; j < values.length; j++) {
            to[j] += factor * values[j];
        }
    }
}

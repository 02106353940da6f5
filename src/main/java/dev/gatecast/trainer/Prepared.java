package dev.gatecast.trainer;

import dev.gatecast.feature.Columns;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.FeatureSpec.Spread;
import dev.gatecast.feature.FeatureSpec.Windows;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import java.util.Comparator;
import java.util.List;

/**
 * The training data under one transform, and the features that go with it.
 *
 * @param encoder the one that the live path uses
 * @param entities all of them, by name
 * @param horizons steps ahead
 */
record Prepared(Encoder encoder, List<Entity> entities, int horizons) {
    private static final double FLOOR_OF_SPREAD = 0.05;
    private static final double FLOOR_OF_LOGARITHM = 1e-3;
    private static final int LEVEL_WITHOUT_SEASON = 168;
    private static final int SHORT_SEASONS = 7;
    private static final int MOST_LEVEL = 336;
    private static final int BURNT = 8; // of so many forecasts one may be lost to the burn-in
    private static final int LEAST_LEVEL = 8;

    /**
     * One entity's transformed values.
     *
     * @param past where they come from
     * @param columns transformed, and the other fields
     * @param deviation of the fitted rows, 0 where they are constant
     */
    record Entity(Past past, Columns columns, double deviation) {
        static Entity of(Past past, Transform transform) {
            var u = new float[past.rows()];
            for (int i = 0; i < u.length; i++) {
                u[i] = transform.forward(past.values()[i]);
            }
            return new Entity(
                    past,
                    new Columns(u, past.fields(), past.ahead(), past.traits()),
                    Prepared.deviation(u, past.fitEnd()));
        }

        /** Transformed values of the target, (rows). */
        float[] u() {
            return columns.u();
        }

        /** First origin, as one past its row, that has seen {@code profile} values. */
        int firstEnd(int profile) {
            return Math.max(2, profile);
        }

        /** Last origin, as one past its row, whose targets all lie among the fitted rows. */
        int lastFitEnd(int horizons) {
            return past.fitEnd() - horizons;
        }
    }

    /**
     * Transforms the data and chooses the features' windows.
     *
     * @throws UnusableHistory if no entity has enough rows for one forecast
     */
    static Prepared of(TrainingData data, TrainerSettings settings, Transform transform) {
        var entities =
                data.pasts().stream().map(past -> Entity.of(past, transform)).toList();
        var target = settings.target();
        var windows = windows(
                data.medianFittedRows(), target.seasons(), settings.sizes().profile());
        requireRows(entities, windows.profile(), settings);
        var context = Covariates.context(data, LocalDays.of(data, target), target.horizons());
        var inputs = new InputChoice.Standard(target.calendar(), context);
        var spec = new FeatureSpec(
                transform, target.seasons(), windows, target.cadence(), inputs, spread(entities, transform));
        return new Prepared(new Encoder(spec, data.fields(), data.ahead()), entities, target.horizons());
    }

    /** The data under the features of a champion. */
    static Prepared as(TrainingData data, FeatureSpec spec, int horizons) {
        var entities = data.pasts().stream()
                .map(past -> Entity.of(past, spec.transform()))
                .toList();
        return new Prepared(new Encoder(spec, data.fields(), data.ahead()), entities, horizons);
    }

    FeatureSpec spec() {
        return encoder.spec();
    }

    /** Length of what the head sees one by one. */
    int seen() {
        return spec().profile();
    }

    /** Recent values among them. */
    int profile() {
        return spec().windows().profile();
    }

    /** Entities with at least one forecast to fit to. */
    List<Entity> fitted() {
        return entities.stream()
                .filter(entity -> entity.lastFitEnd(horizons) >= entity.firstEnd(profile()))
                .toList();
    }

    /** Forecasts of a fitted entity that can be fitted to. */
    int fitOrigins(Entity entity) {
        return entity.lastFitEnd(horizons) - entity.firstEnd(profile()) + 1;
    }

    /** As much burn-in as leaves seven of eight of the forecasts that can be fitted to, in the history in the middle. */
    int mostBurnIn() {
        var origins = fitted().stream().mapToInt(this::fitOrigins).sorted().toArray();
        int before = Math.max(2, profile()) - 1; // steps before the first forecast
        return origins.length == 0 ? 0 : before + origins[origins.length / 2] / BURNT;
    }

    /**
     * What a forecast counts in the loss: errors in units of the entity's deviation, but for logarithms, whose errors are
     * relative already.
     */
    double weight(Entity entity, double spread) {
        if (spec().transform() == Transform.LOG) {
            return 1;
        }
        return spread / Math.max(entity.deviation(), spec().spread().floor());
    }

    private static void requireRows(List<Entity> entities, int profile, TrainerSettings settings) {
        int horizons = settings.target().horizons();
        if (entities.stream().noneMatch(entity -> entity.lastFitEnd(horizons) >= entity.firstEnd(profile))) {
            var longest = entities.stream()
                    .map(Entity::past)
                    .max(Comparator.comparingInt(Past::fitEnd))
                    .orElseThrow();
            throw new UnusableHistory("an entity needs at least " + (profile + horizons)
                    + " rows to train on, beside those held out, to forecast " + horizons + " steps from " + profile
                    + " values; the longest has " + longest.fitEnd() + " of its " + longest.rows() + ": "
                    + remedy(longest.rows(), settings));
        }
    }

    /** What to do about entities of too few rows. */
    private static String remedy(int rows, TrainerSettings settings) {
        int given = settings.sizes().profile();
        int least =
                TrainingData.heldOut(rows, 1, settings.holdOut()) + Math.max(2, given > 0 ? given : LEAST_LEVEL) + 1;
        return settings.target().horizons() > 1 && rows >= least
                ? "give more history or a shorter horizon"
                : "give more history, as that is too little for a horizon of 1 too, or use a model that was trained on other"
                        + " entities";
    }

    /** One or two long seasons, less where the history is short. */
    static Windows windows(int rows, Seasons seasons, int profile) {
        int wanted = seasons.longer() > 1 ? Math.max(seasons.longer(), 2 * seasons.shorter()) : LEVEL_WITHOUT_SEASON;
        if (seasons.longer() == seasons.shorter() && seasons.shorter() > 1) {
            wanted = SHORT_SEASONS * seasons.shorter();
        }
        wanted = Math.min(wanted, Math.max(MOST_LEVEL, seasons.shorter()));
        int level = Math.max(LEAST_LEVEL, Math.min(wanted, rows / 3));
        int seen = profile > 0 ? profile : rows >= 8 * level ? 2 * level : level;
        return new Windows(level, seen, Math.max(Math.max(2 * level, seen), seasons.longer() + 1));
    }

    /** The median of the entities' deviations, and a floor that suits the quieter ones too. */
    private static Spread spread(List<Entity> entities, Transform transform) {
        var deviations = entities.stream()
                .mapToDouble(Entity::deviation)
                .filter(deviation -> deviation > 0)
                .sorted()
                .toArray();
        if (deviations.length == 0) {
            throw new UnusableHistory(entities.stream()
                    .map(Entity::past)
                    .filter(past -> past.lostInFloats(1))
                    .findFirst()
                    .map(past -> Selection.lost(past, 1))
                    .orElse("no entity's values vary: there is nothing to learn from constants"));
        }
        double quiet = deviations[deviations.length / 10];
        double floor = transform == Transform.LOG ? FLOOR_OF_LOGARITHM : FLOOR_OF_SPREAD * quiet;
        return new Spread(deviations[deviations.length / 2], floor);
    }

    private static double deviation(float[] u, int rows) {
        if (rows == 0) {
            return 0;
        }
        double mean = 0;
        for (int i = 0; i < rows; i++) {
            mean += u[i];
        }
        mean /= rows;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            squares += (u[i] - mean) * (u[i] - mean);
        }
        return Math.sqrt(squares / rows);
    }

    /** Smallest and largest fitted value decide which transforms can be used. */
    static List<Transform> candidates(TrainingData data) {
        double least = data.least();
        if (least > 0 && !data.losesAnEntityBelow(Transform.LEAST)) {
            return List.of(Transform.IDENTITY, Transform.SQRT, Transform.LOG);
        }
        return least >= 0 ? List.of(Transform.IDENTITY, Transform.SQRT) : List.of(Transform.IDENTITY);
    }
}

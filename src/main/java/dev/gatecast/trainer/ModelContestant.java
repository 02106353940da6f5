package dev.gatecast.trainer;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Forecast.Directions;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import org.jspecify.annotations.Nullable;

/** A model, run as it runs live. */
final class ModelContestant implements Contestant {
    private static final double LEAST = 1e-7; // probability, so that no surprise costs endlessly

    private final String name;
    private final Governing governing;
    private final int horizons;
    private final boolean asked;
    private final Errors errors;
    private final Forecaster forecaster;
    private EntityState state;
    private @Nullable Forecast forecast;

    /**
     * One of them.
     *
     * @param asked whether its probabilities are of the moves that are asked for; else its median tells the direction
     */
    ModelContestant(String name, Model model, int horizons, boolean asked, Forecaster forecaster) {
        this.name = name;
        this.asked = asked;
        this.forecaster = forecaster;
        this.governing = new Governing(model, 1);
        this.horizons = horizons;
        errors = new Errors(horizons);
        state = forecaster.newState();
    }

    @Override
    public void begin() {
        state = forecaster.newState();
        forecast = null;
    }

    @Override
    public void advance(Past past, int t) {
        var tick = new Tick(past.entity(), past.times()[t], past.tick(t), past.guessed(t), past.traits());
        forecast = forecaster.advance(state, tick, governing).forecast();
    }

    @Override
    public boolean ready() {
        return forecast != null && !forecast.stamp().warming();
    }

    @Override
    public void compare(Past past, int t, double unit, @Nullable Directions moves) {
        var made = forecast;
        if (made == null) {
            throw new IllegalStateException("there is no forecast to compare");
        }
        var recipe = governing.model().recipe();
        var levels = recipe.levels();
        for (int h = 1; h <= horizons && t + h < past.rows(); h++) {
            if (past.guessed(t + h)) {
                continue;
            }
            double truth = past.values()[t + h];
            float median = made.quantile(h, recipe.level(0.5));
            errors.add(h, truth - median, unit);
            boolean inside =
                    truth >= made.quantile(h, recipe.level(0.05)) && truth <= made.quantile(h, recipe.level(0.95));
            double pinball = Pinball.mean(made.values(), (h - 1) * levels.length, levels, truth);
            errors.addQuantiles(h, pinball, unit, inside);
            if (moves != null) {
                direct(h, moves.classOf(truth), moves.classOf(median), made.directions());
            }
        }
    }

    private void direct(int horizon, int came, int ofMedian, @Nullable Directions own) {
        if (asked && own != null) {
            errors.addDirection(horizon, own.likeliest(horizon) == came);
            errors.addEntropy(horizon, -StrictMath.log(Math.max(LEAST, own.probability(horizon, came))));
        } else {
            errors.addDirection(horizon, ofMedian == came);
        }
    }

    /** The directions of its forecast at the last row; null where it has none. */
    @Nullable Directions directions() {
        return forecast == null ? null : forecast.directions();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Errors errors() {
        return errors;
    }
}

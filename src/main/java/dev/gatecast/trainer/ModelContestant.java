package dev.gatecast.trainer;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.TickFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model, run as it runs live. */
final class ModelContestant implements Contestant {
    private final String name;
    private final Governing governing;
    private final int horizons;
    private final Errors errors;
    private final Forecaster forecaster;
    private EntityState state;
    private @Nullable Forecast forecast;

    ModelContestant(String name, Model model, int horizons, List<String> fields) {
        this.name = name;
        this.governing = new Governing(model, 1);
        this.horizons = horizons;
        errors = new Errors(horizons);
        forecaster = new Forecaster(ForecasterSettings.DEFAULT, new TickFields(fields));
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
    public void compare(Past past, int t, double unit) {
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
            errors.add(h, truth - made.quantile(h, recipe.level(0.5)), unit);
            boolean inside =
                    truth >= made.quantile(h, recipe.level(0.05)) && truth <= made.quantile(h, recipe.level(0.95));
            double pinball = Pinball.mean(made.values(), (h - 1) * levels.length, levels, truth);
            errors.addQuantiles(h, pinball, unit, inside);
            var directions = made.directions();
            if (directions != null) {
                errors.addDirection(directions.likeliest(h) == directions.classOf(truth));
            }
        }
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

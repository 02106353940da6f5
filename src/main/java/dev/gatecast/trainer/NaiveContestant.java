package dev.gatecast.trainer;

import dev.gatecast.event.Forecast.Directions;
import org.jspecify.annotations.Nullable;

/** The value one or more whole seasons before; with a season of 1 the last value. */
final class NaiveContestant implements Contestant {
    private final String name;
    private final int season;
    private final int horizons;
    private final Errors errors;

    NaiveContestant(String name, int season, int horizons) {
        this.name = name;
        this.season = season;
        this.horizons = horizons;
        errors = new Errors(horizons);
    }

    @Override
    public void begin() {}

    @Override
    public void advance(Past past, int t) {}

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void compare(Past past, int t, double unit, @Nullable Directions moves) {
        for (int h = 1; h <= horizons && t + h < past.rows(); h++) {
            if (past.guessed(t + h)) {
                continue;
            }
            int seasons = (h + season - 1) / season;
            double forecast = past.values()[Math.max(0, t + h - season * seasons)];
            double truth = past.values()[t + h];
            errors.add(h, truth - forecast, unit);
            if (moves != null) {
                errors.addDirection(h, moves.classOf(forecast) == moves.classOf(truth));
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

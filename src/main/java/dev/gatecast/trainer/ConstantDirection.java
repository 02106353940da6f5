package dev.gatecast.trainer;

import dev.gatecast.event.Forecast.Directions;
import org.jspecify.annotations.Nullable;

/** Always the same direction: what a model that tells directions has to beat. */
final class ConstantDirection implements Contestant {
    private static final String[] NAMES = {"always down", "always flat", "always up"};

    private final int direction;
    private final int horizons;
    private final Errors errors;

    /** @param direction 0 down, 1 flat, 2 up */
    ConstantDirection(int direction, int horizons) {
        this.direction = direction;
        this.horizons = horizons;
        errors = new Errors(horizons);
    }

    @Override
    public String name() {
        return NAMES[direction];
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
        for (int h = 1; moves != null && h <= horizons && t + h < past.rows(); h++) {
            if (!past.guessed(t + h)) {
                errors.addDirection(h, moves.classOf(past.values()[t + h]) == direction);
            }
        }
    }

    @Override
    public Errors errors() {
        return errors;
    }
}

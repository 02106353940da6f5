package dev.gatecast.forecast;

/** A model needs what the ticks do not have. The message says what is missing. */
public final class UnfitModel extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnfitModel(String message) {
        super(message);
    }
}

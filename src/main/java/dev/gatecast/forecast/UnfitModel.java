package dev.gatecast.forecast;

/** A model needs what the ticks do not have. The message says what is missing. */
public final class UnfitModel extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why without the model's id */
    UnfitModel(Model model, String why) {
        super("model " + model.id() + ": " + why);
        this.why = why;
    }

    /** What is missing, without the model's id. */
    String why() {
        return why;
    }
}

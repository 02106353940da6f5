package dev.gatecast.trainer;

/** The history cannot be trained on. The message says what is needed and what there is. */
public final class UnusableHistory extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableHistory(String message) {
        super(message);
    }
}

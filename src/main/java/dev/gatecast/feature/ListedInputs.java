package dev.gatecast.feature;

/**
 * Computes a list of chosen inputs. One that looks further back than values exist is 0, the level; so far away that a
 * spread cannot have meant it is {@link #LIMIT}.
 */
final class ListedInputs {
    static final double LIMIT = 1e6;

    private static final double DAY = 24 * 3_600_000.0;
    private static final double YEAR = 365.2425 * DAY;

    /** Days since Monday of 1970-01-01, a Thursday. */
    private static final double EPOCH_WEEKDAY = 3;

    private final Input[] inputs;
    private final long cadence;

    ListedInputs(InputChoice.Listed choice, long cadence) {
        this.inputs = choice.inputs().toArray(Input[]::new);
        this.cadence = cadence;
    }

    /** Fills the inputs of the step at {@code u[end-1]}; its scale is in {@code out}, Modified. */
    void encode(float[] u, int end, int seen, long time, Encoded out) {
        for (int i = 0; i < inputs.length; i++) {
            var input = inputs[i];
            double value = input.kind().ofCalendar()
                    ? calendar(input, input.next() ? time + cadence : time)
                    : relative(input, u, end, seen, out);
            out.inputs[i] = (float) Math.max(-LIMIT, Math.min(LIMIT, value));
        }
    }

    private static double relative(Input input, float[] u, int end, int seen, Encoded at) {
        if (input.reach() > seen) {
            return 0;
        }
        int k = input.number();
        double now = u[end - 1];
        return switch (input.kind()) {
            case LAG -> (u[end - 1 - k] - at.level) / at.spread;
            case DIFFERENCE -> (now - u[end - 1 - k]) / at.spread;
            case MEAN -> (Windowed.sum(u, end - k, end) / k - at.level) / at.spread;
            default -> (now - at.level) / at.spread;
        };
    }

    private static double calendar(Input input, long time) {
        double days = time / DAY;
        double phase =
                switch (input.kind()) {
                    case DAY_SINE, DAY_COSINE -> days;
                    case WEEK_SINE, WEEK_COSINE -> (days + EPOCH_WEEKDAY) / 7;
                    default -> time / YEAR;
                };
        double angle = 2 * Math.PI * input.number() * (phase - Math.floor(phase));
        return input.kind().sine() ? StrictMath.sin(angle) : StrictMath.cos(angle);
    }
}

package dev.gatecast.model;

/** The golden vectors' loss: squared errors, one output per horizon. */
final class SquaredLoss implements Loss {
    @Override
    public double of(float[] out, int from, float target, float share, float[] d) {
        var error = out[from] - target;
        d[from] = 2 * error * share;
        return (double) error * error;
    }
}

package dev.gatecast.model;

/** The golden vectors' loss: squared errors, one output per horizon. */
final class SquaredLoss implements Loss {
    @Override
    public double of(float[] out, float[] target, int at, float share, float[] d) {
        var sum = 0.0;
        for (var k = 0; k < out.length; k++) {
            var error = out[k] - target[at + k];
            sum += (double) error * error;
            d[k] = 2 * error * share;
        }
        return sum;
    }
}

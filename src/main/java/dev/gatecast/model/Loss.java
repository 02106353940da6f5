package dev.gatecast.model;

/** What a forecast costs, given what came. */
interface Loss {
    /**
     * The loss of one forecast, summed over horizons whose target is known and over quantiles.
     *
     * @param out the forecast, (horizons * quantiles). Not modified.
     * @param target what came, horizon by horizon from {@code at}; NaN where unknown. Not modified.
     * @param share factor of the gradient, not of the loss
     * @param d gradient, (horizons * quantiles). Modified.
     */
    double of(float[] out, float[] target, int at, float share, float[] d);
}

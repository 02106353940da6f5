package dev.gatecast.forecast;

import dev.gatecast.score.DetectorSettings;
import dev.gatecast.score.Widths;

/**
 * What a user may set of the forecaster.
 *
 * @param ring values remembered per entity until a model asks for more
 * @param forecastEvery a forecast at every so many-th tick of an entity, at least 1
 * @param valueLimit largest absolute value that is taken for a measurement
 * @param violationLimit impossible numbers in a row after which an entity re-primes
 * @param widthPace pace of the online width calibration; 0 switches it off
 * @param detector settings of the alert detector
 */
public record ForecasterSettings(
        int ring,
        int forecastEvery,
        double valueLimit,
        int violationLimit,
        double widthPace,
        DetectorSettings detector) {
    public static final ForecasterSettings DEFAULT =
            new ForecasterSettings(336, 1, 1e30, 3, Widths.PACE, DetectorSettings.defaults());

    public ForecasterSettings {
        if (ring < 1 || forecastEvery < 1 || violationLimit < 1 || !(valueLimit > 0) || !(widthPace >= 0)) {
            throw new IllegalArgumentException("forecaster: expected ring, forecast-every, violation limit >= 1, value"
                    + " limit > 0, width pace >= 0, got " + ring + ", " + forecastEvery + ", " + violationLimit + ", "
                    + valueLimit + ", " + widthPace);
        }
    }
}

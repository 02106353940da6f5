package dev.gatecast.forecast;

import dev.gatecast.event.Tick;
import dev.gatecast.score.DetectorSettings;
import dev.gatecast.score.Widths;

/**
 * What a user may set of the forecaster.
 *
 * @param ring values remembered per entity until a model asks for more
 * @param forecastEvery a forecast at every so many-th tick of an entity, at least 1
 * @param valueLimit largest absolute value that is taken for a measurement
 * @param violationLimit impossible numbers in a row after which an entity re-primes
 * @param output what is done to forecasts before they leave
 * @param detector settings of the alert detector
 */
public record ForecasterSettings(
        int ring, int forecastEvery, double valueLimit, int violationLimit, Output output, DetectorSettings detector) {
    public static final ForecasterSettings DEFAULT =
            new ForecasterSettings(336, 1, Tick.LARGEST, 3, Output.DEFAULT, DetectorSettings.defaults());

    /**
     * What is done to forecasts before they leave, and what alerts say of them.
     *
     * @param widthPace pace of the online width calibration; 0 switches it off
     * @param least no forecast is below it; -Infinity: as the model says
     * @param most no forecast is above it; Infinity: no limit
     * @param whole whether quantiles are rounded to whole numbers
     * @param drivers how many inputs an opening alert names as what moved its forecast; 0 for none
     * @param mixture whether forecasts are mixed with simpler experts, by their past errors
     */
    public record Output(double widthPace, double least, double most, boolean whole, int drivers, boolean mixture) {
        /** The model alone, calibrated. */
        public static final Output DEFAULT =
                new Output(Widths.PACE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 3, false);

        public Output {
            if (!(widthPace >= 0 && widthPace <= 1) || !(least <= most)) {
                throw new IllegalArgumentException("output: expected a width pace of 0 to 1 and least <= most, got "
                        + widthPace + ", " + least + " and " + most);
            }
            if (drivers < 0) {
                throw new IllegalArgumentException("drivers: expected 0 or more, got " + drivers);
            }
        }

        /** The same with the mixture, or without. */
        public Output withMixture(boolean on) {
            return new Output(widthPace, least, most, whole, drivers, on);
        }

        /** The same where nobody reads an alert's drivers. */
        public Output withoutDrivers() {
            return new Output(widthPace, least, most, whole, 0, mixture);
        }

        /** The same with another pace of the width calibration. */
        public Output withPace(double pace) {
            return new Output(pace, least, most, whole, drivers, mixture);
        }
    }

    /** The same where nobody reads an alert's drivers; forecasts, scores and alerts stay as they are. */
    public ForecasterSettings withoutDrivers() {
        return new ForecasterSettings(
                ring, forecastEvery, valueLimit, violationLimit, output.withoutDrivers(), detector);
    }

    /** The same where the model alone is looked at: no other experts beside it, no drivers. */
    public ForecasterSettings ofModelAlone() {
        return new ForecasterSettings(
                ring,
                forecastEvery,
                valueLimit,
                violationLimit,
                output.withoutDrivers().withMixture(false),
                detector);
    }

    public ForecasterSettings {
        if (ring < 1 || forecastEvery < 1 || violationLimit < 1 || !(valueLimit > 0)) {
            throw new IllegalArgumentException("forecaster: expected ring, forecast-every, violation limit >= 1, value"
                    + " limit > 0, got " + ring + ", " + forecastEvery + ", " + violationLimit + ", " + valueLimit);
        }
    }
}

package dev.gatecast.event;

import java.util.List;

/**
 * One change of an alert episode: it opens, gets worse, or closes.
 *
 * @param entity the entity's name
 * @param time time of the tick that changed it, milliseconds since the epoch
 * @param phase what happened
 * @param episode the whole of it so far
 * @param surprise how far out this tick is, and by which channel
 * @param evidence what came and what had been expected
 */
public record Alert(String entity, long time, Phase phase, Episode episode, Surprise surprise, Evidence evidence) {

    /** What happened to the episode. */
    public enum Phase {
        OPEN,
        UPDATE,
        CLOSE
    }

    /** The channel that found it. */
    public enum Channel {
        /** A value outside all that the entity has shown. */
        RANGE,
        /** The mean of the last rows away from the mean of many more. */
        LEVEL,
        /** Hardly any movement, for this entity. */
        FLAT,
        /** A value far from the forecast made before it. */
        POINT
    }

    /**
     * The episode so far.
     *
     * @param openedAt time of the tick that opened it, milliseconds since the epoch
     * @param rows ticks since then, this one included
     * @param peak largest surprise so far, 1 being the alert level
     * @param model id of the model in use, empty where there is none
     * @param drivers what moved the forecast that the opening tick was compared with, the largest effect first; empty in
     *     later changes of the episode, and where there was no forecast
     */
    public record Episode(long openedAt, long rows, double peak, String model, List<Driver> drivers) {
        /** Keeps its own list. */
        public Episode {
            drivers = List.copyOf(drivers);
        }

        /** Without drivers. */
        public Episode(long openedAt, long rows, double peak, String model) {
            this(openedAt, rows, peak, model, List.of());
        }
    }

    /**
     * One of the inputs that moved a forecast.
     *
     * @param input its name, over all of the last steps
     * @param effect by how much it moved the forecast away from the entity's level, in the entity's units
     */
    public record Driver(String input, float effect) {}

    /**
     * How surprising a tick is.
     *
     * @param level 1 is the alert level
     * @param score the same in [0, 1): 1 - 2^-level, so 0.5 is the alert level
     * @param channel the channel that says so
     */
    public record Surprise(double level, double score, Channel channel) {}

    /**
     * What came and what had been expected, in the entity's units; NaN where there was no forecast.
     *
     * @param value the tick's value
     * @param expected median of the forecast made one step before
     * @param lower lower end of its 90 % band
     * @param upper upper end of its 90 % band
     * @param fastMean mean of the last rows
     * @param slowMean mean of many more rows
     */
    public record Evidence(
            double value, double expected, double lower, double upper, double fastMean, double slowMean) {}
}

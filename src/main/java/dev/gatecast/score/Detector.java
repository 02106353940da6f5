package dev.gatecast.score;

import dev.gatecast.event.Alert.Channel;

/**
 * Finds what is unusual in an entity's values: slow channels beside the forecast's residual, each ranked in the tail of
 * the entity's whole past. Works from 100 rows, with or without a forecast. Has settings only, so threads may share one.
 *
 * <p>Four channels, each 1 at the alert level: a value outside the range seen (by 5 % of its width); the mean of the
 * last 48 rows away from that of the last 384, plain and against the daily profile; hardly any movement over 32 rows; a
 * residual far out among the residuals. A one-step residual alone misses shifts, because any good forecaster adapts
 * within a few rows. Windows count rows, not time. Costs under a microsecond a row and allocates nothing.
 */
public final class Detector {
    static final int FAST = 6; // blocks of 8 rows
    static final int SLOW = 48;
    static final int FLAT = 4;
    private static final double MARGIN = 0.05; // of the range seen
    private static final double DRIFT = 2.4; // -log10 p at which each channel alone alerts
    private static final double FLATNESS = 4.8;
    private static final double POINT = 10;
    private static final int HELD_FROM = 30; // rows
    private static final double LIMIT = 1e300; // of a value; sums of 384 rows stay finite
    private static final double LARGEST = 1e12; // residual and level
    private static final long DAY = 86_400_000;

    private final DetectorSettings settings;

    public Detector(DetectorSettings settings) {
        this.settings = settings;
    }

    /** The half hour of the day (UTC) of a time in milliseconds since the epoch, 0 to 47. */
    public static int slot(long epochMillis) {
        return (int) (Math.floorMod(epochMillis, DAY) / (DAY / Profile.SLOTS));
    }

    /** As {@link #step(DetectorState, double, int, double, boolean, Verdict)}, not held. */
    public void step(DetectorState state, double x, int slot, double residual, Verdict out) {
        step(state, x, slot, residual, false, out);
    }

    /**
     * Judges a row by the past, then takes it into the past.
     *
     * @param state the entity's. Modified.
     * @param x the value, at most 1e300 either way
     * @param slot {@link #slot} of the row's time
     * @param residual (x - median) / scale of the forecast made for this row; NaN where there was none
     * @param held true: no episode opens; an open one goes on
     * @param out Modified.
     * @throws IllegalArgumentException if x is NaN or beyond the limit, or the slot is not 0 to 47
     */
    public void step(DetectorState state, double x, int slot, double residual, boolean held, Verdict out) {
        check(x, slot);
        var value = hold(state, x);
        out.residual = Double.isNaN(residual) ? Double.NaN : Math.min(Math.abs(residual), LARGEST);
        move(state, value, slot, out);
        judge(state, x, out);
        out.phase = state.episode.step(out.level, held || state.rows < settings.warmUpRows(), settings);
        out.rows = state.episode.rows();
        out.peak = state.episode.peak();
        learn(state, x, value, out);
    }

    private static void check(double x, int slot) {
        if (!(Math.abs(x) <= LIMIT)) {
            throw new IllegalArgumentException("a value from -1e300 to 1e300 was expected, not " + x);
        }
        if (slot < 0 || slot >= Profile.SLOTS) {
            throw new IllegalArgumentException("a half hour of the day, 0 to 47, was expected, not " + slot);
        }
    }

    /** The value for the slow channels: one giant spike must not fill their windows. */
    private static double hold(DetectorState state, double x) {
        return state.rows < HELD_FROM ? x : state.held.hold(x, MARGIN);
    }

    /** Moves the slow means on, the value included. */
    private static void move(DetectorState state, double value, int slot, Verdict out) {
        if (state.rows == 0) {
            state.slowLevel = value;
            state.quickMean = value;
        }
        state.profile.enter(slot);
        var error = Math.abs(value - state.quickMean);
        state.values.add(value);
        state.seasonals.add(value - state.profile.usual(state.slowLevel));
        state.errors.add(error);
        state.usualError += (error - state.usualError) * Math.max(2.0 / 2001, 1.0 / (state.rows + 1));
        out.fastMean = state.values.mean(FAST);
        out.slowMean = state.values.mean(SLOW);
        out.levelDrift = Math.abs(out.fastMean - out.slowMean);
        out.seasonalDrift = Math.abs(state.seasonals.mean(FAST) - state.seasonals.mean(SLOW));
        out.movement = state.errors.mean(FLAT) + 1e-3 * state.usualError + 1e-12;
    }

    /** The channels' levels; the largest is the row's. */
    private void judge(DetectorState state, double x, Verdict out) {
        var range = state.seen.novelty(x) / MARGIN;
        var drift = (state.levelDrifts.surprise(out.levelDrift) + state.seasonalDrifts.surprise(out.seasonalDrift))
                / 2
                / DRIFT;
        var flat = state.movements.surprise(out.movement) / FLATNESS;
        var point = Double.isNaN(out.residual) ? 0 : state.residuals.surprise(out.residual) / POINT;
        var most = Math.max(Math.max(range, drift), Math.max(flat, point));
        var channel = most == range
                ? Channel.RANGE
                : most == drift ? Channel.LEVEL : most == flat ? Channel.FLAT : Channel.POINT;
        out.surprise(Math.min(most * settings.sensitivity(), LARGEST), channel);
    }

    private static void learn(DetectorState state, double x, double value, Verdict out) {
        state.levelDrifts.add(out.levelDrift);
        state.seasonalDrifts.add(out.seasonalDrift);
        state.movements.add(out.movement);
        if (!Double.isNaN(
                out.residual)) { // a channel without a value stays absent: zeros would make the first one huge
            state.residuals.add(out.residual);
        }
        state.quickMean += 0.2 * (value - state.quickMean);
        state.slowLevel += 0.02 * (value - state.slowLevel);
        state.profile.add(value);
        state.seen.add(x);
        state.held.add(value);
        state.rows++;
    }
}

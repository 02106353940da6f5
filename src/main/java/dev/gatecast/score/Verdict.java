package dev.gatecast.score;

import dev.gatecast.event.Alert.Channel;
import dev.gatecast.event.Alert.Phase;
import dev.gatecast.event.Alert.Surprise;
import org.jspecify.annotations.Nullable;

/** What a {@link Detector} says of one row. Belongs to one thread, which gives it to every step anew. */
public final class Verdict {
    private static final double LARGEST = 40; // 1 - 2^-40 still differs from 1
    private static final double LN2 = StrictMath.log(2);

    double level;
    Channel channel = Channel.RANGE;

    @Nullable Phase phase;

    long rows;
    double peak;
    double fastMean;
    double slowMean;
    double levelDrift; // what the channels rank
    double seasonalDrift;
    double movement;
    double residual; // NaN: none

    void surprise(double newLevel, Channel of) {
        level = newLevel;
        channel = of;
    }

    /** 2^-level, exact for whole levels. (StrictMath.pow allocates.) */
    private static double half(double level) {
        var whole = (int) level;
        return Math.scalb(StrictMath.exp((whole - level) * LN2), -whole);
    }

    /** How surprising the row is; 1 is the alert level, at most 1e12. */
    public double level() {
        return level;
    }

    /** The same in [0, 1): 1 - 2^-level, so 0.5 is the alert level. */
    public double score() {
        return 1 - half(Math.min(level, LARGEST));
    }

    /** The channel that says so; the first of those that are equal. */
    public Channel channel() {
        return channel;
    }

    /** What the row did to the alert episode; null: nothing. */
    public @Nullable Phase phase() {
        return phase;
    }

    /** Rows since the episode opened, this one and the opening one included; 0 where none is open and none closes. */
    public long rows() {
        return rows;
    }

    /** Largest level of the episode so far; 0 where none is open and none closes. */
    public double peak() {
        return peak;
    }

    /** Mean of the last 48 rows (up to 55), each held within the usual range. */
    public double fastMean() {
        return fastMean;
    }

    /** Mean of the last 384 rows (up to 391), each held within the usual range. */
    public double slowMean() {
        return slowMean;
    }

    /** Level, score and channel as an alert carries them. Allocates. */
    public Surprise surprise() {
        return new Surprise(level, score(), channel);
    }
}

package dev.gatecast.forecast;

import dev.gatecast.feature.Ring;

/**
 * Tells which values of a ring are strays: like no value around them, and like none a season before or after. A value that
 * stays for longer, or that comes again, is none: then the entity has changed. Nor is one where two values a season or two away stand out from
 * what was before them likewise, half as much or more: a job that runs each night, and never does the same. Not modified by what it is asked.
 */
final class Strays {
    /** So many like values in a row are strays still: a meter that hangs for a moment. */
    private static final int LONGEST_RUN = 5;

    private static final double LIKEWISE = 0.5; // of how far a value stands out
    private static final int OFTEN = 2; // times that others do

    private final int shorter; // season, in steps; 0: none
    private final int longer;

    Strays(int shorter, int longer) {
        this.shorter = shorter;
        this.longer = longer;
    }

    /**
     * Whether a value is a stray, as far as the values tell that have come.
     *
     * @param ring Not modified.
     * @param ago steps before the newest value
     * @param distance up to which values are like one another, in the entity's units
     */
    boolean stray(Ring ring, int ago, double distance) {
        double value = ring.raw(ago);
        return !again(ring, ago, shorter, value, distance)
                && !again(ring, ago, longer, value, distance)
                && run(ring, ago, value, distance) <= LONGEST_RUN
                && !standsOutAgain(ring, ago, value, distance);
    }

    private static boolean again(Ring ring, int ago, int season, double value, double distance) {
        return season > 0 && (like(ring, ago - season, value, distance) || like(ring, ago + season, value, distance));
    }

    /** Whether values up to two seasons away stand out from what was before them as this value does. */
    private boolean standsOutAgain(Ring ring, int ago, double value, double distance) {
        int before = oldest(ring, ago, value, distance) + 1 - ago; // steps back to what it stands out from
        int times = 0;
        for (int seasons = -2; seasons <= 2; seasons++) {
            times += likewise(ring, ago, ago + seasons * shorter, before) ? 1 : 0;
            times += likewise(ring, ago, ago + seasons * longer, before) ? 1 : 0;
        }
        return times >= OFTEN;
    }

    private static boolean likewise(Ring ring, int ago, int other, int before) {
        if (other == ago || other < 0 || Math.max(ago, other) + before >= ring.size()) {
            return false;
        }
        double rise = ring.raw(ago) - ring.raw(ago + before);
        double theirs = ring.raw(other) - ring.raw(other + before);
        return rise > 0 ? theirs >= LIKEWISE * rise : theirs <= LIKEWISE * rise;
    }

    /** Values in a row that are like one of them, counted until it is no stray's. */
    private static int run(Ring ring, int ago, double value, double distance) {
        int newest = ago;
        while (ago - newest < LONGEST_RUN && like(ring, newest - 1, value, distance)) {
            newest--;
        }
        return oldest(ring, ago, value, distance) - newest + 1;
    }

    private static int oldest(Ring ring, int ago, double value, double distance) {
        int oldest = ago;
        while (oldest - ago < LONGEST_RUN && like(ring, oldest + 1, value, distance)) {
            oldest++;
        }
        return oldest;
    }

    private static boolean like(Ring ring, int ago, double value, double distance) {
        return ago >= 0 && ago < ring.size() && Math.abs(ring.raw(ago) - value) <= distance;
    }
}

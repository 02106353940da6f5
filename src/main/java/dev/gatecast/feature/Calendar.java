package dev.gatecast.feature;

/**
 * Sine and cosine of the first two harmonics of the day and of the week. Whole quarters of an hour come out of a table,
 * made by the same arithmetic: {@link StrictMath} is slow there and allocates on newer JDKs.
 */
final class Calendar {
    private static final long HOUR = 3_600_000L;
    private static final int DAY = 24; // hours
    private static final int WEEK = 168; // hours

    /** Hours since Monday of 1970-01-01, a Thursday. */
    private static final int EPOCH = 3 * DAY;

    private static final long QUARTER = HOUR / 4;
    private static final float[][] QUARTERS = new float[4 * WEEK][FeatureSpec.CALENDAR_INPUTS]; // since Monday

    static {
        for (int quarter = 0; quarter < QUARTERS.length; quarter++) {
            compute(quarter * QUARTER - EPOCH * HOUR, QUARTERS[quarter]);
        }
    }

    private Calendar() {}

    /** Writes what a local time gives. {@code time} in milliseconds since the local 1970-01-01. {@code out} (8) Modified. */
    static void write(long time, float[] out) {
        if (time % QUARTER == 0) {
            var row = QUARTERS[(int) Math.floorMod(time / QUARTER + 4 * EPOCH, 4L * WEEK)];
            System.arraycopy(row, 0, out, 0, row.length);
        } else {
            compute(time, out);
        }
    }

    /** The same for any time, without the table. */
    static void compute(long time, float[] out) {
        double day = Math.floorMod(time, DAY * HOUR) / (double) (DAY * HOUR);
        double week = Math.floorMod(time + EPOCH * HOUR, WEEK * HOUR) / (double) (WEEK * HOUR);
        harmonics(day, out, 0);
        harmonics(week, out, 4);
    }

    static void harmonics(double phase, float[] out, int at) {
        double angle = 2 * Math.PI * phase;
        double sine = StrictMath.sin(angle);
        double cosine = StrictMath.cos(angle);
        out[at] = (float) sine;
        out[at + 1] = (float) cosine;
        out[at + 2] = (float) (2 * sine * cosine);
        out[at + 3] = (float) (cosine * cosine - sine * sine);
    }
}

package dev.gatecast.backtest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes times: ISO-8601 in UTC, or the number itself. Remembers the last few, which a forecast's rows repeat. */
final class TimeText {
    private static final int REMEMBERED = 1 << 10;

    private final boolean numbers;
    private final long[] times = new long[REMEMBERED];
    private final byte[][] texts = new byte[REMEMBERED][];

    /**
     * Makes one.
     *
     * @param numbers whether times are row numbers
     */
    TimeText(boolean numbers) {
        this.numbers = numbers;
    }

    /** Whether times are row numbers. */
    boolean numbers() {
        return numbers;
    }

    /** A time's text as bytes. Not to be modified. */
    byte[] of(long time) {
        var at = (int) ((time * 0x9e3779b97f4a7c15L) >>> 54);
        if (texts[at] == null || times[at] != time) {
            times[at] = time;
            texts[at] = text(time).getBytes(StandardCharsets.US_ASCII);
        }
        return texts[at];
    }

    /** A time's text. */
    String text(long time) {
        return numbers ? Long.toString(time) : Instant.ofEpochMilli(time).toString();
    }
}

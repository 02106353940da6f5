package dev.gatecast.backtest;

import java.time.Instant;

/**
 * Writes times: ISO-8601 in UTC, or the number itself.
 *
 * @param numbers whether times are row numbers
 */
record TimeText(boolean numbers) {
    String of(long time) {
        return numbers ? Long.toString(time) : Instant.ofEpochMilli(time).toString();
    }
}

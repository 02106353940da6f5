package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Outcome;

/**
 * The rows of {@code scores.csv}: one a tick. {@code state} is empty while nothing is wrong; OPEN, UPDATE, CLOSE where
 * an alert changes; ALERT at the other ticks of an open alert; REJECTED where the tick did not count; MISSING where the bar had no ticks
 * and its value is a guess. {@code why} is
 * the channel of the score, or the reason of the rejection.
 */
final class ScoreRows {
    private ScoreRows() {}

    static void write(Tick tick, Outcome outcome, TimeText times, Lines lines) {
        var rejection = outcome.rejection();
        var score = score(outcome);
        lines.cell(tick.entity()).comma().raw(times.of(tick.time())).comma();
        lines.number(tick.values()[0]).comma().number(score).comma();
        lines.cell(state(outcome)).comma();
        if (rejection != null) {
            lines.cell(rejection.name());
        } else if (score > 0) {
            lines.cell(outcome.verdict().channel().name());
        }
        lines.end();
    }

    /** Time and score alone. */
    static void writeShort(Tick tick, Outcome outcome, TimeText times, Lines lines) {
        lines.raw(times.of(tick.time())).comma().number(score(outcome)).end();
    }

    private static double score(Outcome outcome) {
        return outcome.rejection() == null && !outcome.tick().missing()
                ? outcome.verdict().score()
                : 0;
    }

    private static String state(Outcome outcome) {
        if (outcome.rejection() != null) {
            return "REJECTED";
        }
        if (outcome.tick().missing()) {
            return "MISSING";
        }
        var phase = outcome.verdict().phase();
        if (phase != null) {
            return phase.name();
        }
        return outcome.verdict().rows() > 0 ? "ALERT" : "";
    }
}

package dev.gatecast.app;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the demo prints at its end. */
record DemoSummary(Serving serving, DemoScore score, ForecastReader reader, double seconds, List<String> activated) {
    String text() {
        var board = serving.board();
        return String.format(
                Locale.ROOT,
                "%,d ticks, %,d forecasts, %,d alerts opened, %,d rejected; %s ticks/s while streaming%n"
                        + "from a tick's send to its forecast read by a consumer: p50 %s ms, p99 %s ms%n"
                        + "of that in the topology's own code: p50 %s us, p99 %s us%n"
                        + "models activated: %s%n%n%s:%n%s",
                board.ticks(),
                board.forecasts(),
                board.alerts(),
                board.rejected(),
                number("%,.0f", score.streamed() == 0 ? Double.NaN : score.streamed() / seconds),
                number("%.0f", 1e3 * reader.age(0.5)),
                number("%.0f", 1e3 * reader.age(0.99)),
                number("%.0f", 1e6 * score.seconds(0.5)),
                number("%.0f", 1e6 * score.seconds(0.99)),
                String.join(", ", activated),
                title(),
                score.table());
    }

    /** What the table is of, and what of June it lacks. */
    private String title() {
        var from = score.scoredFrom();
        var what = ", departures an hour at 20 airports";
        if (score.streamed() == 0) {
            return "June 2001" + what + ", nothing was streamed by this start, so nothing is scored";
        }
        if (from.isEmpty()) {
            return "June 2001" + what + ", too little was streamed by this start to score it";
        }
        return (from.getAsLong() > DemoCalendar.SWAP
                        ? "June 2001 from " + Instant.ofEpochMilli(from.getAsLong()) + " on"
                        : "June 2001")
                + what;
    }

    /** A number in a format; a dash where there is none. */
    static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}

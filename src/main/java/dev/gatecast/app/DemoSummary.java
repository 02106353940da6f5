package dev.gatecast.app;

import java.util.List;
import java.util.Locale;

/** What the demo prints at its end. */
record DemoSummary(Serving serving, DemoScore score, ForecastReader reader, double seconds, List<String> activated) {
    String text() {
        var board = serving.board();
        var streams = serving.streams();
        return String.format(
                Locale.ROOT,
                "%,d ticks, %,d forecasts, %,d alerts opened, %,d rejected; %,.0f ticks/s while streaming%n"
                        + "from a tick's send to its forecast read by a consumer: p50 %.0f ms, p99 %.0f ms%n"
                        + "of that in the topology's own code: p50 %.0f us, p99 %.0f us%n"
                        + "models activated: %s%n%nJune 2001, departures an hour at 20 airports:%n%s",
                board.ticks(),
                board.forecasts(),
                board.alerts(),
                board.rejected(),
                score.streamed() / seconds,
                1e3 * reader.age(0.5),
                1e3 * reader.age(0.99),
                1e6 * score.seconds(0.5),
                1e6 * score.seconds(0.99),
                String.join(", ", activated),
                score.table());
    }
}

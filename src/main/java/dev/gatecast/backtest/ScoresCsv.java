package dev.gatecast.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes {@code scores.csv}: one row a tick. {@code state} is empty while nothing is wrong; OPEN, UPDATE, CLOSE where
 * an alert changes; ALERT at the other ticks of an open alert; REJECTED where the tick did not count. {@code why} is
 * the channel of the score, or the reason of the rejection.
 */
final class ScoresCsv implements AutoCloseable {
    private final CsvWriter csv;
    private final TimeText times;

    ScoresCsv(Path file, TimeText times) throws IOException {
        this.times = times;
        csv = CsvWriter.builder().build(file);
        csv.writeRecord("entity", "time", "value", "score", "state", "why");
    }

    void tick(Tick tick, Outcome outcome) {
        var rejection = outcome.rejection();
        var verdict = outcome.verdict();
        var score = rejection == null ? verdict.score() : 0;
        csv.writeRecord(
                tick.entity(),
                times.of(tick.time()),
                Double.toString(tick.values()[0]),
                Double.toString(score),
                state(outcome),
                rejection != null
                        ? rejection.name()
                        : score > 0 ? verdict.channel().name() : "");
    }

    private static String state(Outcome outcome) {
        if (outcome.rejection() != null) {
            return "REJECTED";
        }
        var phase = outcome.verdict().phase();
        if (phase != null) {
            return phase.name();
        }
        return outcome.verdict().rows() > 0 ? "ALERT" : "";
    }

    @Override
    public void close() {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

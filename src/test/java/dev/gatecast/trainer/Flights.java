package dev.gatecast.trainer;

import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.History;
import dev.gatecast.source.Series;
import dev.gatecast.source.TickSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Hourly departures of 20 airports, January to June 2001, from the program's own resources. */
final class Flights {
    static final long MAY = Instant.parse("2001-05-01T00:00:00Z").toEpochMilli();
    static final long JUNE = Instant.parse("2001-06-01T00:00:00Z").toEpochMilli();
    static final long END = Instant.parse("2001-07-01T00:00:00Z").toEpochMilli();

    private Flights() {}

    /** The ticks before a time. */
    static History until(long time) {
        try (var source = open()) {
            return History.read(source, tick -> tick.tick().time() < time, History.Limits.DEFAULT);
        }
    }

    /** All series, by airport. */
    static List<Series> all() {
        return until(END).series();
    }

    private static TickSource open() {
        try (var resource =
                Objects.requireNonNull(Flights.class.getResourceAsStream("/demo/flights2001-hourly-top20.csv.gz"))) {
            var file = Files.createTempFile("flights", ".csv.gz");
            file.toFile().deleteOnExit();
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
            var columns = new Columns("airport", "time", List.of("departures"), List.of("departures"));
            return CsvTicks.open(CsvOptions.of(List.of(file), Layout.LONG, columns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

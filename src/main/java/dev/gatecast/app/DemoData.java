package dev.gatecast.app;

import dev.gatecast.event.Tick;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The data that ship with the program: hourly departures and mean arrival delay of 20 US airports, January to June 2001. */
final class DemoData {
    /** Its name on the command line. */
    static final String NAME = "flights2001";

    /** All it has; departures are what the demo forecasts. */
    static final Fields FIELDS = Fields.of(List.of("departures", "mean_arrival_delay", "late"), List.of("departures"));

    /** How many airports there are. */
    static final int ENTITIES = 20;

    private static final String RESOURCE = "/demo/flights2001-hourly-top20.csv.gz";

    private DemoData() {}

    /**
     * All ticks by time, 86,880 of them.
     *
     * @param fields the order of their values, out of {@link #FIELDS}
     */
    static List<Tick> ticks(Fields fields) {
        try {
            var file = Files.createTempFile("gatecast-", ".csv.gz");
            try {
                unpack(file);
                return read(file, fields);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped data could not be unpacked", e);
        }
    }

    private static void unpack(Path file) throws IOException {
        try (var resource = Objects.requireNonNull(DemoData.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Tick> read(Path file, Fields fields) {
        var columns = new Columns("airport", "time", fields.names(), fields.targets());
        var ticks = new ArrayList<Tick>();
        try (var source = CsvTicks.open(CsvOptions.of(List.of(file), Layout.LONG, columns))) {
            for (var tick = source.next(); tick != null; tick = source.next()) {
                ticks.add(tick.tick());
            }
        }
        return ticks;
    }
}

package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralTargetsTest {
    private static final long HOUR = 3_600_000L;
    private static final long START = 978_307_200_000L;

    @TempDir
    private Path stateDir = Path.of("");

    private static double value(int target, long hour) {
        return Rig.wave(3 * target, hour);
    }

    /** What a forecaster makes of one target alone. */
    private static List<String> alone(int target, String series, Governing governing) {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var made = new ArrayList<String>();
        for (long hour = 0; hour < 100; hour++) {
            var tick = new Tick(series, START + hour * HOUR, new double[] {value(target, hour)});
            var forecast = forecaster.advance(state, tick, governing).forecast();
            made.add(Arrays.toString(new ForecastCodec(Format.AVRO).encode(Objects.requireNonNull(forecast))));
        }
        return made;
    }

    @Test
    void eachTargetIsForecastAsASeriesOfItsOwn() {
        var model = Rig.model(3);
        var format = new TickFormat(
                TickFormat.Kind.JSON,
                TickFormat.Who.KEY,
                TickFormat.Time.OF_RECORD,
                List.of("load", "heat"),
                2,
                TickFormat.Line.USUAL);
        var settings = Rig.settings(stateDir, TopologySettings.Input.DEFAULT, 1);
        try (var rig = new Rig(settings, Formats.of(format, Format.AVRO), parts -> parts)) {
            rig.publish(model);
            rig.activate(model, START, 1);
            for (long hour = 0; hour < 100; hour++) {
                var text = "{\"load\": " + value(0, hour) + ", \"heat\": " + value(1, hour) + "}";
                rig.tick(Rig.bytes("a"), Rig.bytes(text), START + hour * HOUR);
            }
            var sent = rig.take("forecasts");
            for (int target = 0; target < 2; target++) {
                var series = target == 0 ? "a/load" : "a/heat";
                var own = sent.stream()
                        .filter(each -> Arrays.equals(Rig.bytes(series), each.key()))
                        .map(each -> Arrays.toString(each.value()))
                        .toList();
                assertEquals(alone(target, series, new Governing(model, 1)), own);
            }
            assertEquals(200, sent.size());
        }
    }
}

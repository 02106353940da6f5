package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import dev.gatecast.forecast.Bars;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bars in the topology: when they close, what is late, what stands for gaps. */
class BarsTest {
    private static final long HOUR = Rig.HOUR;
    private static final long START = Rig.START;

    @TempDir
    private Path stateDir;

    private Rig rig(Fill fill, long grace, boolean letters, int cache) {
        var spec = new BarSpec(HOUR, grace, List.of(Rule.SUM), fill, 3);
        var input = new TopologySettings.Input(false, Long.MAX_VALUE, 1, letters).with(new Bars(spec));
        var rig = new Rig(Rig.settings(stateDir, input, cache), Formats.of(Rig.KEYED, Format.AVRO), parts -> parts);
        rig.publish(Rig.model(1));
        rig.activate(Rig.model(1), START - 1000 * HOUR, 1);
        return rig;
    }

    private static List<String> made(Rig rig) {
        return rig.forecasts().stream().map(BarsTest::text).toList();
    }

    private static String text(Forecast forecast) {
        return forecast.entity() + " " + (forecast.madeAt() - START) / HOUR;
    }

    private static float lastValue(Rig rig, String entity) {
        var values = rig.parts.onlookers().tasks().find(entity).orElseThrow().recentValues();
        return values[values.length - 1];
    }

    @Test
    void theStreamsTimeClosesTheBarsOfAllEntities() {
        try (var rig = rig(Fill.NONE, 0, false, 1)) {
            rig.tick("a", START + 1, 1);
            rig.tick("b", START + 2, 2);
            rig.tick("a", START + HOUR - 1, 4);
            assertEquals(List.of(), made(rig));
            rig.tick("c", START + HOUR, 8);
            assertEquals(List.of("a 0", "b 0"), made(rig));
            assertEquals(5, lastValue(rig, "a"));
            assertEquals(2, lastValue(rig, "b"));
            assertEquals(4, rig.parts.metrics().ticks());
        }
    }

    @Test
    void aForecastIsKeyedByItsEntityAndStampedWithItsBar() {
        try (var rig = rig(Fill.NONE, 0, false, 10)) {
            rig.tick("a", START + 1, 1);
            rig.tick("b", START + HOUR, 2);
            var record = rig.take("forecasts").get(0);
            assertEquals("a", new String(record.key(), java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(START, record.timestamp());
        }
    }

    @Test
    void ticksWithinTheGraceBelongToTheirBarAndLaterOnesAreLate() {
        try (var rig = rig(Fill.NONE, HOUR / 2, true, 1)) {
            rig.tick("a", START + 1, 1);
            rig.tick("b", START + HOUR + HOUR / 4, 1);
            rig.tick("a", START + 2, 2);
            assertEquals(List.of(), made(rig));
            rig.tick("b", START + HOUR + HOUR / 2, 1);
            assertEquals(List.of("a 0"), made(rig));
            assertEquals(3, lastValue(rig, "a"));
            rig.tick("a", START + 3, 4);
            assertEquals(List.of("LATE ticks-0@4"), rig.letters());
            assertEquals(1L, rig.parts.metrics().rejections().get(Rejection.LATE));
            assertEquals(4, rig.parts.metrics().ticks());
        }
    }

    @Test
    void aSilentEntityIsFilledAndForecastWhileOthersGoOn() {
        try (var rig = rig(Fill.LAST, 0, false, 1)) {
            rig.tick("a", START, 5);
            rig.tick("b", START, 5);
            for (long hour = 1; hour <= 6; hour++) {
                rig.tick("b", START + hour * HOUR, hour);
            }
            assertEquals(
                    List.of("a 0", "b 0", "a 1", "b 1", "a 2", "b 2", "a 3", "b 3", "b 4", "b 5"), sorted(made(rig)));
            rig.tick("a", START + 6 * HOUR, 7);
            rig.tick("b", START + 7 * HOUR, 7);
            assertEquals(List.of("a 6", "b 6"), sorted(made(rig)));
        }
    }

    /** By time, then by name: the order between entities is nobody's business. */
    private static List<String> sorted(List<String> made) {
        return made.stream()
                .sorted((a, b) -> {
                    int byTime = Long.compare(hour(a), hour(b));
                    return byTime != 0 ? byTime : a.compareTo(b);
                })
                .toList();
    }

    private static long hour(String text) {
        return Long.parseLong(text.split(" ")[1]);
    }

    @Test
    void manyBarsThatCloseAtOnceAreClosedBitByBit() {
        try (var rig = rig(Fill.NONE, 0, false, 10_000)) {
            for (int entity = 0; entity < 5_000; entity++) {
                rig.tick("entity-" + entity, START + entity, 1);
            }
            rig.tick("last", START + HOUR, 1);
            assertEquals(2_000, made(rig).size());
            rig.tick("entity-4999", START + HOUR, 3);
            assertTrue(made(rig).contains("entity-4999 0"), "an entity's bar is closed before its next tick");
            rig.driver.advanceWallClockTime(Duration.ofMillis(50));
            assertEquals(999, made(rig).size());
            rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
            assertEquals(0, made(rig).size());
        }
    }
}

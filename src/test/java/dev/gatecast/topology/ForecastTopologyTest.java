package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.AlertCodec;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.codec.TimeFormat;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.support.Models;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTopologyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path stateDir;

    @Test
    void forecastsEveryTickUnderTheModelThatGovernsIt() {
        var first = Rig.model(1);
        var second = Rig.model(2);
        try (var rig = new Rig(stateDir)) {
            rig.publish(first);
            rig.publish(second);
            rig.tick("a", START, 100);
            assertEquals(List.of(), rig.forecasts());
            rig.activate(first, START + HOUR, 1);
            rig.activate(second, START + 3 * HOUR, 2);
            for (int hour = 1; hour <= 4; hour++) {
                rig.tick("a", START + hour * HOUR, 100 + hour);
            }
            var records = rig.take("forecasts");
            assertEquals(4, records.size());
            assertEquals(START + HOUR, records.get(0).timestamp());
            assertArrayEquals(Rig.bytes("a"), records.get(0).key());
            var forecasts = records.stream().map(rig::forecast).toList();
            assertEquals(
                    List.of(first.id(), first.id(), second.id(), second.id()),
                    forecasts.stream().map(forecast -> forecast.stamp().model()).toList());
            assertEquals(START + 2 * HOUR, forecasts.get(1).madeAt());
        }
    }

    @Test
    void goesBackToAnEarlierModelByANewActivation() {
        var first = Rig.model(1);
        var second = Rig.model(2);
        try (var rig = new Rig(stateDir)) {
            rig.publish(first);
            rig.publish(second);
            rig.activate(first, 0, 1);
            rig.activate(second, START + HOUR, 2);
            rig.activate(first, START + HOUR, 3);
            rig.tick("a", START, 1);
            rig.tick("a", START + HOUR, 1);
            assertEquals(
                    List.of(first.id(), first.id()),
                    rig.forecasts().stream()
                            .map(forecast -> forecast.stamp().model())
                            .toList());
            assertEquals(3, rig.parts.library().active().orElseThrow().sequence());
        }
    }

    @Test
    void givesTheSameBytesWhetherEntitiesStayInMemoryOrNot() {
        assertEquals(outputs(1), outputs(100));
    }

    private List<String> outputs(int cacheEntities) {
        var settings =
                Rig.settings(stateDir.resolve("cache-" + cacheEntities), TopologySettings.Input.DEFAULT, cacheEntities);
        try (var rig = new Rig(settings, Formats.of(Rig.KEYED, Format.AVRO), parts -> parts)) {
            var model = Rig.model(1);
            rig.publish(model);
            rig.activate(model, START + 20 * HOUR, 1);
            for (long hour = 0; hour < 120; hour++) {
                for (int entity = 0; entity < 5; entity++) {
                    rig.tick("e" + entity, START + hour * HOUR, Rig.wave(entity, hour));
                }
            }
            var lines = new ArrayList<String>();
            rig.take("forecasts").forEach(record -> lines.add(Arrays.toString(record.value())));
            rig.take("alerts").forEach(record -> lines.add(Arrays.toString(record.value())));
            assertEquals(500, rig.parts.metrics().forecasts());
            return lines;
        }
    }

    @Test
    void writesAStateBeforeItsTickIsCommitted() {
        try (var rig = new Rig(stateDir)) {
            for (int hour = 0; hour < 3; hour++) {
                rig.tick("a", START + hour * HOUR, 100);
                var changes = rig.take("rig-entities-changelog");
                assertEquals(2, changes.size(), "the entity and the task's clock");
                assertArrayEquals(Rig.bytes("a"), changes.get(0).key());
                assertArrayEquals(new byte[0], changes.get(1).key());
            }
        }
    }

    @Test
    void raisesAnAlertWithWhatCameAndWhatWasExpected() throws Exception {
        try (var rig = new Rig(stateDir)) {
            for (long hour = 0; hour < 600; hour++) {
                rig.tick("a", START + hour * HOUR, Rig.wave(0, hour));
            }
            rig.take("alerts");
            for (long hour = 600; hour < 606; hour++) {
                rig.tick("a", START + hour * HOUR, 5_000);
            }
            var records = rig.take("alerts");
            assertFalse(records.isEmpty());
            var alert = new AlertCodec(Format.AVRO).decode(records.get(0).value());
            assertEquals(Alert.Phase.OPEN, alert.phase());
            assertEquals(5_000, alert.evidence().value());
            assertEquals("a", alert.entity());
        }
    }

    @Test
    void forecastsAndAlertsHaveTheBytesOfTheForecastersOwnWithDirectionsAndDrivers() throws Exception {
        var model = new ModelCodec().name(Models.directed(3).recipe(), new Lineage(new TreeMap<>()));
        var forecaster = new Forecaster(
                Rig.settings(stateDir, TopologySettings.Input.DEFAULT, 10).forecaster());
        var state = forecaster.newState();
        var codec = new AlertCodec(Format.AVRO);
        var forecasts = new ForecastCodec(Format.AVRO);
        var made = new ArrayList<String>();
        var expected = new ArrayList<String>();
        try (var rig = new Rig(stateDir)) {
            rig.publish(model);
            rig.activate(model, START, 1);
            for (long hour = 0; hour < 410; hour++) {
                double value = hour < 400 ? Rig.wave(0, hour) : 5_000;
                rig.tick("a", START + hour * HOUR, value);
                var tick = new Tick("a", START + hour * HOUR, new double[] {value});
                var outcome = forecaster.advance(state, tick, new Governing(model, 1));
                var alert = outcome.alert();
                made.add(Arrays.toString(forecasts.encode(Objects.requireNonNull(outcome.forecast()))));
                if (alert != null) {
                    expected.add(Arrays.toString(codec.encode(alert)));
                }
            }
            var sent = rig.take("forecasts");
            assertEquals(
                    made,
                    sent.stream().map(each -> Arrays.toString(each.value())).toList());
            assertNotNull(forecasts.decode(sent.get(400).value()).directions());
            var records = rig.take("alerts");
            assertEquals(
                    expected,
                    records.stream().map(each -> Arrays.toString(each.value())).toList());
            var drivers = new ArrayList<Alert.Driver>();
            for (var each : records) {
                drivers.addAll(codec.decode(each.value()).episode().drivers());
            }
            assertFalse(drivers.isEmpty());
        }
    }

    @Test
    void writesJsonWhereItIsAskedTo() {
        var formats = Formats.of(Rig.KEYED, Format.JSON);
        try (var rig = new Rig(Rig.settings(stateDir), formats, parts -> parts)) {
            var model = Rig.model(1);
            rig.publish(model);
            rig.activate(model, 0, 1);
            rig.tick("a", START, 100);
            var text = new String(rig.take("forecasts").get(0).value(), StandardCharsets.UTF_8);
            assertTrue(text.startsWith("{\"entity\":\"a\",\"madeAt\":" + START), text);
        }
    }

    @Test
    void repartitionsByTheFieldThatNamesTheEntity() {
        var ticks = new TickFormat(
                TickFormat.Kind.JSON,
                TickFormat.Who.of("airport"),
                new TickFormat.Time("at", TimeFormat.SECONDS),
                List.of("value"),
                1,
                TickFormat.Line.USUAL);
        var input = new TopologySettings.Input(true, Long.MAX_VALUE, 1, true);
        try (var rig = new Rig(Rig.settings(stateDir, input, 10), Formats.of(ticks, Format.AVRO), parts -> parts)) {
            var model = Rig.model(1);
            rig.publish(model);
            rig.activate(model, 0, 1);
            rig.tick(null, Rig.bytes("{\"airport\": \"BOS\", \"at\": 1000, \"value\": 1}"), 7);
            rig.tick(Rig.bytes("x"), Rig.bytes("{\"airport\": \"BOS\", \"at\": 1000, \"value\": 2}"), 8);
            rig.tick(Rig.bytes("x"), Rig.bytes("{\"at\": 1000, \"value\": 2}"), 9);
            var records = rig.take("forecasts");
            assertEquals(1, records.size());
            assertEquals("BOS", new String(records.get(0).key(), StandardCharsets.UTF_8));
            assertEquals(1_000_000L, records.get(0).timestamp());
            assertEquals(List.of("DUPLICATE ticks-0@1", "BAD_ENTITY ticks-0@2"), rig.letters());
        }
    }

    @Test
    void failsWhereAnActivatedModelDoesNotArrive() {
        try (var rig = new Rig(stateDir)) {
            rig.activate(new Activation("f".repeat(64), START, 1, ""));
            rig.tick("a", START - HOUR, 100);
            var error = assertThrows(StreamsException.class, () -> rig.tick("a", START, 100));
            var message = String.valueOf(error.getMessage()) + error.getCause();
            assertTrue(message.contains("did not arrive on topic 'models' within 0 ms. Publish it"), message);
        }
    }

    @Test
    void failsWhereAnActivatedModelCannotBeRead() {
        var blob = new ModelCodec().encode(Rig.model(1));
        blob[blob.length / 2] ^= 1;
        try (var rig = new Rig(stateDir)) {
            rig.publish("f".repeat(64), blob);
            rig.activate(new Activation("f".repeat(64), START, 1, ""));
            rig.tick("a", START - HOUR, 100);
            var error = assertThrows(StreamsException.class, () -> rig.tick("a", START, 100));
            var message = String.valueOf(error.getMessage()) + error.getCause();
            assertTrue(message.contains("cannot be read"), message);
        }
    }

    @Test
    void neverAsksForAModelThatWasRolledBackBeforeItsTime() {
        var good = Rig.model(1);
        try (var rig = new Rig(stateDir)) {
            rig.publish(good);
            rig.publish("f".repeat(64), Rig.bytes("damaged"));
            rig.activate(good, 0, 1);
            rig.activate(new Activation("f".repeat(64), START, 2, good.id()));
            rig.activate(new Activation(good.id(), START, 3, "f".repeat(64)));
            rig.tick("a", START, 100);
            assertEquals(good.id(), rig.forecasts().get(0).stamp().model());
        }
    }

    @Test
    void namesEveryNodeStoreAndTopic() {
        try (var rig = new Rig(stateDir)) {
            var described = rig.topology.describe().toString();
            assertFalse(described.contains("KSTREAM"), described);
            assertTrue(described.contains("Processor: forecast (stores: "), described);
        }
    }

    @Test
    void answersWhatIsKnownOfAnEntity() {
        var model = Rig.model(1);
        try (var rig = new Rig(stateDir)) {
            rig.publish(model);
            rig.activate(model, START, 1);
            rig.tick("b", START, 3);
            rig.tick("a", START, 1);
            rig.tick("a", START + HOUR, 2);
            var tasks = rig.parts.onlookers().tasks();
            assertEquals(List.of("a", "b"), tasks.names("", 10));
            assertEquals(List.of("b"), tasks.names("a", 10));
            assertEquals(List.of("a"), tasks.names("", 1));
            assertEquals(Set.of(model.id()), tasks.lineages().keySet());
            assertEquals(1, tasks.activations().size());
            var view = tasks.find("a").orElseThrow();
            assertEquals(2, view.rows());
            assertEquals(START + HOUR, view.lastTime());
            assertArrayEquals(new float[] {1, 2}, view.recentValues());
            assertEquals(model.id(), view.model());
            var emitted = rig.forecasts();
            Forecast last = emitted.get(emitted.size() - 1);
            assertArrayEquals(
                    last.values(), Objects.requireNonNull(view.forecast()).values());
            assertTrue(tasks.find("nobody").isEmpty());
        }
    }
}

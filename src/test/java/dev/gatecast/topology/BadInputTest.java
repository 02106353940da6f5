package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.support.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path stateDir;

    static Stream<Arguments> badTicks() {
        return Stream.of(
                Arguments.of(Rejection.UNDECODABLE, "a", "\u0000\u0001nonsense"),
                Arguments.of(Rejection.UNDECODABLE, "a", ""),
                Arguments.of(Rejection.NULL_KEY, null, "{\"value\": 1}"),
                Arguments.of(Rejection.NULL_VALUE, "a", null),
                Arguments.of(Rejection.MISSING_FIELD, "a", "{\"other\": 1}"),
                Arguments.of(Rejection.NOT_FINITE, "a", "{\"value\": NaN}"),
                Arguments.of(Rejection.NOT_FINITE, "a", "{\"value\": 1e999}"),
                Arguments.of(Rejection.NOT_FINITE, "a", "{\"value\": 1e300}"),
                Arguments.of(Rejection.BAD_ENTITY, "", "{\"value\": 1}"),
                Arguments.of(Rejection.BAD_ENTITY, "x".repeat(100_000), "{\"value\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("badTicks")
    void goesToTheDeadLettersAsItCame(Rejection reason, @Nullable String key, @Nullable String value) {
        try (var rig = new Rig(stateDir)) {
            rig.tick("a", START, 1);
            var keyBytes = key == null ? null : Rig.bytes(key);
            var valueBytes = value == null ? null : Rig.bytes(value);
            rig.tick(keyBytes, valueBytes, START + HOUR);
            rig.tick("a", START + 2 * HOUR, 1);
            var letters = rig.take("dead-letters");
            assertEquals(1, letters.size());
            assertEquals(reason + " ticks-0@1", Rig.letter(letters.get(0)));
            assertArrayEquals(keyBytes, letters.get(0).key());
            assertArrayEquals(valueBytes, letters.get(0).value());
            assertTrue(!Rig.header(letters.get(0), DeadLetters.MESSAGE).isEmpty());
            assertEquals(1L, rig.parts.metrics().rejections().get(reason));
            assertEquals(2, rig.parts.metrics().ticks());
        }
    }

    @Test
    void countsLateAndDuplicateTicksAndDoesNotAdvance() {
        try (var rig = new Rig(stateDir)) {
            rig.tick("a", START + HOUR, 1);
            rig.tick("a", START + HOUR, 2);
            rig.tick("a", START, 3);
            rig.tick("b", START, 3);
            assertEquals(1L, rig.parts.metrics().rejections().get(Rejection.DUPLICATE));
            assertEquals(1L, rig.parts.metrics().rejections().get(Rejection.LATE));
            assertEquals(2, rig.parts.metrics().ticks());
            assertEquals(List.of(), rig.letters());
        }
    }

    @Test
    void sendsLateTicksToTheDeadLettersWhereAskedTo() {
        var input = new TopologySettings.Input(false, Long.MAX_VALUE, 1, true);
        try (var rig = new Rig(Rig.settings(stateDir, input, 10), Formats.of(Rig.KEYED, Format.AVRO), parts -> parts)) {
            rig.tick("a", START + HOUR, 1);
            rig.tick("a", START + HOUR, 2);
            rig.tick("a", START, 3);
            assertEquals(List.of("DUPLICATE ticks-0@1", "LATE ticks-0@2"), rig.letters());
        }
    }

    @Test
    void holdsATickFarAheadUntilItIsKnownWhetherTimeHasMovedOn() {
        long tenDays = 240 * HOUR;
        var input = new TopologySettings.Input(false, 24 * HOUR, 3, false);
        try (var rig = new Rig(Rig.settings(stateDir, input, 10), Formats.of(Rig.KEYED, Format.AVRO), parts -> parts)) {
            rig.tick("a", START, 1);
            rig.tick("wrong", START + tenDays, 1);
            assertEquals(List.of(), rig.letters());
            rig.tick("a", START + HOUR, 1);
            assertEquals(List.of("FUTURE ticks-0@1"), rig.letters());
            assertEquals(2, rig.parts.metrics().ticks());
            for (int i = 0; i < 4; i++) {
                rig.tick("a", START + tenDays + i * HOUR, 1);
            }
            assertEquals(List.of(), rig.letters());
            assertEquals(6, rig.parts.metrics().ticks());
        }
    }

    @Test
    void keepsAStateFromAModelThatGivesImpossibleNumbers() {
        var spec = Models.spec(Transform.SQRT);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 16, 6, Models.LEVELS.length);
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), 8, 1, head);
        var recipe =
                Models.model(spec, Models.network(architecture, 1, 1e30), 1).recipe();
        var wild = new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
        try (var rig = new Rig(stateDir)) {
            for (long hour = 0; hour < 100; hour++) {
                rig.tick("a", START + hour * HOUR, Rig.wave(0, hour));
            }
            rig.publish(wild);
            rig.activate(wild, START + 100 * HOUR, 1);
            rig.tick("a", START + 100 * HOUR, 100);
            assertEquals(List.of("BAD_NUMBER ticks-0@100"), rig.letters());
            assertEquals(
                    100, rig.parts.onlookers().tasks().find("a").orElseThrow().rows());
        }
    }

    @Test
    void refusesAnActivationThatIsNone() {
        try (var rig = new Rig(stateDir)) {
            rig.driver
                    .createInputTopic("activations", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(Rig.bytes("x"), Rig.bytes("nonsense"), START);
            assertEquals(List.of("UNDECODABLE activations-0@0"), rig.letters());
            rig.tick("a", START, 1);
            assertEquals(1, rig.parts.metrics().ticks());
        }
    }

    @Test
    void goesOnAfterARecordThatMakesUsFail() {
        try (var rig = new Rig(Rig.settings(stateDir), Formats.of(Rig.KEYED, Format.AVRO), BadInputTest::failingAt13)) {
            rig.tick("a", START, 1);
            rig.tick("a", START + HOUR, 13);
            rig.tick("a", START + 2 * HOUR, 1);
            var letters = rig.take("dead-letters");
            assertEquals(1, letters.size());
            assertEquals("FAILED ticks-0@1", Rig.letter(letters.get(0)));
            assertEquals("bad luck", Rig.header(letters.get(0), DeadLetters.MESSAGE));
            assertArrayEquals(Rig.bytes("{\"value\": 13.0}"), letters.get(0).value());
            assertEquals(1, rig.parts.metrics().failures());
            assertEquals(2, rig.parts.metrics().ticks());
        }
    }

    private static TopologyParts failingAt13(TopologyParts parts) {
        return new TopologyParts(
                parts.settings(),
                parts.formats(),
                () -> new FailingStep(TickStep.forecasting(ForecasterSettings.DEFAULT, TickFields.NONE)),
                parts.library(),
                parts.onlookers());
    }

    /** Fails at the value 13, after it has changed the state. */
    private record FailingStep(TickStep real) implements TickStep {
        @Override
        public EntityState newState() {
            return real.newState();
        }

        @Override
        public void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result) {
            real.advance(state, tick, governing, result);
            if (tick.values()[0] == 13) {
                throw new IllegalStateException("bad luck");
            }
        }
    }
}

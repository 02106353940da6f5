package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatecast.codec.avro.AvroState;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.support.Models;
import dev.gatecast.support.Numbers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private final StateCodec codec = new StateCodec();
    private final Forecaster forecaster = new Forecaster(ForecasterSettings.DEFAULT);

    @Test
    void aStateReadBackGoesOnBitForBit() throws UndecodableException {
        var model = Models.random(1);
        for (var rows : new int[] {0, 1, 30, 97, 700}) {
            var stayed = run(rows, model);
            var returned = codec.decode(codec.encode(stayed));
            assertArrayEquals(codec.encode(stayed), codec.encode(returned));
            go(stayed, rows, 300, model);
            go(returned, rows, 300, model);
            assertArrayEquals(codec.encode(stayed), codec.encode(returned));
        }
    }

    @Test
    void otherFieldsAreReadBackAndAStateWithoutThemIsOfTheFirstVersion() throws Exception {
        var others = new Forecaster(ForecasterSettings.DEFAULT, new TickFields(List.of("delay", "load")));
        var governing = new Governing(Models.withContext(1, Models.fields("load")), 1);
        var stayed = others.newState();
        var returned = others.newState();
        for (var row = 0; row < 500; row++) {
            var load = row % 3 == 0 ? Double.NaN : value(row + 5);
            var tick = new Tick("BOS", row * Models.HOUR, new double[] {value(row), row, load}, traits(row));
            var one = others.advance(stayed, tick, row < 100 ? null : governing).forecast();
            var values = one == null ? new float[0] : one.values().clone();
            var two =
                    others.advance(returned, tick, row < 100 ? null : governing).forecast();
            assertArrayEquals(values, two == null ? new float[0] : two.values(), "row " + row);
            returned = codec.decode(codec.encode(returned));
        }
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
        assertEquals(
                5,
                Generic.read(AvroState.getClassSchema(), codec.encode(stayed)).get("version"));
        Fuzz.run(codec.encode(stayed), codec::decode);
    }

    @Test
    void whatIsKnownOfComingStepsIsReadBack() throws Exception {
        var fields = new TickFields(List.of("load", "load+1", "load+2"));
        var others = new Forecaster(ForecasterSettings.DEFAULT, fields);
        var governing = new Governing(Models.withContext(1, Models.future(2)), 1);
        var stayed = others.newState();
        var returned = others.newState();
        for (var row = 0; row < 200; row++) {
            var next = row % 3 == 0 ? Double.NaN : value(row + 6);
            var tick = new Tick("BOS", row * Models.HOUR, new double[] {value(row), value(row + 5), next, value(row)});
            var one = Objects.requireNonNull(
                    others.advance(stayed, tick, governing).forecast());
            var two = Objects.requireNonNull(
                    others.advance(returned, tick, governing).forecast());
            assertArrayEquals(one.values(), two.values(), "row " + row);
            returned = codec.decode(codec.encode(returned));
        }
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
        assertArrayEquals(
                new float[] {(float) value(205), (float) value(199)},
                returned.recent().ahead());
        assertEquals(
                6,
                Generic.read(AvroState.getClassSchema(), codec.encode(stayed)).get("version"));
        Fuzz.run(codec.encode(stayed), codec::decode);
    }

    private static Traits traits(int row) {
        return new Traits(row < 50 ? "" : "America/New_York", row % 20 == 7 ? "hub" : "");
    }

    @Test
    void whatIsKnownOfTheEntityIsReadBack() throws UndecodableException {
        var governing = new Governing(Models.withContext(1, new Context(Models.days(), List.of())), 1);
        var stayed = forecaster.newState();
        var returned = forecaster.newState();
        for (var row = 0; row < 100; row++) {
            var tick = new Tick("BOS", row * Models.HOUR, new double[] {value(row)}, traits(row));
            forecaster.advance(stayed, tick, governing);
            forecaster.advance(returned, tick, governing);
            returned = codec.decode(codec.encode(returned));
        }
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
        assertEquals(new Traits("America/New_York", "hub"), returned.recent().traits());
    }

    @Test
    void aStateWithoutAModelIsReadBackToo() throws UndecodableException {
        var state = run(500, null);
        assertArrayEquals(codec.encode(state), codec.encode(codec.decode(codec.encode(state))));
        assertEquals(500, codec.decode(codec.encode(state)).rows());
    }

    @Test
    void aFullStateOfTheUsualSizeTakesAtMostFourKilobytes() {
        var spec = new FeatureSpec(
                Transform.SQRT,
                new FeatureSpec.Seasons(24, 168),
                new FeatureSpec.Windows(168, 168, 336),
                Models.HOUR,
                true,
                new FeatureSpec.Spread(1, 0.05));
        var head = new Architecture.Head(168, spec.extras(), 16, 24, 9);
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), 64, 1, head);
        var levels = new float[] {0.025f, 0.05f, 0.1f, 0.25f, 0.5f, 0.75f, 0.9f, 0.95f, 0.975f};
        var recipe = new Recipe(spec, List.of(Models.network(architecture, 1, 0.1)), levels, 24);
        var model = new Model("0".repeat(64), 1, recipe, new Lineage(new TreeMap<>()));
        var bytes = codec.encode(run(9000, model));
        assertTrue(bytes.length <= 4096, bytes.length + " bytes");
        var mixing = mixing();
        var mixed = mixing.newState();
        for (var row = 0; row < 9000; row++) {
            mixing.advance(
                    mixed, new Tick("BOS", row * Models.HOUR, new double[] {value(row)}), new Governing(model, 1));
        }
        var more = codec.encode(mixed);
        assertTrue(more.length <= 4800, more.length + " bytes with a mixture");
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var bytes = codec.encode(run(200, Models.random(1)));
        var theirs = Generic.read(AvroState.getClassSchema(), bytes);
        assertEquals(1, theirs.get("version"));
        assertArrayEquals(bytes, Generic.write(theirs));
    }

    @Test
    void theStateOfTheFirstReleaseIsStillRead() throws Exception {
        byte[] golden;
        try (var file = StateCodecTest.class.getResourceAsStream("state-1.bin")) {
            golden = Objects.requireNonNull(file).readAllBytes();
        }
        var state = codec.decode(golden);
        assertEquals(300, state.rows());
        assertEquals(299 * Models.HOUR, state.lastTime());
        assertEquals(300, state.recentValues().length);
        assertEquals(value(299), state.recentValues()[299]);
        var numbers = new Numbers();
        state.visit(numbers);
        assertEquals(1311357047, numbers.bits().hashCode());
        assertArrayEquals(golden, codec.encode(state));
    }

    /** Written by version 4, which did not know the bias of the model: it begins at 0. */
    @Test
    void aMixtureWithoutABiasIsReadAndGoesOn() throws Exception {
        byte[] golden;
        try (var file = StateCodecTest.class.getResourceAsStream("state-4.bin")) {
            golden = Objects.requireNonNull(file).readAllBytes();
        }
        assertEquals(4, Generic.read(AvroState.getClassSchema(), golden).get("version"));
        var mixing = mixing();
        var governing = new Governing(Models.random(1), 1);
        var old = codec.decode(golden);
        var fresh = mixing.newState();
        for (var row = 0; row < 700; row++) {
            var tick = new Tick("BOS", row * Models.HOUR, new double[] {value(row)});
            var whole = Objects.requireNonNull(
                    mixing.advance(fresh, tick, governing).forecast());
            if (row >= 300) {
                var values = whole.values().clone();
                var other = Objects.requireNonNull(
                        mixing.advance(old, tick, governing).forecast());
                assertEquals(values[0], other.values()[0], row < 500 ? 10 : 0.05, "row " + row);
            }
        }
        assertEquals(
                8, Generic.read(AvroState.getClassSchema(), codec.encode(old)).get("version"));
    }

    private static Forecaster mixing() {
        return new Forecaster(Models.settings(true));
    }

    @Test
    void aNewerVersionIsRefusedByName() {
        var bytes = codec.encode(run(10, null));
        bytes[SingleObject.HEADER] = 18;
        Checksum.seal(bytes);
        assertMessage(
                "a state of version 1 to 8 was expected, not of 9, which a newer Gatecast wrote: upgrade this one",
                bytes);
    }

    @Test
    void everyDamagedBitAndEveryCutIsNoticed() {
        var bytes = codec.encode(run(120, Models.random(1)));
        for (var bit = 0; bit < 8 * bytes.length; bit++) {
            var damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(UndecodableException.class, () -> codec.decode(damaged));
        }
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThrows(UndecodableException.class, () -> codec.decode(cut));
        }
        bytes[bytes.length / 2] ^= 1;
        assertMessage("a state with the checksum", bytes);
    }

    @Test
    void brokenNumbersUnderASoundChecksumAreRefused() {
        var bytes = codec.encode(run(120, Models.random(1)));
        Fuzz.run(bytes, codec::decode);
        Fuzz.run(bytes, changed -> {
            System.arraycopy(bytes, 0, changed, 0, Math.min(changed.length, SingleObject.HEADER + 1));
            if (changed.length >= Checksum.SIZE) {
                Checksum.seal(changed);
            }
            codec.decode(changed);
        });
    }

    @Test
    void encodingAllocatesNothingButTheBytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var state = run(700, Models.random(1));
        var length = 0L;
        for (var i = 0; i < 3000; i++) {
            length = codec.encode(state).length;
        }
        var before = threads.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 1000; i++) {
            codec.encode(state);
        }
        var spent = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
        assertTrue(spent <= length + 4096, spent + " bytes for " + length);
    }

    private EntityState run(int rows, @Nullable Model model) {
        var state = forecaster.newState();
        go(state, 0, rows, model);
        return state;
    }

    private void go(EntityState state, int from, int rows, @Nullable Model model) {
        var governing = model == null ? null : new Governing(model, 1);
        for (var row = from; row < from + rows; row++) {
            var tick = new Tick("BOS", row * Models.HOUR, new double[] {value(row)});
            assertEquals(null, forecaster.advance(state, tick, governing).rejection());
        }
    }

    private static float value(int row) {
        return (float) (20 + 10 * StrictMath.sin(row * Math.PI / 12) + new Random(row).nextGaussian());
    }

    private void assertMessage(String part, byte[] bytes) {
        var message = String.valueOf(assertThrows(UndecodableException.class, () -> codec.decode(bytes))
                .getMessage());
        assertTrue(message.contains(part), message);
    }
}

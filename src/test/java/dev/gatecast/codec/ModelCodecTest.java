package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.avro.AvroCategories;
import dev.gatecast.codec.avro.AvroDays;
import dev.gatecast.codec.avro.AvroFuture;
import dev.gatecast.codec.avro.AvroModel;
import dev.gatecast.codec.avro.AvroModel2;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Input;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.model.Network;
import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class ModelCodecTest {
    private static final ModelCodec CODEC = new ModelCodec();
    private static final Lineage LINEAGE = new Lineage(new TreeMap<>(Map.of("seed", "17", "topic", "ticks \u00e9")));

    @Test
    void whatIsWrittenIsRead() throws UndecodableException {
        for (var layers = 1; layers <= 3; layers++) {
            var model = CODEC.name(Models.random(layers, 7 + layers, layers).recipe(), LINEAGE);
            var read = CODEC.decode(CODEC.encode(model));
            assertEquals(model.id(), read.id());
            assertEquals(model.fingerprint(), read.fingerprint());
            assertEquals(model.lineage(), read.lineage());
            assertAlike(model.recipe(), read.recipe());
        }
    }

    @Test
    void whatIsKnownOfTheFleetIsKept() throws UndecodableException {
        var rest = new Fleet.Rest(2, 0.5, 24, 0.25, 1.5, 0.125);
        var level = new Fleet.Moments(3, 4);
        var spread = new Fleet.Moments(-1, 9);
        var fleet = new Fleet(Transform.LOG, new float[] {1, -1, 0.5f}, level, spread, 5, rest);
        var plain = CODEC.name(Models.random(1).recipe(), LINEAGE);
        var model = CODEC.name(plain.recipe().with(fleet), LINEAGE);
        assertNotEquals(plain.fingerprint(), model.fingerprint());
        var read = CODEC.decode(CODEC.encode(model));
        assertEquals(model.id(), read.id());
        var back = Objects.requireNonNull(read.recipe().fleet());
        assertArrayEquals(fleet.course(), back.course());
        var same = new Fleet(
                back.transform(), fleet.course(), back.level(), back.spread(), back.covariance(), back.rest());
        assertEquals(fleet, same);
        assertEquals(
                plain.id(),
                CODEC.name(read.recipe().with((Fleet) null), LINEAGE).id());
    }

    @Test
    void aLinearExpertIsKeptAndOneThatDoesNotFitIsRefused() throws UndecodableException {
        var recipe = Models.random(1).recipe();
        var weights = new float[recipe.horizons() * 3];
        weights[4] = -0.5f;
        var bias = new float[recipe.horizons()];
        bias[1] = 0.125f;
        var linear = new LinearForecast(weights, bias);
        var model = CODEC.name(recipe.with(linear), LINEAGE);
        assertNotEquals(CODEC.name(recipe, LINEAGE).fingerprint(), model.fingerprint());
        var read = CODEC.decode(CODEC.encode(model));
        assertEquals(model.id(), read.id());
        assertEquals(linear, read.recipe().linear());

        int ring = recipe.spec().windows().ring();
        var longer = new LinearForecast(new float[recipe.horizons() * (ring + 1)], bias);
        var wrong = assertThrows(IllegalArgumentException.class, () -> recipe.with(longer));
        assertEquals(
                "recipe: expected a linear expert of at most 96 values, as the ring holds, got 97", wrong.getMessage());
        var farther = new LinearForecast(new float[7], new float[7]);
        assertThrows(IllegalArgumentException.class, () -> recipe.with(farther));
        var broken = new LinearForecast(weights, bias).weights();
        broken[0] = Float.NaN;
        assertThrows(IllegalArgumentException.class, () -> new LinearForecast(broken, bias));
        assertThrows(IllegalArgumentException.class, () -> new LinearForecast(new float[7], bias));
    }

    @Test
    void severalNetworksAreKeptInTheirOrder() throws UndecodableException {
        var one = Models.random(1).recipe();
        var two = Models.random(2).recipe();
        var networks = List.of(one.networks().get(0), two.networks().get(0));
        var both = CODEC.name(new Recipe(one.spec(), networks, one.levels(), 24), LINEAGE);
        assertAlike(both.recipe(), CODEC.decode(CODEC.encode(both)).recipe());
    }

    @Test
    void listedInputsAndTheirScaleAreKept() throws UndecodableException {
        var like = Models.spec(Transform.LOG);
        for (var scale : List.of(new InputChoice.Scale.Recent(), new InputChoice.Scale.Fixed(-1.5, 0.25))) {
            var choice = new InputChoice.Listed(scale, List.of(Input.of("lag-3"), Input.of("next-day-sine-2")));
            var windows = new FeatureSpec.Windows(24, 0, 96);
            var spec =
                    new FeatureSpec(like.transform(), like.seasons(), windows, like.cadence(), choice, like.spread());
            var sizes =
                    new Architecture(CellKind.GRU, 2, 3, 1, new Architecture.Head(0, 0, 0, 2, Models.LEVELS.length));
            var recipe = new Recipe(spec, List.of(Models.network(sizes, 1, 0.1)), Models.LEVELS, 3);
            var read = CODEC.decode(CODEC.encode(CODEC.name(recipe, LINEAGE))).recipe();
            assertEquals(spec, read.spec());
        }
    }

    @Test
    void theIdIsTheHashOfTheBytesAndTheFingerprintThatOfTheRecipe() throws Exception {
        var model = sample();
        var digest = MessageDigest.getInstance("SHA-256").digest(CODEC.encode(model));
        assertEquals(HexFormat.of().formatHex(digest), model.id());
        var elsewhere = CODEC.name(model.recipe(), new Lineage(new TreeMap<>()));
        assertNotEquals(model.id(), elsewhere.id());
        assertEquals(model.fingerprint(), elsewhere.fingerprint());
        assertNotEquals(
                model.fingerprint(),
                CODEC.name(Models.random(4).recipe(), LINEAGE).fingerprint());
        assertEquals(model.id(), CODEC.name(Models.random(3).recipe(), LINEAGE).id());
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var bytes = CODEC.encode(sample());
        var theirs = Generic.read(AvroModel.getClassSchema(), bytes);
        var recipe = (GenericRecord) theirs.get("recipe");
        assertEquals(
                "SQRT",
                ((GenericRecord) recipe.get("features")).get("transform").toString());
        assertEquals(
                "GRU", ((GenericRecord) recipe.get("architecture")).get("cell").toString());
        assertEquals(24, recipe.get("warmUp"));
        assertArrayEquals(bytes, Generic.write(theirs));
    }

    @Test
    void theModelOfTheFirstReleaseIsStillReadAndKeepsItsName() throws Exception {
        byte[] golden;
        try (var file = ModelCodecTest.class.getResourceAsStream("model-1.bin")) {
            golden = Objects.requireNonNull(file).readAllBytes();
        }
        var model = CODEC.decode(golden);
        assertEquals("69ff58a7e931da323a9c72a5452006b9ba8c7689c9f3d40efa5dd8572cb4ecea", model.id());
        assertEquals(2513492278440138395L, model.fingerprint());
        assertArrayEquals(golden, CODEC.encode(model));
    }

    @Test
    void whatAModelSeesBesideItsTargetIsKept() throws Exception {
        var model =
                CODEC.name(Models.withContext(3, Models.fields("delay", "load")).recipe(), LINEAGE);
        var bytes = CODEC.encode(model);
        var read = CODEC.decode(bytes);
        assertEquals(model.id(), read.id());
        assertEquals(model.fingerprint(), read.fingerprint());
        assertEquals(model.recipe().spec(), read.recipe().spec());
        var other = CODEC.name(
                Models.withContext(3, Models.fields("delay", "seats")).recipe(), LINEAGE);
        assertNotEquals(model.fingerprint(), other.fingerprint());
        assertArrayEquals(bytes, Generic.write(Generic.read(AvroModel2.getClassSchema(), bytes)));
        Fuzz.run(bytes, CODEC::decode);
    }

    @Test
    void timeZonesAndHolidaysAreKept() throws Exception {
        var context = new Context(Models.days(), List.of());
        var model = CODEC.name(Models.withContext(3, context).recipe(), LINEAGE);
        var read = CODEC.decode(CODEC.encode(model));
        assertEquals(context, read.recipe().spec().context());
        assertEquals(model.fingerprint(), read.fingerprint());
        var parts = (List<?>)
                Generic.read(AvroModel2.getClassSchema(), CODEC.encode(model)).get("parts");
        var value = (ByteBuffer) ((GenericRecord) parts.get(0)).get("value");
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        var days = new GenericDatumReader<GenericRecord>(AvroDays.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        assertEquals(List.of(11_323, 11_337), days.get("holidays"));
        Fuzz.run(CODEC.encode(model), CODEC::decode);
    }

    @Test
    void categoriesAreKept() throws Exception {
        var context = Models.categories("express", "local");
        var model = CODEC.name(Models.withContext(3, context).recipe(), LINEAGE);
        var bytes = CODEC.encode(model);
        var read = CODEC.decode(bytes);
        assertEquals(context, read.recipe().spec().context());
        assertEquals(
                model.recipe().networks().get(0).architecture(),
                read.recipe().networks().get(0).architecture());
        assertEquals(model.id(), read.id());
        var other = CODEC.name(
                Models.withContext(3, Models.categories("express", "night")).recipe(), LINEAGE);
        assertNotEquals(model.fingerprint(), other.fingerprint());
        var parts = (List<?>) Generic.read(AvroModel2.getClassSchema(), bytes).get("parts");
        var value = (ByteBuffer) ((GenericRecord) parts.get(0)).get("value");
        var part = new byte[value.remaining()];
        value.duplicate().get(part);
        var categories = new GenericDatumReader<GenericRecord>(AvroCategories.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(part, null));
        assertEquals("[express, local]", String.valueOf(categories.get("names")));
        assertEquals(2, categories.get("width"));
        Fuzz.run(bytes, CODEC::decode);
    }

    @Test
    void valuesThatStandWhereTheirLocalTimeDoesAreAPartOfTheirOwn() throws Exception {
        var older = CODEC.name(
                Models.withContext(3, new Context(Models.days(), List.of())).recipe(), LINEAGE);
        var aligned = CODEC.name(
                Models.withContext(3, new Context(Models.days().align(), List.of()))
                        .recipe(),
                LINEAGE);
        assertNotEquals(older.fingerprint(), aligned.fingerprint());
        for (var model : List.of(older, aligned)) {
            var read = CODEC.decode(CODEC.encode(model));
            assertEquals(model.id(), read.id());
            assertEquals(model.recipe().spec(), read.recipe().spec());
            assertEquals(model == aligned, read.recipe().spec().context().days().aligned());
        }
    }

    @Test
    void whatIsSeenOfComingStepsIsKept() throws Exception {
        var model = CODEC.name(Models.withContext(3, Models.future(4)).recipe(), LINEAGE);
        var bytes = CODEC.encode(model);
        var read = CODEC.decode(bytes);
        assertEquals(model.recipe().spec(), read.recipe().spec());
        assertEquals(model.id(), read.id());
        var other = CODEC.name(Models.withContext(3, Models.future(5)).recipe(), LINEAGE);
        assertNotEquals(model.fingerprint(), other.fingerprint());
        var parts = (List<?>) Generic.read(AvroModel2.getClassSchema(), bytes).get("parts");
        var value = (ByteBuffer) ((GenericRecord) parts.get(1)).get("value");
        var part = new byte[value.remaining()];
        value.duplicate().get(part);
        var future = new GenericDatumReader<GenericRecord>(AvroFuture.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(part, null));
        assertEquals(4, future.get("steps"));
        Fuzz.run(bytes, CODEC::decode);
    }

    @Test
    void aPartThatIsNotKnownIsRefusedByName() {
        var bytes = CODEC.encode(
                CODEC.name(Models.withContext(3, Models.fields("delay")).recipe(), LINEAGE));
        bytes[find(bytes, "fields") - 1] = 'z';
        Checksum.seal(bytes);
        assertMessage("not one with fieldz: a newer one wrote it, upgrade this one", bytes);
    }

    @Test
    void everyDamagedByteIsNoticed() {
        var bytes = CODEC.encode(sample());
        for (var at = 0; at < bytes.length; at += at < 600 ? 1 : 97) {
            var damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assertThrows(UndecodableException.class, () -> CODEC.decode(damaged));
            var cut = Arrays.copyOf(bytes, at);
            assertThrows(UndecodableException.class, () -> CODEC.decode(cut));
        }
        assertMessage("a model with the checksum", flipped(bytes, bytes.length / 2));
        assertMessage("schema dev.gatecast.codec.avro.AvroModel with the fingerprint", flipped(bytes, 4));
        assertMessage("not 0 bytes", new byte[0]);
        var longer = Arrays.copyOf(bytes, bytes.length + 5);
        Checksum.seal(longer);
        assertMessage("bytes left after the end", longer);
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        for (var weight : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertMessage("expected a finite number, actual " + weight, resealed(bytes -> {
                var at = find(bytes, "head.out.bias");
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at + 4, weight);
            }));
        }
    }

    @Test
    void wrongShapesNamesAndInputsAreRefused() {
        assertMessage("actual unknown", resealed(bytes -> bytes[find(bytes, "head.out.bias") - 1] = 'x'));
        assertMessage("bytes are not (", resealed(bytes -> bytes[find(bytes, "head.out.bias")] = 2));
        assertMessage(
                "one of [IDENTITY, LOG, SQRT] was expected, not SQRX",
                resealed(bytes -> bytes[find(bytes, "SQRT") - 1] = 'X'));
        assertMessage("cell: one of [GRU", resealed(bytes -> bytes[find(bytes, "GRU") - 1] = 'X'));
        assertMessage("a model with the inputs", resealed(bytes -> bytes[find(bytes, "season-spread") - 1] = 'X'));
    }

    @Test
    void anotherEncodingOfTheSameModelIsRefused() {
        var bytes = CODEC.encode(CODEC.name(Models.random(3).recipe(), new Lineage(new TreeMap<>())));
        // the empty lineage as a number of two bytes
        var other = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, other, 0, bytes.length - 5);
        other[bytes.length - 5] = (byte) 0x80;
        Checksum.seal(other);
        assertMessage("canonical", other);
    }

    @Test
    void brokenBytesAreRefused() {
        var bytes = CODEC.encode(sample());
        Fuzz.run(bytes, CODEC::decode);
        Fuzz.run(bytes, changed -> {
            if (changed.length >= Checksum.SIZE) {
                Checksum.seal(changed);
            }
            CODEC.decode(changed);
        });
    }

    private interface Change {
        void apply(byte[] bytes);
    }

    private static byte[] resealed(Change change) {
        var bytes = CODEC.encode(sample());
        change.apply(bytes);
        Checksum.seal(bytes);
        return bytes;
    }

    private static Model sample() {
        return CODEC.name(Models.random(3).recipe(), LINEAGE);
    }

    /** Where the text ends. */
    private static int find(byte[] bytes, String text) {
        var at = new String(bytes, ISO_8859_1).indexOf(text);
        assertTrue(at > 0, text);
        return at + text.length();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static void assertMessage(String part, byte[] bytes) {
        var message = String.valueOf(assertThrows(UndecodableException.class, () -> CODEC.decode(bytes))
                .getMessage());
        assertTrue(message.contains(part), message);
    }

    static void assertAlike(Recipe expected, Recipe actual) {
        assertEquals(expected.spec(), actual.spec());
        assertEquals(Transform.SQRT, actual.spec().transform());
        assertArrayEquals(expected.levels(), actual.levels());
        assertEquals(expected.warmUp(), actual.warmUp());
        assertEquals(expected.networks().size(), actual.networks().size());
        for (var i = 0; i < expected.networks().size(); i++) {
            assertAlike(expected.networks().get(i), actual.networks().get(i));
        }
    }

    private static void assertAlike(Network expected, Network actual) {
        assertEquals(expected.architecture(), actual.architecture());
        var theirs = actual.tensors();
        assertEquals(expected.tensors().keySet(), theirs.keySet());
        expected.tensors()
                .forEach((name, tensor) ->
                        assertArrayEquals(tensor.data, Objects.requireNonNull(theirs.get(name)).data, name));
    }
}

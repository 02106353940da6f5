package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.avro.AvroForecast;
import dev.gatecast.event.Forecast;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastCodecTest {
    private static final Forecast SMALL = new Forecast(
            "BOS",
            983800800000L,
            3600000,
            new float[] {0.1f, 0.5f, 0.9f},
            new float[] {1, 2.5f, 3, -4.25f, 0, 1e-3f},
            new Forecast.Stamp("ab".repeat(32), true),
            new float[] {2.25f, -1.5f},
            null);

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatIsWrittenIsRead(Format format) throws UndecodableException {
        var codec = new ForecastCodec(format);
        var random = new Random(1);
        for (var round = 0; round < 200; round++) {
            var forecast = random(random);
            var bytes = codec.encode(forecast);
            var read = codec.decode(bytes);
            assertEquals(forecast.entity(), read.entity());
            assertEquals(forecast.madeAt(), read.madeAt());
            assertEquals(forecast.cadence(), read.cadence());
            assertEquals(forecast.stamp(), read.stamp());
            assertArrayEquals(forecast.levels(), read.levels());
            assertArrayEquals(forecast.values(), read.values());
            assertArrayEquals(forecast.means(), read.means());
            assertArrayEquals(bytes, codec.encode(read));
            var directions = forecast.directions();
            var readDirections = read.directions();
            assertEquals(directions == null, readDirections == null);
            if (directions != null && readDirections != null) {
                assertEquals(directions.below(), readDirections.below());
                assertEquals(directions.above(), readDirections.above());
                assertArrayEquals(directions.probabilities(), readDirections.probabilities());
            }
        }
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var bytes = new ForecastCodec(Format.AVRO).encode(SMALL);
        var theirs = Generic.read(AvroForecast.getClassSchema(), bytes);
        assertEquals("BOS", theirs.get("entity").toString());
        assertEquals(SMALL.madeAt(), theirs.get("madeAt"));
        assertEquals(SMALL.cadence(), theirs.get("cadence"));
        assertEquals(SMALL.stamp().model(), theirs.get("model").toString());
        assertEquals(true, theirs.get("warming"));
        assertEquals(boxed(SMALL.levels()), theirs.get("levels"));
        assertEquals(boxed(SMALL.values()), theirs.get("values"));
        assertEquals(boxed(SMALL.means()), theirs.get("means"));
        assertArrayEquals(bytes, Generic.write(theirs));
    }

    @Test
    void forecastsWrittenBeforeThereWereDirectionsAreRead() throws UndecodableException {
        var bytes = HexFormat.of()
                .parseHex("c3016f930bae3b32655006424f53808cc7f1a13980bab7038001" + "6162".repeat(32)
                        + "0006cdcc4c3d0000003f3333733f000c00001841000040410000744100000041000038410000704100");
        var read = new ForecastCodec(Format.AVRO).decode(bytes);
        assertEquals("BOS", read.entity());
        assertArrayEquals(new float[] {0.05f, 0.5f, 0.95f}, read.levels());
        assertArrayEquals(new float[] {9.5f, 12, 15.25f, 8, 11.5f, 15}, read.values());
        assertNull(read.directions());
        assertEquals(0, read.means().length);
        Fuzz.run(bytes, new ForecastCodec(Format.AVRO)::decode);
    }

    @Test
    void forecastsWrittenBeforeThereWereMeansAreRead() throws UndecodableException {
        var bytes = HexFormat.of()
                .parseHex("c3013653566c5eb6025306424f53808cc7f1a13980bab7038001" + "6162".repeat(32)
                        + "0106cdcccc3d0000003f6666663f000c0000803f0000204000004040000088c0000000006f12833a0000");
        var read = new ForecastCodec(Format.AVRO).decode(bytes);
        assertArrayEquals(SMALL.values(), read.values());
        assertEquals(0, read.means().length);
        Fuzz.run(bytes, new ForecastCodec(Format.AVRO)::decode);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void oneMeanForEachHorizon(Format format) {
        var codec = new ForecastCodec(format);
        var wrong = new Forecast(
                SMALL.entity(),
                SMALL.madeAt(),
                SMALL.cadence(),
                SMALL.levels(),
                SMALL.values(),
                SMALL.stamp(),
                new float[3],
                null);
        assertMessage(codec, codec.encode(wrong), "one mean for each of 2 horizons was expected, not 3");
    }

    @Test
    void directionsAreARecordOfTheirOwn() throws IOException {
        var directions = new Forecast.Directions(1.5f, 3, new float[] {0.25f, 0.5f, 0.25f, 1, 0, 0});
        var forecast = new Forecast(
                SMALL.entity(),
                SMALL.madeAt(),
                SMALL.cadence(),
                SMALL.levels(),
                SMALL.values(),
                SMALL.stamp(),
                SMALL.means(),
                directions);
        var json = new String(new ForecastCodec(Format.JSON).encode(forecast), StandardCharsets.UTF_8);
        assertTrue(
                json.endsWith(",\"directions\":{\"below\":1.5,\"above\":3.0,"
                        + "\"probabilities\":[[0.25,0.5,0.25],[1.0,0.0,0.0]]}}"),
                json);
        var bytes = new ForecastCodec(Format.AVRO).encode(forecast);
        var theirs = (GenericRecord)
                Generic.read(AvroForecast.getClassSchema(), bytes).get("directions");
        assertEquals(1.5f, theirs.get("below"));
        assertEquals(3f, theirs.get("above"));
        assertEquals(boxed(directions.probabilities()), theirs.get("probabilities"));
        assertArrayEquals(bytes, Generic.write(Generic.read(AvroForecast.getClassSchema(), bytes)));
        for (var format : Format.values()) {
            var codec = new ForecastCodec(format);
            var short_ = new Forecast.Directions(1, 2, new float[3]);
            var wrong = new Forecast(
                    SMALL.entity(),
                    SMALL.madeAt(),
                    SMALL.cadence(),
                    SMALL.levels(),
                    SMALL.values(),
                    SMALL.stamp(),
                    SMALL.means(),
                    short_);
            assertMessage(codec, codec.encode(wrong), "6 probabilities of directions were expected, not 3");
        }
    }

    @Test
    void jsonHasOneArrayForEachHorizon() {
        assertEquals(
                "{\"entity\":\"BOS\",\"madeAt\":983800800000,\"cadence\":3600000,\"model\":\"" + "ab".repeat(32)
                        + "\",\"warming\":true,\"levels\":[0.1,0.5,0.9],\"values\":[[1.0,2.5,3.0],[-4.25,0.0,0.001]],"
                        + "\"means\":[2.25,-1.5]}",
                new String(new ForecastCodec(Format.JSON).encode(SMALL), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void brokenBytesAreRefused(Format format) {
        var codec = new ForecastCodec(format);
        Fuzz.run(codec.encode(SMALL), codec::decode);
        Fuzz.run(codec.encode(random(new Random(5))), codec::decode);
    }

    @Test
    void refusalsSayWhatWasExpectedAndWhatCame() {
        var avro = new ForecastCodec(Format.AVRO);
        assertMessage(avro, "nonsense".getBytes(StandardCharsets.UTF_8), "not 8 bytes beginning with 6e6f6e73656e7365");
        var other = avro.encode(SMALL);
        other[5] ^= 1;
        assertMessage(avro, other, "schema dev.gatecast.codec.avro.AvroForecast with the fingerprint ");
        var json = new ForecastCodec(Format.JSON);
        assertMessage(json, "[]".getBytes(StandardCharsets.UTF_8), "a JSON object was expected, not ARRAY");
        assertMessage(
                json, "{\"levels\":7}".getBytes(StandardCharsets.UTF_8), "an array of numbers was expected, not 7");
        assertMessage(json, "{".getBytes(StandardCharsets.UTF_8), "a JSON object was expected");
    }

    private static void assertMessage(ForecastCodec codec, byte[] bytes, String part) {
        var message = String.valueOf(assertThrows(UndecodableException.class, () -> codec.decode(bytes))
                .getMessage());
        assertTrue(message.contains(part), message);
    }

    private static Forecast random(Random random) {
        var levels = new float[1 + random.nextInt(9)];
        for (var i = 0; i < levels.length; i++) {
            levels[i] = (i + 0.5f) / levels.length;
        }
        var values = new float[levels.length * (1 + random.nextInt(48))];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
        }
        var entity = "\u00e9\u4e2d\"\n\ud83d\ude00".repeat(1 + random.nextInt(10));
        var stamp = new Forecast.Stamp(Long.toHexString(random.nextLong()), random.nextBoolean());
        var probabilities = shares(3 * values.length / levels.length, random);
        var directions = random.nextBoolean()
                ? null
                : new Forecast.Directions(random.nextFloat(), 2 + random.nextFloat(), probabilities);
        var means = random.nextBoolean() ? new float[0] : shares(values.length / levels.length, random);
        return new Forecast(entity, random.nextLong(), random.nextInt(), levels, values, stamp, means, directions);
    }

    private static float[] shares(int n, Random random) {
        var shares = new float[n];
        for (var i = 0; i < n; i++) {
            shares[i] = random.nextFloat();
        }
        return shares;
    }

    private static List<Float> boxed(float[] values) {
        var list = new ArrayList<Float>();
        for (var value : values) {
            list.add(value);
        }
        return list;
    }
}

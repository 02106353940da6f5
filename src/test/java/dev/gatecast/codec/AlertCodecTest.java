package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.avro.AvroAlert;
import dev.gatecast.codec.avro.AvroChannel;
import dev.gatecast.codec.avro.AvroPhase;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Alert.Channel;
import dev.gatecast.event.Alert.Driver;
import dev.gatecast.event.Alert.Episode;
import dev.gatecast.event.Alert.Evidence;
import dev.gatecast.event.Alert.Phase;
import dev.gatecast.event.Alert.Surprise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertCodecTest {
    private static final Alert FORECAST = new Alert(
            "BOS",
            983800800000L,
            Phase.UPDATE,
            new Episode(
                    983797200000L,
                    2,
                    1.5,
                    "ab".repeat(32),
                    List.of(new Driver("newest value", 12.5f), new Driver("\u00e9", -0.1f))),
            new Surprise(1.5, 0.6464466094067263, Channel.LEVEL),
            new Evidence(12, 21.5, 17, 26.25, 14, 20));
    private static final Alert BARE = new Alert(
            "\u00e9\"\n",
            0,
            Phase.CLOSE,
            new Episode(0, 1, 1, ""),
            new Surprise(0, 0, Channel.RANGE),
            new Evidence(-0.0, Double.NaN, Double.NaN, Double.NaN, 1e-300, 1e300));

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatIsWrittenIsRead(Format format) throws UndecodableException {
        var codec = new AlertCodec(format);
        for (var phase : Phase.values()) {
            for (var channel : Channel.values()) {
                for (var like : new Alert[] {FORECAST, BARE}) {
                    var surprise = new Surprise(
                            like.surprise().level(), like.surprise().score(), channel);
                    var alert = new Alert(like.entity(), like.time(), phase, like.episode(), surprise, like.evidence());
                    var bytes = codec.encode(alert);
                    assertEquals(alert, codec.decode(bytes));
                    assertArrayEquals(bytes, codec.encode(codec.decode(bytes)));
                }
            }
        }
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var bytes = new AlertCodec(Format.AVRO).encode(FORECAST);
        var theirs = Generic.read(AvroAlert.getClassSchema(), bytes);
        assertEquals("BOS", theirs.get("entity").toString());
        assertEquals(983800800000L, theirs.get("time"));
        assertEquals("UPDATE", theirs.get("phase").toString());
        assertEquals(983797200000L, theirs.get("openedAt"));
        assertEquals(2L, theirs.get("rows"));
        assertEquals(1.5, theirs.get("peak"));
        assertEquals("ab".repeat(32), theirs.get("model").toString());
        assertEquals(1.5, theirs.get("level"));
        assertEquals(0.6464466094067263, theirs.get("score"));
        assertEquals("LEVEL", theirs.get("channel").toString());
        var evidence = Stream.of("value", "expected", "lower", "upper", "fastMean", "slowMean")
                .map(theirs::get);
        assertArrayEquals(new Object[] {12.0, 21.5, 17.0, 26.25, 14.0, 20.0}, evidence.toArray());
        var first = (GenericRecord) ((List<?>) theirs.get("drivers")).get(0);
        assertEquals("newest value", first.get("input").toString());
        assertEquals(12.5f, first.get("effect"));
        assertArrayEquals(bytes, Generic.write(theirs));
        assertNull(Generic.read(AvroAlert.getClassSchema(), new AlertCodec(Format.AVRO).encode(BARE))
                .get("lower"));
    }

    @Test
    void alertsWrittenBeforeThereWereDriversAreRead() throws UndecodableException {
        var bytes = HexFormat.of()
                .parseHex("c3010f0a43b634b45a8306424f53808cc7f1a1390280d28feea13904000000000000f83f8001"
                        + "6162".repeat(32)
                        + "000000000000f83f1a62c0ccb0afe43f020000000000002840020000000000803540020000000000003140"
                        + "020000000000403a400000000000002c400000000000003440");
        var like = FORECAST.episode();
        assertEquals(
                new Alert(
                        FORECAST.entity(),
                        FORECAST.time(),
                        FORECAST.phase(),
                        new Episode(like.openedAt(), like.rows(), like.peak(), like.model()),
                        FORECAST.surprise(),
                        FORECAST.evidence()),
                new AlertCodec(Format.AVRO).decode(bytes));
        Fuzz.run(bytes, new AlertCodec(Format.AVRO)::decode);
    }

    @Test
    void jsonNamesTheDrivers() {
        var json = new String(new AlertCodec(Format.JSON).encode(FORECAST), StandardCharsets.UTF_8);
        assertTrue(
                json.endsWith(",\"drivers\":[{\"input\":\"newest value\",\"effect\":12.5},"
                        + "{\"input\":\"\u00e9\",\"effect\":-0.1}]}"),
                json);
    }

    @Test
    void theSchemasConstantsAreThoseOfTheEvents() {
        assertArrayEquals(names(Phase.values()), names(AvroPhase.values()));
        assertArrayEquals(names(Channel.values()), names(AvroChannel.values()));
    }

    @Test
    void jsonHasNullWhereThereWasNoForecast() {
        assertEquals(
                "{\"entity\":\"\u00e9\\\"\\n\",\"time\":0,\"phase\":\"CLOSE\",\"openedAt\":0,\"rows\":1,\"peak\":1.0,\"model\":\"\","
                        + "\"level\":0.0,\"score\":0.0,\"channel\":\"RANGE\",\"value\":-0.0,\"expected\":null,\"lower\":null,"
                        + "\"upper\":null,\"fastMean\":1.0E-300,\"slowMean\":1.0E300}",
                new String(new AlertCodec(Format.JSON).encode(BARE), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void brokenBytesAreRefused(Format format) {
        var codec = new AlertCodec(format);
        Fuzz.run(codec.encode(FORECAST), codec::decode);
        Fuzz.run(codec.encode(BARE), codec::decode);
    }

    private static Object[] names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toArray();
    }
}

package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.TickFormat.Kind;
import dev.gatecast.codec.TickFormat.Line;
import dev.gatecast.codec.TickFormat.Time;
import dev.gatecast.codec.TickFormat.Who;
import dev.gatecast.codec.avro.AvroTick;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TickCodecTest {
    private static final byte[] KEY = "BOS".getBytes(UTF_8);
    private static final List<String> FIELDS = List.of("departures", "delay");
    private static final long TIME = 983800800000L;
    private static final TickCodec JSON = new TickCodec(TickFormat.of(Kind.JSON, FIELDS));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsWrittenIsRead(Kind kind) {
        for (var format : kind == Kind.AVRO ? List.of(TimeFormat.MILLIS) : List.of(TimeFormat.values())) {
            var fielded = new TickFormat(kind, Who.of("entity"), new Time("time", format), FIELDS, 1, Line.USUAL);
            var plain = TickFormat.of(kind, FIELDS);
            for (var layout : List.of(fielded, plain)) {
                var codec = new TickCodec(layout);
                var tick = new Tick("a \"b\", \u00e9\n\u4e2d", TIME + 250, new double[] {12.5, -1e-7});
                var bytes = codec.encode(tick);
                assertSame(tick, codec.decode(tick.entity().getBytes(UTF_8), bytes, tick.time()));
                assertArrayEquals(bytes, codec.encode(tick));
                var gap = new Tick("x", 0, new double[] {0, Double.NaN});
                assertSame(gap, codec.decode("x".getBytes(UTF_8), codec.encode(gap), 0));
            }
        }
    }

    @Test
    void whatIsSaidOfTheEntityIsWrittenAndRead() {
        for (var kind : List.of(Kind.JSON, Kind.CSV)) {
            var codec = new TickCodec(TickFormat.of(kind, FIELDS).with(new TraitFields("zone", "kind")));
            var traits = new Traits("America/New_York", "hub, large");
            var key = "BOS".getBytes(UTF_8);
            var bytes = codec.encode(new Tick("BOS", 0, new double[FIELDS.size()], traits));
            assertEquals(
                    traits, ((Decoded.Good) codec.decode(key, bytes, 0)).tick().traits());
            var silent = codec.encode(new Tick("BOS", 0, new double[FIELDS.size()]));
            assertEquals(
                    Traits.NONE,
                    ((Decoded.Good) codec.decode(key, silent, 0)).tick().traits());
        }
        var avro = TickFormat.of(Kind.AVRO, FIELDS).with(new TraitFields("zone", null));
        assertThrows(IllegalArgumentException.class, () -> new TickCodec(avro));
    }

    @Test
    void aZoneThatIsNoneIsRefused() {
        var codec = new TickCodec(TickFormat.of(Kind.JSON, FIELDS).with(new TraitFields("zone", "kind")));
        for (var zone : List.of("America/New_York", "+02:00", " UTC ", "")) {
            for (var times = 0; times < 2; times++) {
                var good = assertInstanceOf(Decoded.Good.class, codec.decode(KEY, inZone(zone), 5), zone);
                assertEquals(zone.strip(), good.tick().traits().zone());
            }
        }
        for (var zone : List.of("Mars/X", "nowhere", "+25:00", "x".repeat(257))) {
            var shown = zone.length() < 80 ? zone : "x".repeat(80) + "... (257 characters)";
            assertBad(
                    Rejection.UNDECODABLE,
                    "field zone: a time zone such as America/New_York was expected, not \"" + shown + '"',
                    codec.decode(KEY, inZone(zone), 5));
        }
    }

    private static byte[] inZone(String zone) {
        return ("{\"departures\":1,\"zone\":\"" + zone + "\"}").getBytes(UTF_8);
    }

    @Test
    void aListIsWhatAFieldIsNowAndAtComingSteps() {
        var names = List.of("sales", "price", "price+1", "price+2");
        var codec = new TickCodec(TickFormat.of(Kind.JSON, names));
        var read = new TreeMap<String, double[]>();
        read.put("[7,8,9,10]", new double[] {1, 7, 8, 9});
        read.put("[7,null]", new double[] {1, 7, Double.NaN, Double.NaN});
        read.put("7", new double[] {1, 7, Double.NaN, Double.NaN});
        read.put("7,\"price+2\":9", new double[] {1, 7, Double.NaN, 9});
        read.put("[]", new double[] {1, Double.NaN, Double.NaN, Double.NaN});
        read.forEach((text, values) -> {
            var json = ("{\"sales\":1,\"price\":" + text + "}").getBytes(UTF_8);
            var good = assertInstanceOf(Decoded.Good.class, codec.decode(KEY, json, 5), text);
            assertArrayEquals(values, good.tick().values(), text);
        });
        for (var kind : Kind.values()) {
            var other = new TickCodec(TickFormat.of(kind, names));
            var tick = new Tick("x", 0, new double[] {1, 7, Double.NaN, 9});
            assertSame(tick, other.decode("x".getBytes(UTF_8), other.encode(tick), 0));
        }
        var inside = "{\"sales\":1,\"price\":[7,[8]]}".getBytes(UTF_8);
        assertBad(Rejection.UNDECODABLE, "field price: a number or text was expected", codec.decode(KEY, inside, 5));
        var target = "{\"sales\":[1,2]}".getBytes(UTF_8);
        assertBad(Rejection.UNDECODABLE, "field sales: a number or text was expected", codec.decode(KEY, target, 5));
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var layout =
                new TickFormat(Kind.AVRO, Who.of("entity"), new Time("time", TimeFormat.MILLIS), FIELDS, 1, Line.USUAL);
        var codec = new TickCodec(layout);
        var tick = new Tick("BOS", TIME, new double[] {12, 3.5});
        var theirs = Generic.read(AvroTick.getClassSchema(), codec.encode(tick));
        assertEquals("BOS", theirs.get("entity").toString());
        assertEquals(TIME, theirs.get("time"));
        var fields = assertInstanceOf(Map.class, theirs.get("fields"));
        assertEquals(Map.of("departures", 12.0, "delay", 3.5), fields);
        assertSame(tick, codec.decode(null, Generic.write(theirs), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TickCodec(
                        new TickFormat(Kind.AVRO, Who.KEY, new Time("time", TimeFormat.ISO), FIELDS, 1, Line.USUAL)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SECONDS | 983800800",
                "SECONDS | 983800800.0",
                "SECONDS | 9.838008e8",
                "SECONDS | \"983800800\"",
                "MILLIS  | 983800800000",
                "MILLIS  | 9.838008E11",
                "MICROS  | 983800800000999",
                "NANOS   | 983800800000999999",
                "ISO     | \"2001-03-05T14:00:00Z\"",
                "ISO     | \"2001-03-05 14:00:00\"",
                "ISO     | \"2001-03-05T09:00:00-05:00\"",
            })
    void timesAreReadInTheConfiguredUnit(TimeFormat format, String time) {
        var codec = new TickCodec(
                new TickFormat(Kind.JSON, Who.KEY, new Time("at", format), List.of("value"), 1, Line.USUAL));
        var decoded = codec.decode(KEY, ("{\"at\":" + time + ",\"value\":1}").getBytes(UTF_8), 5);
        assertSame(new Tick("BOS", TIME, new double[] {1}), decoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null                                 | NULL_VALUE    | a value was expected, the record has none",
                "{                                    | UNDECODABLE   | a JSON object was expected: Unexpected end-of-input",
                "''                                   | UNDECODABLE   | a JSON object was expected, not MISSING",
                "[1]                                  | UNDECODABLE   | a JSON object was expected, not ARRAY",
                "null                                 | NULL_VALUE    | a value was expected",
                "{\"departures\":1} x                 | UNDECODABLE   | a JSON object was expected: Unrecognized token",
                "{\"departures\":1,\"departures\":2}  | UNDECODABLE   | Duplicate field",
                "{}                                   | MISSING_FIELD | field departures, a target, is absent or null",
                "{\"departures\":null}                | MISSING_FIELD | field departures, a target, is absent or null",
                "{\"departures\":NaN}                 | NOT_FINITE    | field departures: a finite number was expected, not NaN",
                "{\"departures\":-Infinity}           | NOT_FINITE    | field departures: a finite number was expected, not -Infinity",
                "{\"departures\":1e999}               | NOT_FINITE    | field departures: a finite number was expected, not Infinity",
                "{\"departures\":-1e300}              | NOT_FINITE    | field departures: at most 1.0E30 in size was expected, not -1.0E300",
                "{\"departures\":\"NaN\"}             | NOT_FINITE    | field departures: a finite number was expected, not NaN",
                "{\"departures\":\"many\"}            | UNDECODABLE   | field departures: a number was expected, not \"many\"",
                "{\"departures\":{}}                  | UNDECODABLE   | field departures: a number or text was expected, not {}",
                "{\"departures\":true}                | UNDECODABLE   | field departures: a number or text was expected, not true",
                "{\"departures\":1,\"delay\":\"x\"}   | UNDECODABLE   | field delay: a number was expected, not \"x\"",
            })
    void aBadValueIsRefusedWithItsReason(@Nullable String value, Rejection reason, String part) {
        assertBad(reason, part, JSON.decode(KEY, value == null ? null : value.getBytes(UTF_8), 5));
    }

    @Test
    void aBadEntityIsRefused() {
        var value = "{\"departures\":1}".getBytes(UTF_8);
        assertBad(Rejection.NULL_KEY, "a key that names the entity was expected", JSON.decode(null, value, 5));
        assertBad(Rejection.BAD_ENTITY, "a name of 1 to 256 characters", JSON.decode(new byte[0], value, 5));
        assertBad(
                Rejection.BAD_ENTITY,
                "xxx... (257 characters)",
                JSON.decode("x".repeat(257).getBytes(UTF_8), value, 5));
        assertBad(
                Rejection.BAD_ENTITY,
                "UTF-8 text was expected, not bytes beginning with ff",
                JSON.decode(new byte[] {-1}, value, 5));
        assertBad(
                Rejection.BAD_ENTITY,
                "a name without control characters was expected, not \"a b\" with U+0000 in place 2",
                JSON.decode("a\u0000b".getBytes(UTF_8), value, 5));
        assertBad(Rejection.BAD_ENTITY, "with U+0085 in place 1", JSON.decode("\u0085x".getBytes(UTF_8), value, 5));
        assertInstanceOf(Decoded.Good.class, JSON.decode("a\tb\r\nc".getBytes(UTF_8), value, 5));
        assertInstanceOf(Decoded.Good.class, JSON.decode("x".repeat(256).getBytes(UTF_8), value, 5));
        var codec = new TickCodec(
                new TickFormat(Kind.JSON, Who.of("id"), Time.OF_RECORD, List.of("departures"), 1, Line.USUAL));
        assertBad(Rejection.BAD_ENTITY, "field id, which names the entity, is absent", codec.decode(KEY, value, 5));
        assertSame(
                new Tick("17", 5, new double[] {1}),
                codec.decode(null, "{\"departures\":1,\"id\":17}".getBytes(UTF_8), 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MILLIS  | -1                 | a time from 1970 to 9999 was expected, not -1 ms",
                "MILLIS  | 983800800000000000 | a time from 1970 to 9999 was expected",
                "SECONDS | 983800800000000    | a time from 1970 to 9999 was expected",
                "SECONDS | 99999999999999999  | is not a time in the format SECONDS",
                "MILLIS  | 1.5                | is not a time in the format MILLIS",
                "MILLIS  | NaN                | is not a time in the format MILLIS",
                "ISO     | \"yesterday\"      | is not a time in the format ISO",
                "ISO     | 983800800000       | is not a time in the format ISO",
                "MILLIS  | null               | field at, the time, is absent",
            })
    void aBadTimeIsRefused(TimeFormat format, String time, String part) {
        var codec = new TickCodec(
                new TickFormat(Kind.JSON, Who.KEY, new Time("at", format), List.of("value"), 1, Line.USUAL));
        assertBad(
                Rejection.BAD_TIME, part, codec.decode(KEY, ("{\"at\":" + time + ",\"value\":1}").getBytes(UTF_8), 5));
    }

    @Test
    void theRecordsOwnTimestampMustBeATime() {
        assertBad(
                Rejection.BAD_TIME,
                "record timestamp: a time from 1970",
                JSON.decode(KEY, "{\"departures\":1}".getBytes(UTF_8), -1));
    }

    @Test
    void dotsLeadIntoNestedObjects() {
        var codec = new TickCodec(TickFormat.of(Kind.JSON, List.of("data.temp", "flat.name")));
        var decoded = codec.decode(KEY, "{\"data\":{\"temp\":\"21.5\"},\"flat.name\":3}".getBytes(UTF_8), 5);
        assertSame(new Tick("BOS", 5, new double[] {21.5, 3}), decoded);
        assertBad(Rejection.MISSING_FIELD, "data.temp", codec.decode(KEY, "{\"data\":7}".getBytes(UTF_8), 5));
    }

    @Test
    void aCsvLineHasItsColumnsInOrder() {
        var line = new Line(List.of("at", "junk", "delay", "departures", "airport"), ';');
        var codec = new TickCodec(
                new TickFormat(Kind.CSV, Who.of("airport"), new Time("at", TimeFormat.ISO), FIELDS, 1, line));
        assertSame(
                new Tick("B;OS", TIME, new double[] {12, Double.NaN}),
                codec.decode(null, "2001-03-05 14:00:00;x;; 12;\"B;OS\"".getBytes(UTF_8), 0));
        assertBad(
                Rejection.UNDECODABLE,
                "a line of 5 columns [at, junk, delay, departures, airport] was expected, not of 2",
                codec.decode(null, "1;2".getBytes(UTF_8), 0));
        for (var open :
                List.of("\"1;2", "2001-03-05 14:00:00;x;; 12;\"BOS", "2001-03-05 14:00:00;x;; 12;\"B\"\"OS\"\"")) {
            assertBad(
                    Rejection.UNDECODABLE,
                    "one CSV line was expected: a quote that is opened is not closed (a quote within quotes is written"
                            + " twice)",
                    codec.decode(null, open.getBytes(UTF_8), 0));
        }
        assertBad(Rejection.UNDECODABLE, "", codec.decode(null, "".getBytes(UTF_8), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TickFormat(Kind.CSV, Who.KEY, Time.OF_RECORD, FIELDS, 1, new Line(List.of("delay"), ',')));
    }

    @Test
    void aValueBeyondTheLimitIsNotLookedAt() {
        var value = new byte[TickCodec.LARGEST_VALUE + 1];
        assertBad(
                Rejection.UNDECODABLE, "at most 1048576 bytes were expected, not 1048577", JSON.decode(KEY, value, 5));
        var deep = "{\"departures\":" + "[".repeat(100_000);
        assertBad(Rejection.UNDECODABLE, "nesting depth", JSON.decode(KEY, deep.getBytes(UTF_8), 5));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void brokenBytesAreRefused(Kind kind) {
        var codec = new TickCodec(
                new TickFormat(kind, Who.of("entity"), new Time("time", TimeFormat.MILLIS), FIELDS, 2, Line.USUAL));
        var tick = new Tick("BOS", TIME, new double[] {12, 3.5});
        Fuzz.run(codec.encode(tick), bytes -> {
            if (codec.decode(bytes, bytes, TIME) instanceof Decoded.Bad bad) {
                assertTrue(!bad.message().isBlank() && bad.message().length() < 400, bad.message());
            }
        });
    }

    private static void assertBad(Rejection reason, String part, Decoded decoded) {
        var bad = assertInstanceOf(Decoded.Bad.class, decoded);
        assertEquals(reason, bad.reason(), bad.message());
        assertTrue(bad.message().contains(part), bad.message());
    }

    private static void assertSame(Tick expected, Decoded decoded) {
        if (!(decoded instanceof Decoded.Good good)) {
            throw new AssertionError(decoded);
        }
        assertEquals(expected.entity(), good.tick().entity());
        assertEquals(expected.time(), good.tick().time());
        assertArrayEquals(expected.values(), good.tick().values());
    }
}

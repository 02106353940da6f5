package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatecast.codec.TickFormat.Kind;
import dev.gatecast.codec.TickFormat.Line;
import dev.gatecast.codec.TickFormat.Time;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ticks in Avro schemas of a user's own. */
class UserAvroTest {
    private static final String TRADE =
            """
            {"type": "record", "name": "Trade", "namespace": "acme", "fields": [
              {"name": "symbol", "type": "string"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "price", "type": ["null", "double"]},
              {"name": "size", "type": "int"},
              {"name": "fee", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "side", "type": {"type": "enum", "name": "Side", "symbols": ["BUY", "SELL"]}},
              {"name": "open", "type": "boolean"},
              {"name": "more", "type": {"type": "map", "values": "float"}},
              {"name": "venue", "type": {"type": "record", "name": "Venue", "fields": [
                {"name": "id", "type": "string"}, {"name": "delay", "type": ["long", "null"]}]}}]}
            """;
    private static final Schema SCHEMA = new Schema.Parser().parse(TRADE);
    private static final long TIME = 983800800000L;
    private static final List<String> FIELDS = List.of("price", "size", "fee", "more.spread", "venue.delay");

    private static GenericRecord trade(@Nullable Double price) {
        var venue = new GenericData.Record(SCHEMA.getField("venue").schema());
        venue.put("id", "X");
        venue.put("delay", 7L);
        var trade = new GenericData.Record(SCHEMA);
        trade.put("symbol", "ACME");
        trade.put("at", TIME * 1000 + 999);
        trade.put("price", price);
        trade.put("size", 300);
        trade.put("fee", ByteBuffer.wrap(new BigDecimal("-1.25").unscaledValue().toByteArray()));
        trade.put("side", new GenericData.EnumSymbol(SCHEMA.getField("side").schema(), "SELL"));
        trade.put("open", true);
        trade.put("more", Map.of("spread", 0.5f));
        trade.put("venue", venue);
        return trade;
    }

    private static TickFormat format(@Nullable String entity, @Nullable String time, List<String> fields) {
        return new TickFormat(
                Kind.AVRO,
                new TickFormat.Who(entity, TraitFields.NONE),
                new Time(time, TimeFormat.MILLIS),
                fields,
                1,
                Line.USUAL);
    }

    private static TickCodec ofSchemas(@Nullable String entity, @Nullable String time, List<String> fields) {
        try {
            return new TickCodec(format(entity, time, fields), TickValues.ofSchemas(List.of(OTHER, TRADE)));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static final String OTHER =
            "{\"type\":\"record\",\"name\":\"acme.Quote\",\"fields\":[{\"name\":\"bid\",\"type\":\"double\"}]}";

    private static byte[] wire(int id, GenericRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        var out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, out);
        out.flush();
        return bytes.toByteArray();
    }

    private static Tick good(Decoded decoded) {
        return assertInstanceOf(Decoded.Good.class, decoded, decoded::toString).tick();
    }

    private static void bad(Rejection reason, Decoded decoded, String... parts) {
        var bad = assertInstanceOf(Decoded.Bad.class, decoded);
        assertEquals(reason, bad.reason(), bad::message);
        for (var part : parts) {
            assertTrue(bad.message().contains(part), bad.message());
        }
    }

    @Test
    void fieldsOfASingleObjectAreReadByTheirNamesAndLogicalTypes() throws IOException {
        var codec = ofSchemas("symbol", "at", FIELDS);
        var tick = good(codec.decode(null, Generic.write(trade(12.5)), 5));
        assertEquals("ACME", tick.entity());
        assertEquals(TIME, tick.time(), "microseconds by the schema, whatever the configured unit");
        assertArrayEquals(new double[] {12.5, 300, -1.25, 0.5, 7}, tick.values());

        var keyed = ofSchemas(null, null, List.of("price"));
        var byKey = good(keyed.decode("k".getBytes(UTF_8), Generic.write(trade(1.0)), TIME));
        assertEquals("k", byKey.entity());
        assertEquals(TIME, byKey.time());
        var nested = ofSchemas("venue.id", null, List.of("size"));
        assertEquals(
                "X", good(nested.decode(null, Generic.write(trade(1.0)), 5)).entity());
        var side = ofSchemas("side", null, List.of("size"));
        assertEquals(
                "SELL", good(side.decode(null, Generic.write(trade(1.0)), 5)).entity());
    }

    @Test
    void anArrayIsWhatAFieldIsNowAndAtComingSteps() throws IOException, UndecodableException {
        var text =
                """
                {"type": "record", "name": "Plan", "fields": [
                  {"name": "sales", "type": "double"},
                  {"name": "price", "type": {"type": "array", "items": ["null", "double"]}}]}""";
        var record = new GenericData.Record(new Schema.Parser().parse(text));
        record.put("sales", 1.0);
        record.put("price", Arrays.asList(7.0, null, 9.0, 10.0));
        var names = List.of("sales", "price", "price+1", "price+2", "price+5");
        var codec = new TickCodec(TickFormat.of(TickFormat.Kind.AVRO, names), TickValues.ofSchemas(List.of(text)));
        assertArrayEquals(
                new double[] {1, 7, Double.NaN, 9, Double.NaN},
                good(codec.decode("k".getBytes(UTF_8), Generic.write(record), 5))
                        .values());
    }

    @Test
    void eachOfTheNamedSchemasIsKnownByItsFingerprint() throws IOException {
        var codec = ofSchemas(null, null, List.of("bid", "price"));
        var quote = new GenericData.Record(new Schema.Parser().parse(OTHER));
        quote.put("bid", 3.0);
        var key = "k".getBytes(UTF_8);
        assertArrayEquals(
                new double[] {3, Double.NaN},
                good(codec.decode(key, Generic.write(quote), 5)).values());
        bad(
                Rejection.MISSING_FIELD,
                codec.decode(key, Generic.write(trade(1.0)), 5),
                "field bid, a target, is absent or null; schema acme.Trade");
    }

    @Test
    void aMessageNamesTheSchemaAndTheField() throws IOException {
        var key = "k".getBytes(UTF_8);
        var none = Generic.write(trade(null));
        bad(
                Rejection.MISSING_FIELD,
                ofSchemas(null, null, List.of("price")).decode(key, none, 5),
                "field price, a target, is absent or null; schema acme.Trade");
        bad(
                Rejection.MISSING_FIELD,
                ofSchemas(null, null, List.of("venue.height")).decode(key, none, 5),
                "field venue.height",
                "schema acme.Trade");
        bad(
                Rejection.UNDECODABLE,
                ofSchemas(null, null, List.of("open")).decode(key, none, 5),
                "field open: a number or text was expected, not true, a boolean; schema acme.Trade");
        bad(
                Rejection.UNDECODABLE,
                ofSchemas(null, null, List.of("symbol")).decode(key, none, 5),
                "field symbol: a number was expected, not \"ACME\"; schema acme.Trade");
        bad(
                Rejection.BAD_ENTITY,
                ofSchemas("name", null, List.of("size")).decode(key, none, 5),
                "field name, which names the entity, is absent; schema acme.Trade");
        bad(
                Rejection.NOT_FINITE,
                ofSchemas(null, null, List.of("price")).decode(key, Generic.write(trade(Double.NaN)), 5),
                "field price",
                "schema acme.Trade");
    }

    @Test
    void bytesThatAreNoSuchRecordAreRefused() throws IOException {
        var codec = ofSchemas("symbol", "at", FIELDS);
        bad(
                Rejection.UNDECODABLE,
                codec.decode(null, "{\"price\":1}".getBytes(UTF_8), 5),
                "an Avro single object (c301, fingerprint) of",
                "acme.Trade with the fingerprint");
        var sound = Generic.write(trade(1.0));
        var stranger = sound.clone();
        stranger[3] ^= 1;
        bad(Rejection.UNDECODABLE, codec.decode(null, stranger, 5), "ticks.avro.schema may name several");
        var cut = Arrays.copyOf(sound, sound.length - 1);
        bad(Rejection.UNDECODABLE, codec.decode(null, cut, 5), "not a sound record of schema acme.Trade");
        var longer = Arrays.copyOf(sound, sound.length + 1);
        bad(Rejection.UNDECODABLE, codec.decode(null, longer, 5), "bytes left after the end");
    }

    @Test
    void noBytesLeadToAnException() throws IOException {
        var random = new Random(7);
        var sound = Generic.write(trade(1.0));
        var codec = ofSchemas("symbol", "at", FIELDS);
        for (var i = 0; i < 20_000; i++) {
            var hurt = Arrays.copyOf(sound, SingleObject.HEADER + random.nextInt(sound.length));
            for (var hits = random.nextInt(4); hits >= 0; hits--) {
                var at = SingleObject.HEADER + random.nextInt(hurt.length - SingleObject.HEADER + 1);
                if (at < hurt.length) {
                    hurt[at] = (byte) random.nextInt();
                }
            }
            codec.decode(null, hurt, 5);
        }
    }

    @Test
    void aTextThatIsNoSchemaIsSaid() {
        var no =
                assertThrows(UndecodableException.class, () -> TickValues.ofSchemas(List.of("{\"type\":\"nothing\"}")));
        assertTrue(String.valueOf(no.getMessage()).startsWith("an Avro schema was expected"), no.getMessage());
        var other = assertThrows(UndecodableException.class, () -> TickValues.ofSchemas(List.of("\"string\"")));
        assertEquals("an Avro schema of a record was expected, not of string", other.getMessage());
    }

    /** Answers from a table and notes what it was asked. */
    private static final class Table implements SchemaRegistry {
        private final Map<String, String> answers = new TreeMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public byte @Nullable [] get(String path) {
            asked.add(path);
            var answer = answers.get(path);
            return answer == null ? null : answer.getBytes(UTF_8);
        }

        @Override
        public String name() {
            return "table";
        }

        Table with(String path, String schema, String more) {
            answers.put(path, "{\"schema\":" + new TextNode(schema) + more + "}");
            return this;
        }

        TickCodec codec(String... fields) {
            return new TickCodec(format(null, null, List.of(fields)), TickValues.ofRegistry(this));
        }
    }

    private static final byte[] KEY = "k".getBytes(UTF_8);

    @Test
    void aRegistryIsAskedOnceForEachId() throws IOException {
        var table = new Table().with("/schemas/ids/7", TRADE, "").with("/schemas/ids/1234567", OTHER, "");
        var codec = table.codec("price");
        for (var price = 1.0; price <= 3; price++) {
            assertEquals(
                    price, good(codec.decode(KEY, wire(7, trade(price)), 5)).values()[0]);
        }
        var quote = new GenericData.Record(new Schema.Parser().parse(OTHER));
        quote.put("bid", 3.0);
        bad(
                Rejection.MISSING_FIELD,
                codec.decode(KEY, wire(1_234_567, quote), 5),
                "field price",
                "schema acme.Quote, id 1234567");
        assertEquals(List.of("/schemas/ids/7", "/schemas/ids/1234567"), table.asked);
    }

    @Test
    void whatTheRegistryDoesNotKnowIsRefusedAndNotAskedForAtEveryRecord() throws IOException {
        var table = new Table().with("/schemas/ids/2", "syntax = \"proto3\"", ",\"schemaType\":\"PROTOBUF\"");
        var codec = table.codec("price");
        for (var i = 0; i < 3; i++) {
            bad(
                    Rejection.UNDECODABLE,
                    codec.decode(KEY, wire(9, trade(1.0)), 5),
                    "schema id 9: the registry table knows nothing of /schemas/ids/9");
        }
        bad(
                Rejection.UNDECODABLE,
                codec.decode(KEY, wire(2, trade(1.0)), 5),
                "schema id 2: a schema of type AVRO was expected, not PROTOBUF");
        assertEquals(List.of("/schemas/ids/9", "/schemas/ids/2"), table.asked);
        bad(
                Rejection.UNDECODABLE,
                codec.decode(KEY, "{\"price\":1}".getBytes(UTF_8), 5),
                "the wire format of a schema registry (00, schema id in four bytes) was expected, not 11 bytes");
        bad(Rejection.UNDECODABLE, codec.decode(KEY, new byte[4], 5), "wire format");
    }

    @Test
    void referredSchemasAreFetchedFirst() throws IOException {
        var venue = SCHEMA.getField("venue").schema();
        var outer = "{\"type\":\"record\",\"name\":\"acme.Hop\",\"fields\":["
                + "{\"name\":\"venue\",\"type\":\"acme.Venue\"},{\"name\":\"price\",\"type\":\"double\"}]}";
        var table = new Table()
                .with("/subjects/acme%2FVenue%20v/versions/3", venue.toString(), "")
                .with(
                        "/schemas/ids/5",
                        outer,
                        ",\"references\":[{\"name\":\"acme.Venue\",\"subject\":\"acme/Venue v\",\"version\":3}]");
        var schema = new Schema.Parser();
        schema.parse(venue.toString());
        var hop = new GenericData.Record(schema.parse(outer));
        hop.put("venue", trade(1.0).get("venue"));
        hop.put("price", 2.0);
        assertArrayEquals(
                new double[] {2, 7},
                good(table.codec("price", "venue.delay").decode(KEY, wire(5, hop), 5))
                        .values());

        var ring = new Table()
                .with("/subjects/a/versions/1", OTHER, ",\"references\":[{\"subject\":\"a\",\"version\":1}]")
                .with("/schemas/ids/5", OTHER, ",\"references\":[{\"subject\":\"a\",\"version\":1}]");
        bad(Rejection.UNDECODABLE, ring.codec("price").decode(KEY, wire(5, hop), 5), "at most 200 references");
    }

    @Test
    void aRegistryThatGivesNoAnswerIsNoFaultOfTheRecord() throws IOException {
        var down = new SchemaRegistry() {
            @Override
            public byte @Nullable [] get(String path) {
                throw new IllegalStateException("down");
            }

            @Override
            public String name() {
                return "down";
            }
        };
        var codec = new TickCodec(format(null, null, List.of("price")), TickValues.ofRegistry(down));
        var value = wire(7, trade(1.0));
        assertThrows(IllegalStateException.class, () -> codec.decode(KEY, value, 5));
    }

    @Test
    void aDeserializerMayGiveRecordsTextOrBytes() {
        var json = TickFormat.of(Kind.JSON, List.of("price"));
        var text = "{\"price\":4}";
        var contents = new ArrayList<Object>(List.of(
                trade(4.0),
                text,
                new StringBuilder(text),
                text.getBytes(UTF_8),
                ByteBuffer.wrap(text.getBytes(UTF_8))));
        for (var content : contents) {
            var codec = new TickCodec(json, TickValues.OURS.within(value -> content));
            assertArrayEquals(
                    new double[] {4}, good(codec.decode(KEY, new byte[0], 5)).values());
        }
        var wrong = new TickCodec(json, TickValues.OURS.within(value -> 4));
        bad(
                Rejection.UNDECODABLE,
                wrong.decode(KEY, new byte[0], 5),
                "the deserializer was to give an Avro record, text or bytes, not java.lang.Integer");
        var nothing = new TickCodec(json, TickValues.OURS.within(value -> null));
        bad(Rejection.UNDECODABLE, nothing.decode(KEY, new byte[0], 5), "not null");
        var failing = new TickCodec(json, TickValues.OURS.within(value -> {
            throw new UndecodableException("acme.Reader: no");
        }));
        bad(Rejection.UNDECODABLE, failing.decode(KEY, new byte[0], 5), "acme.Reader: no");
    }
}

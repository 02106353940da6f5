package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** JSON objects with limits on what is read, and numbers written with the same digits by every JDK. */
final class Json {
    /** The most bytes that are read. */
    static final int LIMIT = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LIMIT)
                    .maxNestingDepth(32)
                    .maxNameLength(1024)
                    .maxStringLength(LIMIT)
                    .maxNumberLength(400)
                    .build())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final ObjectReader READER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private Json() {}

    /** Writes an object's members. */
    interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    static byte[] write(Writer writer) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            writer.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** Writes a member; null for NaN, which JSON does not know. */
    static void number(JsonGenerator out, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    static JsonNode object(byte[] bytes) throws UndecodableException {
        JsonNode node;
        try {
            node = READER.readTree(bytes);
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException("a JSON object was expected: " + firstLine(e), e);
        }
        if (!node.isObject()) {
            throw new UndecodableException(
                    "a JSON object was expected, not " + node.getNodeType().name());
        }
        return node;
    }

    static JsonNode member(JsonNode object, String name) throws UndecodableException {
        var member = object.get(name);
        if (member == null) {
            throw new UndecodableException("member \"" + name + "\" was expected and is absent");
        }
        return member;
    }

    static String text(JsonNode object, String name) throws UndecodableException {
        var member = member(object, name);
        if (!member.isTextual()) {
            throw wrong(name, "text", member);
        }
        return member.textValue();
    }

    static long whole(JsonNode object, String name) throws UndecodableException {
        var member = member(object, name);
        if (!member.isIntegralNumber() || !member.canConvertToLong()) {
            throw wrong(name, "a whole number", member);
        }
        return member.longValue();
    }

    static boolean flag(JsonNode object, String name) throws UndecodableException {
        var member = member(object, name);
        if (!member.isBoolean()) {
            throw wrong(name, "true or false", member);
        }
        return member.booleanValue();
    }

    /** A number; NaN for null. */
    static double number(JsonNode object, String name) throws UndecodableException {
        return orNaN(member(object, name), name);
    }

    /** The elements of an array of numbers. */
    static float[] numbers(JsonNode array, String name) throws UndecodableException {
        if (!array.isArray()) {
            throw wrong(name, "an array of numbers", array);
        }
        var numbers = new float[array.size()];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) orNaN(array.get(i), name);
        }
        return numbers;
    }

    /** The constant of a name. */
    static <E extends Enum<E>> E constant(Class<E> type, JsonNode object, String name) throws UndecodableException {
        var text = text(object, name);
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw wrong(name, "one of " + Arrays.toString(type.getEnumConstants()), member(object, name));
    }

    private static double orNaN(JsonNode member, String name) throws UndecodableException {
        if (member.isNull()) {
            return Double.NaN;
        }
        if (!member.isNumber()) {
            throw wrong(name, "a number", member);
        }
        return member.doubleValue();
    }

    private static UndecodableException wrong(String name, String expected, JsonNode came) {
        return new UndecodableException(
                "member \"" + name + "\": " + expected + " was expected, not " + Shown.of(came.toString()));
    }

    /** What a Jackson exception says, without its location and its source. */
    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}

package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a user's own Avro schema. Timestamps by their logical type are instants, decimals are numbers.
 *
 * @param record the record
 * @param source the schema, as a message names it
 */
record AvroRecord(IndexedRecord record, String source) implements RawTick {
    AvroRecord(IndexedRecord record) {
        this(record, "schema " + record.getSchema().getFullName());
    }

    @Override
    public @Nullable Object get(String field) throws Refusal {
        var found = find(new Found(record.getSchema(), record), field);
        return found == null ? null : plain(field, found);
    }

    @Override
    public @Nullable Object get(String field, int element) throws Refusal {
        var found = find(new Found(record.getSchema(), record), field);
        if (found != null && found.value instanceof List<?> list) {
            var one = element < list.size() ? found(found.schema.getElementType(), list.get(element)) : null;
            return one == null ? null : plain(field, one);
        }
        return found == null || element > 0 ? null : plain(field, found);
    }

    /** A value and its schema, which is no union. */
    private record Found(Schema schema, Object value) {}

    /** The member of this name, or where there is none, what its dots lead to. */
    private static @Nullable Found find(Found within, String path) {
        var member = member(within, path);
        var dot = path.indexOf('.');
        if (member != null || dot < 0) {
            return member;
        }
        var inner = member(within, path.substring(0, dot));
        return inner == null ? null : find(inner, path.substring(dot + 1));
    }

    private static @Nullable Found member(Found within, String name) {
        if (within.value instanceof IndexedRecord inner) {
            var field = inner.getSchema().getField(name);
            return field == null ? null : found(field.schema(), inner.get(field.pos()));
        }
        if (within.value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                if (name.equals(String.valueOf(entry.getKey()))) {
                    return found(within.schema.getValueType(), entry.getValue());
                }
            }
        }
        return null;
    }

    private static @Nullable Found found(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        var own = schema.isUnion() ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value)) : schema;
        return new Found(own, value);
    }

    private static Object plain(String field, Found found) throws Refusal {
        var value = found.value;
        if (value instanceof CharSequence || value instanceof GenericEnumSymbol) {
            return value.toString();
        }
        if (value instanceof Long || value instanceof Integer) {
            return time(found.schema, ((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Instant) {
            return value;
        }
        if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        if (found.schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(new BigInteger(bytes(value)), decimal.getScale()).doubleValue();
        }
        throw new Refusal(
                Rejection.UNDECODABLE,
                "field " + field + ": a number or text was expected, not " + Shown.of(value.toString()) + ", a "
                        + found.schema.getType().getName());
    }

    /** An instant where the schema says so; the number itself where it does not. */
    private static Object time(Schema schema, long value) {
        var type =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (type) {
            case "timestamp-millis", "local-timestamp-millis" -> Instant.ofEpochMilli(value);
            case "timestamp-micros", "local-timestamp-micros" -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            case "timestamp-nanos", "local-timestamp-nanos" -> Instant.EPOCH.plusNanos(value);
            default -> value;
        };
    }

    private static byte[] bytes(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        var buffer = ((ByteBuffer) value).duplicate();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}

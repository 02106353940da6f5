package dev.gatecast.topology;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a tick's record that waits: its time (8), the lengths (4 each; -1: null) and bytes of key and value, the
 * number of headers (4), and of each its name and its value in the same way.
 */
final class HeldRecord {
    /** Larger ones are not held, so that a hundred of them fit into a record of the changelog. */
    static final int LARGEST = 5_000;

    private HeldRecord() {}

    /** The record with where it was read among its headers, to be used after others have been read; null if too large. */
    static @Nullable Record<byte[], Incoming> of(Record<byte[], Incoming> record, DeadLetters.Position position) {
        var headers = new RecordHeaders(record.headers());
        if (headers.lastHeader(DeadLetters.ORIGIN) == null) {
            headers.add(DeadLetters.ORIGIN, position.bytes());
        }
        var kept = record.withHeaders(headers);
        return write(kept).length > LARGEST ? null : kept;
    }

    static byte[] write(Record<byte[], Incoming> record) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(record.timestamp());
            write(record.key(), out);
            write(record.value().bytes(), out);
            var headers = record.headers().toArray();
            out.writeInt(headers.length);
            for (var header : headers) {
                write(DeadLetters.text(header.key()), out);
                write(header.value(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static Record<byte[], Incoming> read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long time = in.readLong();
            var key = bytes(in);
            var value = new Incoming.OfTicks(bytes(in));
            return record(key, value, time, headers(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("NullAway") // a key may be null where a field names the entity
    private static Record<byte[], Incoming> record(byte @Nullable [] key, Incoming value, long time, Headers headers) {
        return new Record<>(key, value, time, headers);
    }

    private static Headers headers(DataInputStream in) throws IOException {
        var headers = new RecordHeaders();
        for (int left = in.readInt(); left > 0; left--) {
            var name = in.readNBytes(in.readInt());
            headers.add(new String(name, StandardCharsets.UTF_8), bytes(in));
        }
        return headers;
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}

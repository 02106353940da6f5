package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tensors in the safetensors format.
 *
 * <pre>
 * 8 bytes     length n of the header, little-endian
 * n bytes     JSON: name to {"dtype", "shape", "data_offsets": [from, to]}, and "__metadata__": name to text
 * the rest    the tensors' bytes, little-endian, row by row; offsets count from here
 * </pre>
 *
 * <p>The reader looks at the header alone before it takes room for anything: lengths, shapes and offsets must fit each
 * other and the file, without a gap or an overlap. Numbers are F64, F32, F16 or BF16 and finite.
 */
final class Safetensors {
    private static final String FACTS = "__metadata__";
    private static final int LENGTH = 8;
    private static final int MOST_TENSORS = 1024;
    private static final int CHUNK = 1 << 16;

    private Safetensors() {}

    /**
     * Reads a file from its beginning.
     *
     * @param in read to the end of the tensors, not closed
     * @param size bytes of the file
     * @throws UndecodableException if it is no such file
     */
    static ForeignWeights read(InputStream in, long size) throws IOException, UndecodableException {
        if (size < LENGTH + 2) {
            throw new UndecodableException("a safetensors file was expected, not " + size + " bytes");
        }
        var length = ByteBuffer.wrap(exactly(in, LENGTH))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > Json.LIMIT || length > size - LENGTH) {
            throw new UndecodableException("a safetensors header of 2 to " + Math.min(Json.LIMIT, size - LENGTH)
                    + " bytes was expected, not of " + Long.toUnsignedString(length));
        }
        var header = Json.object(exactly(in, (int) length));
        var entries = entries(header);
        checkOffsets(entries, size - LENGTH - length);
        var facts = header.has(FACTS) ? facts(header.get(FACTS)) : new TreeMap<String, String>();
        return new ForeignWeights(tensors(entries, in), facts);
    }

    /** The tensors that a header names, in the order of their bytes. */
    private static List<SafetensorsEntry> entries(JsonNode header) throws UndecodableException {
        if (header.size() > MOST_TENSORS) {
            throw new UndecodableException("at most " + MOST_TENSORS + " tensors were expected, not " + header.size());
        }
        var entries = new ArrayList<SafetensorsEntry>();
        for (var member : header.properties()) {
            if (!member.getKey().equals(FACTS)) {
                entries.add(SafetensorsEntry.of(member.getKey(), member.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(SafetensorsEntry::from));
        return entries;
    }

    private static SortedMap<String, String> facts(JsonNode object) throws UndecodableException {
        var facts = new TreeMap<String, String>();
        for (var fact : object.properties()) {
            facts.put(fact.getKey(), Json.text(object, fact.getKey()));
        }
        return facts;
    }

    /** Refuses tensors that leave a gap, overlap, or end elsewhere than the file. */
    private static void checkOffsets(List<SafetensorsEntry> entries, long room) throws UndecodableException {
        var at = 0L;
        for (var entry : entries) {
            if (entry.from() != at) {
                throw new UndecodableException("tensor " + Shown.of(entry.name()) + ": bytes from " + at
                        + " on were expected, where the one before ends, not from " + entry.from());
            }
            at = entry.to();
        }
        if (at != room) {
            throw new UndecodableException(
                    "tensors of " + room + " bytes were expected, as many as there are, not of " + at);
        }
    }

    private static SortedMap<String, ForeignTensor> tensors(List<SafetensorsEntry> entries, InputStream in)
            throws IOException, UndecodableException {
        var tensors = new TreeMap<String, ForeignTensor>();
        var chunk = new byte[CHUNK];
        for (var entry : entries) {
            var values = new float[entry.size()];
            var width = entry.type().bytes();
            for (var at = 0; at < values.length; ) {
                var count = Math.min(values.length - at, CHUNK / width);
                fill(in, chunk, count * width);
                entry.type().read(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN), values, at, count);
                at += count;
            }
            tensors.put(entry.name(), new ForeignTensor(entry.shape(), values).finite(entry.name()));
        }
        return tensors;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        var bytes = new byte[count];
        fill(in, bytes, count);
        return bytes;
    }

    private static void fill(InputStream in, byte[] bytes, int count) throws IOException {
        if (in.readNBytes(bytes, 0, count) != count) {
            throw new EOFException("the file ended while it was read");
        }
    }

    /**
     * The bytes of a file.
     *
     * @param tensors Not modified.
     */
    static byte[] write(SortedMap<String, ForeignTensor> tensors, SortedMap<String, String> facts) {
        var header = Json.write(out -> {
            out.writeObjectFieldStart(FACTS);
            for (var fact : facts.entrySet()) {
                out.writeStringField(fact.getKey(), fact.getValue());
            }
            out.writeEndObject();
            var at = 0L;
            for (var entry : tensors.entrySet()) {
                var size = (long) Float.BYTES * entry.getValue().values().length;
                SafetensorsEntry.write(entry.getKey(), entry.getValue(), at, out);
                at += size;
            }
        });
        var padding = -header.length & 7;
        var size = tensors.values().stream()
                .mapToInt(tensor -> tensor.values().length)
                .sum();
        var file = ByteBuffer.allocate(LENGTH + header.length + padding + Float.BYTES * size)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length + padding).put(header);
        file.put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (var tensor : tensors.values()) {
            for (var value : tensor.values()) {
                file.putFloat(value);
            }
        }
        return file.array();
    }
}

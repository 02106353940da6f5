package dev.gatecast.codec;

import dev.gatecast.model.LinearForecast;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** A model's linear expert, as {@code schemas/linear.avsc} has it: a part of the model's bytes. */
final class LinearAvro {
    private static final String NAME = "linear";

    private LinearAvro() {}

    /** At most how many bytes it takes. */
    static long mostBytes(int values, int horizons) {
        return 64 + (long) Float.BYTES * horizons * (values + 1);
    }

    /** Adds the part, where there is one. {@code parts} Modified. */
    static void put(@Nullable LinearForecast linear, SortedMap<String, byte[]> parts) {
        if (linear != null) {
            parts.put(NAME, ContextAvro.bytes(out -> {
                FloatsAvro.write(linear.weights(), out);
                FloatsAvro.write(linear.bias(), out);
            }));
        }
    }

    /** Takes the part out; null where there is none. {@code parts} Modified. */
    static @Nullable LinearForecast take(SortedMap<String, byte[]> parts) throws IOException, UndecodableException {
        var part = parts.remove(NAME);
        if (part == null) {
            return null;
        }
        var in = DecoderFactory.get().binaryDecoder(part, null);
        var linear = new LinearForecast(FloatsAvro.read(in), FloatsAvro.read(in));
        if (!in.isEnd()) {
            throw new UndecodableException("bytes left after the end of a model's " + NAME);
        }
        return linear;
    }
}

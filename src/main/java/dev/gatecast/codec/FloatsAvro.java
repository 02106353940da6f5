package dev.gatecast.codec;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Avro arrays of floats without boxes. */
final class FloatsAvro {
    private FloatsAvro() {}

    static void write(float[] values, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (var value : values) {
            out.startItem();
            out.writeFloat(value);
        }
        out.writeArrayEnd();
    }

    static float[] read(BinaryDecoder in) throws IOException {
        var values = new float[16];
        var count = 0;
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) { // as far as the bytes reach, whatever the count says
                var value = in.readFloat();
                values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
                values[count++] = value;
            }
        }
        return Arrays.copyOf(values, count);
    }
}

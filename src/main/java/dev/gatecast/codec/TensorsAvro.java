package dev.gatecast.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.ejml.data.FMatrixRMaj;

/** A network's weights, sorted by name, as little-endian floats. */
final class TensorsAvro {
    private TensorsAvro() {}

    static void write(SortedMap<String, FMatrixRMaj> tensors, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(tensors.size());
        for (var entry : tensors.entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            out.writeInt(entry.getValue().numRows);
            out.writeInt(entry.getValue().numCols);
            out.writeBytes(bytes(entry.getValue()));
        }
        out.writeArrayEnd();
    }

    static SortedMap<String, FMatrixRMaj> read(BinaryDecoder in) throws IOException, UndecodableException {
        var tensors = new TreeMap<String, FMatrixRMaj>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                var name = in.readString();
                tensors.put(name, matrix(name, in.readInt(), in.readInt(), in.readBytes(null)));
            }
        }
        return tensors;
    }

    private static ByteBuffer bytes(FMatrixRMaj matrix) {
        var count = matrix.getNumElements();
        var bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(matrix.data, 0, count);
        return bytes;
    }

    private static FMatrixRMaj matrix(String name, int rows, int columns, ByteBuffer bytes)
            throws UndecodableException {
        if (rows < 1 || columns < 1 || (long) Float.BYTES * rows * columns != bytes.remaining()) {
            throw new UndecodableException("tensor " + Shown.of(name) + ": " + bytes.remaining() + " bytes are not ("
                    + rows + ", " + columns + ") floats");
        }
        var matrix = new FMatrixRMaj(rows, columns);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(matrix.data);
        return matrix;
    }
}

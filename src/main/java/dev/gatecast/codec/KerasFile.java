package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.object.message.DataLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/**
 * Reads what Keras 3 saves: {@code .weights.h5}, an HDF5 file with the arrays of each layer at {@code layers/NAME/vars/N} or,
 * for a recurrent one, {@code layers/NAME/cell/vars/N}; or {@code .keras}, a zip with such a file and the layers'
 * configuration. HDF5 is read by jHDF from memory; links, compressed arrays and anything but plain floats are refused.
 */
final class KerasFile {
    private static final String WEIGHTS = "model.weights.h5";
    private static final String CONFIGURATION = "config.json";
    /** What a model in training saves beside its weights. */
    private static final Set<String> NO_WEIGHTS = Set.of("optimizer", "seed_generator", "metrics", "loss");

    /** Floats do not pack better than this; what does is no model. */
    private static final long MOST_PACKED = 8;

    private static final long LEAST_UNPACKED = 1 << 20;
    private static final int MOST_NODES = 2048;
    private static final int DEEPEST = 8;

    private final TreeMap<String, ForeignTensor> tensors = new TreeMap<>();
    private final long size;
    private int nodes;

    private KerasFile(long size) {
        this.size = size;
    }

    /** Reads a {@code .weights.h5} file. */
    static ForeignWeights weights(byte[] file) throws UndecodableException {
        return KerasLayers.weights(arrays(file), MissingNode.getInstance());
    }

    /** Reads a {@code .keras} file. */
    static ForeignWeights archive(byte[] file) throws UndecodableException {
        byte[] weights = {};
        JsonNode configuration = MissingNode.getInstance();
        var most = Math.min(ModelImport.LARGEST, MOST_PACKED * file.length + LEAST_UNPACKED);
        var room = most;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(WEIGHTS)) {
                    weights = bounded(zip, WEIGHTS, room);
                    room -= weights.length;
                } else if (entry.getName().equals(CONFIGURATION)) {
                    configuration = Json.object(bounded(zip, CONFIGURATION, Math.min(room, Json.LIMIT)));
                }
                room -= skipped(zip, room);
                if (room < 0) {
                    throw new UndecodableException(
                            "at most " + most + " bytes were expected in a zip file of " + file.length + ", not more");
                }
            }
        } catch (IOException | IllegalArgumentException e) { // a damaged zip, an entry's name that is no text
            throw new UndecodableException("a zip file was expected: " + e.getMessage(), e);
        }
        if (weights.length == 0 || configuration.isMissingNode()) {
            throw new UndecodableException("a .keras file with " + CONFIGURATION + " and " + WEIGHTS + " was expected");
        }
        return KerasLayers.weights(arrays(weights), configuration.path("config").path("layers"));
    }

    /** The length of the entry's rest, as far as just beyond {@code most}. */
    private static long skipped(ZipInputStream zip, long most) throws IOException {
        var bytes = new byte[8192];
        var length = 0L;
        for (var n = 0; n >= 0 && length <= most; n = zip.read(bytes)) {
            length += n;
        }
        return length;
    }

    private static byte[] bounded(ZipInputStream zip, String name, long most) throws IOException, UndecodableException {
        var bytes = zip.readNBytes((int) most + 1);
        if (bytes.length > most) {
            throw new UndecodableException(name + ": at most " + most + " bytes were expected, not more");
        }
        return bytes;
    }

    /** All arrays of an HDF5 file by path. */
    private static TreeMap<String, ForeignTensor> arrays(byte[] file) throws UndecodableException {
        var reader = new KerasFile(file.length);
        try (var hdf = HdfFile.fromBytes(file)) {
            reader.walk(hdf, "", 0);
        } catch (RuntimeException | StackOverflowError e) { // jHDF throws half a dozen at broken bytes
            throw new UndecodableException("a sound HDF5 file was expected: " + Shown.of(String.valueOf(e)), e);
        }
        return reader.tensors;
    }

    private void walk(Group group, String path, int depth) throws UndecodableException {
        for (var child : group.getChildren().entrySet()) {
            var name = path + child.getKey();
            var node = child.getValue();
            nodes++;
            if (nodes > MOST_NODES || depth > DEEPEST) {
                throw new UndecodableException(
                        "at most " + MOST_NODES + " groups and arrays, " + DEEPEST + " deep, were expected, not more");
            }
            if (node.isLink()) {
                throw new UndecodableException(Shown.of(name) + ": a group or an array was expected, not a link");
            }
            if (NO_WEIGHTS.contains(child.getKey())) {
                continue;
            }
            if (node instanceof Group inner) {
                walk(inner, name + "/", depth + 1);
            } else if (node instanceof Dataset array) {
                tensors.put(name, tensor(name, array));
            }
        }
    }

    private ForeignTensor tensor(String name, Dataset array) throws UndecodableException {
        var shape = array.getDimensions();
        var count = ForeignTensor.size(name, Arrays.stream(shape).asLongStream().toArray());
        var plain = array.getDataLayout() == DataLayout.CONTIGUOUS || array.getDataLayout() == DataLayout.COMPACT;
        if (!plain || array.isVariableLength() || array.isCompound() || (long) Float.BYTES * count > size) {
            throw new UndecodableException("array " + Shown.of(name) + ": " + count
                    + " numbers that lie in the file as they are were expected, not another layout");
        }
        var values = values(name, array, count);
        return new ForeignTensor(Arrays.stream(shape).boxed().toList(), values).finite(name);
    }

    private static float[] values(String name, Dataset array, int count) throws UndecodableException {
        var type = array.getJavaType();
        if (type != float.class && type != double.class) {
            throw new UndecodableException(
                    "array " + Shown.of(name) + ": floats were expected, not " + Shown.of(String.valueOf(type)));
        }
        var data = array.getDataFlat();
        var values = new float[count];
        if (data instanceof float[] floats && floats.length == count) {
            System.arraycopy(floats, 0, values, 0, count);
        } else if (data instanceof double[] doubles && doubles.length == count) {
            for (var i = 0; i < count; i++) {
                values[i] = (float) doubles[i];
            }
        } else {
            throw new UndecodableException("array " + Shown.of(name) + ": " + count + " floats were expected");
        }
        return values;
    }
}

package dev.gatecast.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/** One case of the golden vectors that PyTorch made in double precision; their generator describes the layout. */
record GoldenCase(String file, JsonNode json) {
    private static final double[] NONE = {};

    private static final Map<String, CellKind> KINDS = Map.of(
            "gru", CellKind.GRU,
            "gru_classic", CellKind.GRU_CLASSIC,
            "lstm", CellKind.LSTM,
            "rnn_tanh", CellKind.RNN);

    /** All cases, in the order of their files; the test is skipped where there is no folder. */
    static List<GoldenCase> all() {
        var shared = System.getProperty("gatecast.shared", "../shared");
        var folder = Path.of(System.getProperty("gatecast.vectors", shared + "/data/gru-vectors"));
        assumeTrue(Files.isDirectory(folder), "no golden vectors in " + folder + "; set -Dgatecast.vectors=DIR");
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(GoldenCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenCase read(Path file) {
        try {
            return new GoldenCase(String.valueOf(file.getFileName()), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size(String name) {
        return json.get("sizes").get(name).asInt();
    }

    int steps() {
        return size("T");
    }

    int batch() {
        return size("B");
    }

    /** The linear head's outputs are horizons of one quantile. */
    Architecture architecture() {
        var head = new Architecture.Head(0, 0, 0, size("O"), 1);
        var kind = Objects.requireNonNull(KINDS.get(json.get("kind").asText()));
        return new Architecture(kind, size("I"), size("H"), size("L"), head);
    }

    /** All numbers below a field, in their order. */
    double[] numbers(String... path) {
        var node = json;
        for (var name : path) {
            node = node.get(name);
        }
        return flat(node);
    }

    static double[] flat(JsonNode node) {
        if (!node.isArray()) {
            return new double[] {node.asDouble()};
        }
        var all = new ArrayList<double[]>();
        node.forEach(child -> all.add(flat(child)));
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    float[] floats(String... path) {
        return toFloats(numbers(path));
    }

    static float[] toFloats(double[] from) {
        var to = new float[from.length];
        for (var i = 0; i < to.length; i++) {
            to[i] = (float) from[i];
        }
        return to;
    }

    /** Tensors by our names from a node with PyTorch's. */
    TreeMap<String, double[]> tensors(JsonNode node) {
        var tensors = new TreeMap<String, double[]>();
        architecture().tensors().keySet().forEach(name -> tensors.put(name, flat(node.get(theirs(name)))));
        return tensors;
    }

    private static String theirs(String name) {
        var plain = name.replace("head.out.", "head.");
        return plain.matches("[WUb]_[rzh]_l0") ? plain.substring(0, 3) : plain;
    }

    /** The weights that the states, outputs and the loss belong to. */
    TreeMap<String, double[]> weights() {
        return endsTrained() ? drawn() : tensors(json.get("weights"));
    }

    /**
     * True where the file's weights and their gradients are those that its last training run left behind: the generator
     * writes the tensors after the runs, and the runs change them in place.
     */
    boolean endsTrained() {
        var runs = json.get("train");
        return runs != null && runs.get(runs.size() - 1).get("weights_after").equals(json.get("weights"));
    }

    /** The weights as the generator drew them from its seed, in the order of the file. */
    private TreeMap<String, double[]> drawn() {
        var random = new TorchRandom(json.get("seed").asInt());
        var bound = 1 / Math.sqrt(size("H"));
        var drawn = new TreeMap<String, double[]>();
        json.get("weights").fields().forEachRemaining(weight -> {
            var values = flat(weight.getValue());
            for (var i = 0; i < values.length; i++) {
                values[i] = (random.next() * 2 - 1) * bound;
            }
            drawn.put(ours(weight.getKey()), values);
        });
        return drawn;
    }

    private static String ours(String name) {
        return name.matches("[WUb]_[rzh]") ? name + "_l0" : name.replace("head.", "head.out.");
    }

    Network network() {
        var architecture = architecture();
        var tensors = new TreeMap<String, FMatrixRMaj>();
        weights().forEach((name, values) -> {
            var shape = Objects.requireNonNull(architecture.tensors().get(name));
            tensors.put(name, new FMatrixRMaj(shape.rows(), shape.columns(), true, toFloats(values)));
        });
        return new Network(architecture, tensors);
    }

    /** The largest pre-activation where it exceeds 1: tolerances grow with it. */
    double stretch() {
        var reference = new ReferenceNetwork(architecture(), weights());
        var most = 1.0;
        var x = numbers("x");
        for (var lane = 0; lane < batch(); lane++) {
            var h = start(lane);
            for (var t = 0; t < steps(); t++) {
                reference.step(slice(x, t, lane, size("I")), h);
                most = Math.max(most, reference.largest());
            }
        }
        return most;
    }

    /** One lane's numbers at one step, of an array (steps, batch, n). */
    double[] slice(double[] all, int step, int lane, int n) {
        var from = (step * batch() + lane) * n;
        return Arrays.copyOfRange(all, from, from + n);
    }

    /** One lane's state of all layers, h and the memory cell where there is one, before the first step. */
    double[] start(int lane) {
        return state(numbers("h0"), has("c0") ? numbers("c0") : NONE, 0, lane);
    }

    /** The same after a step. */
    double[] after(int step, int lane) {
        return state(numbers("h"), has("c") ? numbers("c") : NONE, step, lane);
    }

    /** The gradient of the state before the first step. */
    double[] startGradient(int lane) {
        return state(numbers("grad", "h0"), has("c0") ? numbers("grad", "c0") : NONE, 0, lane);
    }

    private boolean has(String name) {
        return json.has(name);
    }

    /** From arrays (steps, layers, batch, hidden). */
    private double[] state(double[] h, double[] c, int step, int lane) {
        var layers = size("L");
        var hidden = size("H");
        var states = c.length > 0 ? 2 : 1;
        var state = new double[layers * states * hidden];
        for (var layer = 0; layer < layers; layer++) {
            var from = ((step * layers + layer) * batch() + lane) * hidden;
            System.arraycopy(h, from, state, layer * states * hidden, hidden);
            if (states == 2) {
                System.arraycopy(c, from, state, layer * states * hidden + hidden, hidden);
            }
        }
        return state;
    }

    @Override
    public String toString() {
        return file;
    }
}

package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives the arrays of a Keras model PyTorch's names, orientation and order of gates.
 *
 * <p>Keras has inputs in rows and units in columns, a GRU's gates in the order z, r, h and an LSTM's in the order i, f, c,
 * o. {@code h' = z h + (1 - z) h~}: with the reset after the product that is PyTorch's GRU, before it the classic one with
 * the other share as its z, whose weights change sign for that. The layers are taken in the order of the numbers that
 * Keras ends their names with: {@code gru}, {@code gru_1}; {@code dense}, {@code dense_1}.
 */
final class KerasLayers {
    private static final Pattern RECURRENT = Pattern.compile("layers/((gru|lstm|simple_rnn)(_\\d{1,4})?)/cell/vars/0");
    private static final Pattern DENSE = Pattern.compile("layers/(dense(_\\d{1,4})?)/vars/0");
    private static final Set<String> WITHOUT_WEIGHTS = Set.of("InputLayer", "Dropout", "Reshape", "Activation");
    private static final int[] RESET_UPDATE_NEW = {1, 0, 2};

    private final SortedMap<String, ForeignTensor> arrays;
    private final TreeSet<String> left;
    private final TreeMap<String, ForeignTensor> tensors = new TreeMap<>();
    private final TreeMap<String, String> facts = new TreeMap<>();

    private KerasLayers(SortedMap<String, ForeignTensor> arrays) {
        this.arrays = arrays;
        this.left = new TreeSet<>(arrays.keySet());
    }

    /**
     * Weights under PyTorch's names.
     *
     * @param arrays by their paths in the file
     * @param configuration the layers' array in a .keras file; missing in a weights file
     */
    static ForeignWeights weights(SortedMap<String, ForeignTensor> arrays, JsonNode configuration)
            throws UndecodableException {
        var layers = new KerasLayers(arrays);
        var resetBefore = check(configuration);
        var recurrent = layers.named(RECURRENT);
        for (var i = 0; i < recurrent.size(); i++) {
            layers.recurrent(recurrent.get(i), i, resetBefore);
        }
        for (var dense : layers.named(DENSE)) {
            layers.dense(dense);
        }
        layers.left.forEach(name -> layers.tensors.put(name, layers.array(name)));
        return new ForeignWeights(layers.tensors, layers.facts);
    }

    /** Refuses layers that would compute something else; returns whether GRUs reset before the product. */
    private static boolean check(JsonNode configuration) throws UndecodableException {
        var before = new HashSet<Boolean>();
        for (var layer : configuration) {
            var kind = layer.path("class_name").asText();
            var settings = layer.path("config");
            switch (kind) {
                case "GRU" -> {
                    expect(kind, settings, "activation", "tanh");
                    expect(kind, settings, "recurrent_activation", "sigmoid");
                    before.add(!settings.path("reset_after").asBoolean(true));
                }
                case "LSTM" -> {
                    expect(kind, settings, "activation", "tanh");
                    expect(kind, settings, "recurrent_activation", "sigmoid");
                }
                case "SimpleRNN" -> expect(kind, settings, "activation", "tanh");
                case "Dense" -> {
                    if (!settings.path("activation").asText().equals("relu")) {
                        expect(kind, settings, "activation", "linear");
                    }
                }
                default -> {
                    if (!WITHOUT_WEIGHTS.contains(kind)) {
                        throw new UndecodableException("layer " + Shown.of(kind)
                                + ": GRU, LSTM, SimpleRNN, Dense or Dropout were expected, nothing else");
                    }
                }
            }
            if (settings.path("go_backwards").asBoolean()) {
                throw new UndecodableException("layer " + kind + ": go_backwards would need the future");
            }
        }
        if (before.size() > 1) {
            throw new UndecodableException("layers GRU: all with reset_after or all without were expected");
        }
        return before.contains(true);
    }

    private static void expect(String kind, JsonNode settings, String name, String expected)
            throws UndecodableException {
        var actual = settings.path(name).asText();
        if (!actual.equals(expected)) {
            throw new UndecodableException(
                    "layer " + kind + ": " + name + " " + expected + " was expected, not " + Shown.of(actual));
        }
    }

    /** Names of the layers of a sort, in the order of their numbers. */
    private List<String> named(Pattern pattern) {
        var names = new ArrayList<String>();
        for (var path : arrays.keySet()) {
            var match = pattern.matcher(path);
            if (match.matches()) {
                names.add(match.group(1));
            }
        }
        names.sort(Comparator.comparingInt(KerasLayers::number).thenComparing(name -> name));
        return names;
    }

    private static int number(String name) {
        var digits = name.replaceFirst("^.*?(\\d*)$", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private void recurrent(String name, int layer, boolean resetBefore) throws UndecodableException {
        var path = "layers/" + name + "/cell/vars/";
        var kernel = matrix(path + "0");
        var state = matrix(path + "1");
        var hidden = state.shape().get(0);
        var bias = arrays.get(path + "2");
        left.remove(path + "2");
        if (name.startsWith("gru")) {
            var before = bias == null ? resetBefore : bias.shape().size() == 1;
            note(before ? "gru-classic" : "gru");
            if (before) {
                classic(layer, hidden, kernel, state, bias);
            } else {
                put("weight_ih_l" + layer, gates(kernel, hidden, RESET_UPDATE_NEW));
                put("weight_hh_l" + layer, gates(state, hidden, RESET_UPDATE_NEW));
                if (bias != null) {
                    put("bias_ih_l" + layer, vector(bias, 0, hidden, RESET_UPDATE_NEW));
                    put("bias_hh_l" + layer, vector(bias, 1, hidden, RESET_UPDATE_NEW));
                }
            }
        } else {
            note(name.startsWith("lstm") ? "lstm" : "rnn");
            var order = name.startsWith("lstm") ? new int[] {0, 1, 2, 3} : new int[] {0};
            put("weight_ih_l" + layer, gates(kernel, hidden, order));
            put("weight_hh_l" + layer, gates(state, hidden, order));
            if (bias != null) {
                put("bias_ih_l" + layer, vector(bias, 0, hidden, order));
            }
        }
    }

    private void classic(int layer, int hidden, ForeignTensor kernel, ForeignTensor state, @Nullable ForeignTensor bias)
            throws UndecodableException {
        var gates = List.of("z", "r", "h");
        for (var gate = 0; gate < gates.size(); gate++) {
            var name = "_" + gates.get(gate) + "_l" + layer;
            var sign = gate == 0 ? -1 : 1;
            put("W" + name, times(sign, gates(kernel, hidden, gate)));
            put("U" + name, times(sign, gates(state, hidden, gate)));
            if (bias != null) {
                put("b" + name, times(sign, vector(bias, 0, hidden, gate)));
            }
        }
    }

    private void dense(String name) throws UndecodableException {
        var kernel = matrix("layers/" + name + "/vars/0");
        put(name + ".weight", gates(kernel, kernel.shape().get(1), 0));
        var bias = arrays.get("layers/" + name + "/vars/1");
        if (bias != null) {
            left.remove("layers/" + name + "/vars/1");
            put(name + ".bias", bias);
        }
    }

    /** All recurrent layers are of one kind, which the recipe then need not say. */
    private void note(String cell) throws UndecodableException {
        var before = facts.put(ModelImport.FACT + "cell", cell);
        if (before != null && !before.equals(cell)) {
            throw new UndecodableException(
                    "recurrent layers of one kind were expected, not " + before + " and " + cell);
        }
    }

    private void put(String name, ForeignTensor tensor) {
        tensors.put(name, tensor);
    }

    private ForeignTensor array(String path) {
        var array = arrays.get(path);
        if (array == null) {
            throw new IllegalStateException("no array " + path);
        }
        return array;
    }

    private ForeignTensor matrix(String path) throws UndecodableException {
        var array = arrays.get(path);
        if (array == null || array.shape().size() != 2) {
            throw new UndecodableException("array " + Shown.of(path) + ": a matrix was expected, not "
                    + (array == null ? "nothing" : array.shape()));
        }
        left.remove(path);
        return array;
    }

    /** Columns of some gates as rows, in the order given: (inputs, all gates * hidden) to (gates * hidden, inputs). */
    private static ForeignTensor gates(ForeignTensor columns, int hidden, int... order) throws UndecodableException {
        var inputs = columns.shape().get(0);
        var width = columns.shape().get(1);
        check(width, hidden, order);
        var rows = new float[order.length * hidden * inputs];
        for (var gate = 0; gate < order.length; gate++) {
            for (var unit = 0; unit < hidden; unit++) {
                for (var input = 0; input < inputs; input++) {
                    rows[(gate * hidden + unit) * inputs + input] =
                            columns.values()[input * width + order[gate] * hidden + unit];
                }
            }
        }
        return new ForeignTensor(List.of(order.length * hidden, inputs), rows);
    }

    /** Some gates of one row of biases, in the order given. */
    private static ForeignTensor vector(ForeignTensor bias, int row, int hidden, int... order)
            throws UndecodableException {
        var width = bias.shape().get(bias.shape().size() - 1);
        check(width, hidden, order);
        if (bias.values().length < (row + 1) * width) {
            throw new UndecodableException("a bias of two rows was expected, not " + bias.shape());
        }
        var values = new float[order.length * hidden];
        for (var gate = 0; gate < order.length; gate++) {
            System.arraycopy(bias.values(), row * width + order[gate] * hidden, values, gate * hidden, hidden);
        }
        return new ForeignTensor(List.of(values.length), values);
    }

    private static void check(int width, int hidden, int... order) throws UndecodableException {
        for (var gate : order) {
            if ((gate + 1L) * hidden > width) {
                throw new UndecodableException(
                        "gates of " + hidden + " units were expected within " + width + " columns");
            }
        }
    }

    private static ForeignTensor times(int sign, ForeignTensor tensor) {
        var values = tensor.values().clone();
        for (var i = 0; i < values.length; i++) {
            values[i] *= sign;
        }
        return new ForeignTensor(tensor.shape(), values);
    }
}

package dev.gatecast.codec;

import dev.gatecast.feature.Categories;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;

/**
 * Puts a network together from tensors under PyTorch's names: {@code weight_ih_l0} and so on with a prefix, gates in
 * PyTorch's order, then one linear map as the head, or two with a ReLU between them. What the file holds beside them is
 * refused unless the recipe says that it may be ignored.
 */
final class ImportedNetwork {
    private static final int MOST_LAYERS = 4;
    private static final Pattern FIRST = Pattern.compile("(weight_hh|U_r)_l0$");
    private static final List<String> HEADS = List.of("head", "fc", "linear", "out", "dense", "proj", "decoder");

    private final SortedMap<String, ForeignTensor> tensors;
    private final TreeSet<String> used = new TreeSet<>();
    private final RecipeText text;
    private final String prefix;
    private final String headPrefix;

    /**
     * A network's parts.
     *
     * @param each begins all names of this network's tensors
     */
    ImportedNetwork(SortedMap<String, ForeignTensor> tensors, RecipeText text, String each)
            throws UndecodableException {
        this.tensors = tensors;
        this.text = text;
        this.prefix = text.has("weights.prefix") ? each + text.text("weights.prefix", "") : found(tensors, each);
        this.headPrefix = each;
    }

    /**
     * The network.
     *
     * @param inputs values of each step
     * @param head what the head's shape is to be; its units are found in the file
     * @param categories that a model from here tells apart
     */
    Network network(int inputs, Architecture.Head head, Categories categories) throws UndecodableException {
        var cell = cell();
        var first = need(prefix + (cell == CellKind.GRU_CLASSIC ? "U_r_l0" : "weight_hh_l0"));
        var hidden = first.shape().get(first.shape().size() - 1);
        var layers = layers(cell);
        var units = own() ? head.units() : units();
        try {
            var sizes = new Architecture(
                    cell,
                    inputs,
                    hidden,
                    layers,
                    new Architecture.Head(head.profile(), head.extras(), units, head.horizons(), head.output()),
                    own() ? options(categories) : Architecture.Options.NONE);
            var matrices = new TreeMap<String, FMatrixRMaj>();
            for (var entry : sizes.tensors().entrySet()) {
                matrices.put(entry.getKey(), matrix(entry.getKey(), entry.getValue(), sizes));
            }
            return new Network(sizes, matrices);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Names of the tensors that have been taken. */
    Set<String> used() {
        return used;
    }

    /** Whether the file was exported here: the head's tensors have our names. */
    boolean own() {
        return text.has("format");
    }

    /** Outputs of the head's last map. */
    int outputs() throws UndecodableException {
        return need(own() ? headPrefix + "head.out.weight" : headPrefix + headWeight())
                .shape()
                .get(0);
    }

    private CellKind cell() throws UndecodableException {
        if (text.has("cell")) {
            var words = Arrays.stream(CellKind.values()).map(CellKind::text).toArray(String[]::new);
            return CellKind.of(text.choice("cell", "", words));
        }
        if (tensors.containsKey(prefix + "U_r_l0")) {
            return CellKind.GRU_CLASSIC;
        }
        var shape = need(prefix + "weight_hh_l0").shape();
        return switch (shape.size() == 2 ? shape.get(0) / shape.get(1) : 0) {
            case 1 -> CellKind.RNN;
            case 4 -> CellKind.LSTM;
            default -> CellKind.GRU;
        };
    }

    private int layers(CellKind cell) throws UndecodableException {
        var name = prefix + (cell == CellKind.GRU_CLASSIC ? "U_r_l" : "weight_hh_l");
        var layers = 1;
        while (layers < MOST_LAYERS && tensors.containsKey(name + layers)) {
            layers++;
        }
        for (var other : List.of("weight_ih_l0_reverse", "weight_hr_l0")) {
            if (tensors.containsKey(prefix + other)) {
                throw new UndecodableException("tensor " + prefix + other
                        + " is of a bidirectional or projected network," + " which a forecast step by step cannot run");
            }
        }
        return layers;
    }

    private Architecture.Options options(Categories categories) throws UndecodableException {
        return new Architecture.Options(
                text.choice("start.learned", "false", "true", "false").equals("true"),
                text.whole("elapsed", Architecture.Options.NO_DECAY),
                Attention.of(text.text("attention", "none")),
                text.whole("memory", 0),
                new Architecture.Categories(categories.rows(), categories.width()));
    }

    private int units() throws UndecodableException {
        return text.has("head.hidden.weight")
                ? need(headPrefix + text.text("head.hidden.weight", "")).shape().get(0)
                : 0;
    }

    private FMatrixRMaj matrix(String name, Architecture.Shape shape, Architecture sizes) throws UndecodableException {
        if (!name.startsWith("head.")) {
            return weight(prefix + name, shape, isBias(name));
        }
        if (own()) {
            return weight(headPrefix + name, shape, false);
        }
        return switch (name) {
            case "head.skip.weight" -> filled(shape, 1f);
            case "head.skip.bias" -> filled(shape, 0f);
            case "head.hidden.weight" ->
                widened(
                        weight(
                                headPrefix + text.text("head.hidden.weight", ""),
                                new Architecture.Shape(shape.rows(), sizes.hidden()),
                                false),
                        shape);
            case "head.hidden.bias" ->
                weight(headPrefix + bias("head.hidden.bias", text.text("head.hidden.weight", "")), shape, true);
            case "head.out.weight" -> ordered(weight(headPrefix + headWeight(), shape, false), sizes.head());
            default -> ordered(weight(headPrefix + bias("head.bias", headWeight()), shape, true), sizes.head());
        };
    }

    private String headWeight() throws UndecodableException {
        if (text.has("head.weight")) {
            return text.text("head.weight", "");
        }
        for (var head : HEADS) {
            if (tensors.containsKey(headPrefix + head + ".weight")) {
                return head + ".weight";
            }
        }
        throw new UndecodableException("recipe: head.weight is missing: the name of the head's weights, none of "
                + HEADS.stream().map(head -> head + ".weight").collect(Collectors.joining(", ")) + " is in the file");
    }

    private String bias(String key, String weight) {
        return text.text(key, weight.replaceFirst("weight$", "bias"));
    }

    /** Rows of a file whose outputs are ordered by quantile first become rows ordered by horizon first. */
    private FMatrixRMaj ordered(FMatrixRMaj rows, Architecture.Head head) throws UndecodableException {
        if (text.choice("outputs.order", "horizon", "horizon", "quantile").equals("horizon")) {
            return rows;
        }
        var turned = new FMatrixRMaj(rows.numRows, rows.numCols);
        for (var row = 0; row < rows.numRows; row++) {
            var from = row % head.quantiles() * head.horizons() + row / head.quantiles();
            System.arraycopy(rows.data, from * rows.numCols, turned.data, row * rows.numCols, rows.numCols);
        }
        return turned;
    }

    private FMatrixRMaj weight(String name, Architecture.Shape shape, boolean optional) throws UndecodableException {
        if (optional && !tensors.containsKey(name)) {
            return filled(shape, 0f); // bias=False
        }
        var tensor = need(name);
        var expected =
                shape.columns() == 1 && isBias(name) ? List.of(shape.rows()) : List.of(shape.rows(), shape.columns());
        if (!tensor.shape().equals(expected)) {
            throw new UndecodableException(
                    "tensor " + Shown.of(name) + ": the shape " + expected + " was expected, not " + tensor.shape());
        }
        return new FMatrixRMaj(shape.rows(), shape.columns(), true, tensor.values());
    }

    private ForeignTensor need(String name) throws UndecodableException {
        var tensor = tensors.get(name);
        if (tensor == null || tensor.shape().isEmpty()) {
            throw new UndecodableException("tensor " + Shown.of(name) + " was expected, the file has "
                    + Shown.of(String.join(", ", tensors.keySet())));
        }
        used.add(name);
        return tensor;
    }

    private static boolean isBias(String name) {
        return name.contains("bias") || name.contains("b_");
    }

    private static String found(SortedMap<String, ForeignTensor> tensors, String each) throws UndecodableException {
        var prefixes = tensors.keySet().stream()
                .filter(name -> name.startsWith(each) && FIRST.matcher(name).find())
                .map(name -> FIRST.matcher(name).replaceFirst(""))
                .toList();
        if (prefixes.isEmpty()) {
            throw new UndecodableException("tensor weight_hh_l0 was expected, with or without a prefix; the file has "
                    + Shown.of(String.join(", ", tensors.keySet())));
        }
        if (prefixes.size() > 1) {
            throw new UndecodableException(
                    "recipe: weights.prefix is missing: the recurrent layer could be any of " + prefixes);
        }
        return prefixes.get(0);
    }

    private static FMatrixRMaj filled(Architecture.Shape shape, float value) {
        var matrix = new FMatrixRMaj(shape.rows(), shape.columns());
        Arrays.fill(matrix.data, value);
        return matrix;
    }

    /** The same with columns of zeros after its own. */
    private static FMatrixRMaj widened(FMatrixRMaj narrow, Architecture.Shape shape) {
        var wide = new FMatrixRMaj(shape.rows(), shape.columns());
        for (var row = 0; row < shape.rows(); row++) {
            System.arraycopy(narrow.data, row * narrow.numCols, wide.data, row * shape.columns(), narrow.numCols);
        }
        return wide;
    }
}

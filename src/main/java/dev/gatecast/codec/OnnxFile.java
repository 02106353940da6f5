package dev.gatecast.codec;

import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Networks as ONNX files (operator set 17, 32-bit floats), for any runtime that reads them.
 *
 * <p>Inputs: {@code input} (steps, batch, inputs), {@code hidden} (networks * layers, batch, hidden), where
 * an LSTM has its memory cell after each layer's h and so twice as many rows, and, where the head
 * has them, {@code profile} (batch, profile) and {@code extras} (batch, extras), all in model units. Outputs:
 * {@code hidden_next}, shaped as {@code hidden}, and {@code forecast} (batch, horizons, quantiles), in model units, each
 * horizon's quantiles ascending. Several networks run side by side on the same inputs, and their forecasts are averaged.
 */
public final class OnnxFile {
    private static final String BATCH = "batch";
    private static final SortedMap<String, Long> NONE = new TreeMap<>();

    private OnnxFile() {}

    /** The whole recipe: steps and head. Features are not part of it; their names are among the file's properties. */
    public static byte[] of(Recipe recipe) {
        var sizes = recipe.networks().get(0).architecture();
        if (sizes.head().quantiles() == 0) {
            throw new IllegalArgumentException("ONNX: expected a head that gives quantiles, actual "
                    + sizes.head().output().text());
        }
        var graph = new OnnxGraph();
        var tops = steps(graph, recipe.networks());
        var forecasts = new ArrayList<String>();
        OnnxHead.inputs(graph, sizes.head());
        for (var network = 0; network < tops.size(); network++) {
            var head = new OnnxHead(sizes, recipe.networks().get(network).tensors(), "network" + network + ".");
            forecasts.add(head.add(graph, tops.get(network)));
        }
        graph.node("Mean", forecasts, List.of("forecast"), NONE);
        graph.output("forecast", BATCH, sizes.head().horizons(), sizes.head().quantiles());
        return graph.file(facts(recipe));
    }

    /** The recurrent layers of one network alone: {@code input} and {@code hidden} to {@code hidden_next}. */
    public static byte[] step(Network network) {
        var graph = new OnnxGraph();
        steps(graph, List.of(network));
        return graph.file(new TreeMap<>());
    }

    /** Adds all layers of all networks; returns the names of their top layers' states, (1, batch, hidden). */
    private static List<String> steps(OnnxGraph graph, List<Network> networks) {
        var sizes = networks.get(0).architecture();
        if (!sizes.options().equals(Architecture.Options.NONE)) {
            throw new IllegalArgumentException(
                    "ONNX: expected a network without learned start, decay, attention and categories, actual "
                            + sizes.options());
        }
        var vectors = sizes.cell().states();
        var states = networks.size() * sizes.layers() * vectors;
        graph.input("input", "steps", BATCH, sizes.inputs());
        graph.input("hidden", states, BATCH, sizes.hidden());
        var before = names("hidden", states);
        var after = names("hidden_next", states);
        if (states > 1) {
            graph.node("Split", List.of("hidden"), before, axis(0));
        }
        for (var network = 0; network < networks.size(); network++) {
            var cell = new OnnxCell(sizes, networks.get(network).tensors(), "network" + network + ".");
            var input = "input";
            for (var layer = 0; layer < sizes.layers(); layer++) {
                var at = (network * sizes.layers() + layer) * vectors;
                var outputs = cell.add(
                        graph, layer, input, before.subList(at, at + vectors), after.subList(at, at + vectors));
                if (layer + 1 < sizes.layers()) {
                    var direction = graph.wholes(outputs + ".axis", 1);
                    input = graph.node("Squeeze", List.of(outputs, direction), NONE);
                }
            }
        }
        if (states > 1) {
            graph.node("Concat", after, List.of("hidden_next"), axis(0));
        }
        graph.output("hidden_next", states, BATCH, sizes.hidden());
        var tops = new ArrayList<String>();
        for (var at = sizes.layers(); at * vectors <= states; at += sizes.layers()) {
            tops.add(after.get((at - 1) * vectors));
        }
        return tops;
    }

    static SortedMap<String, Long> axis(long axis) {
        return new TreeMap<>(Map.of("axis", axis));
    }

    /** Names of the parts of a tensor; its own where it has but one. */
    private static List<String> names(String whole, int parts) {
        var names = new ArrayList<String>();
        for (var part = 0; part < parts; part++) {
            names.add(parts == 1 ? whole : whole + "_" + part);
        }
        return names;
    }

    private static SortedMap<String, String> facts(Recipe recipe) {
        var spec = recipe.spec();
        var facts = new TreeMap<String, String>();
        facts.put(
                "gatecast.cell", recipe.networks().get(0).architecture().cell().text());
        facts.put("gatecast.inputs", String.join(",", spec.inputNames()));
        facts.put("gatecast.transform", spec.transform().name().toLowerCase(Locale.ROOT));
        facts.put("gatecast.cadence.ms", Long.toString(spec.cadence()));
        facts.put("gatecast.quantiles", Arrays.toString(recipe.levels()));
        return facts;
    }
}

package dev.gatecast.codec;

import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
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
 * has them, {@code profile} (batch, profile) and {@code extras} (batch, extras), all in model units; where the network knows
 * categories, {@code category} (batch), the entity's row, in the place of the last inputs and extras. Outputs:
 * {@code hidden_next}, shaped as {@code hidden}, and {@code forecast} (batch, horizons, quantiles), in model units, each
 * horizon's quantiles ascending; with a direction {@code directions} (batch, horizons, 3), the probabilities of down, flat and
 * up; with a learned start {@code hidden_start} (networks * layers, 1, hidden), what {@code hidden} is at first, zeros without one.
 * Several networks run side by side on the same inputs, and their results are averaged.
 *
 * <p>A state that decays with the time between ticks, or that attention looks back at, is beyond the operators for recurrent
 * layers, which run through all steps by themselves.
 */
public final class OnnxFile {
    private static final String BATCH = "batch";
    private static final SortedMap<String, Long> NONE = new TreeMap<>();

    private OnnxFile() {}

    /** The whole recipe: steps and head. Features are not part of it; their names are among the file's properties. */
    public static byte[] of(Recipe recipe) {
        var sizes = recipe.networks().get(0).architecture();
        var graph = new OnnxGraph();
        var tops = steps(graph, recipe.networks());
        var forecasts = new ArrayList<String>();
        var directions = new ArrayList<String>();
        OnnxHead.inputs(graph, sizes);
        for (var network = 0; network < tops.size(); network++) {
            var prefix = prefix(network);
            var head = new OnnxHead(sizes, recipe.networks().get(network).tensors(), prefix);
            var results = head.add(graph, tops.get(network), category(sizes, prefix), recipe.levels());
            forecasts.add(results.forecast());
            directions.add(results.directions());
        }
        graph.node("Mean", forecasts, List.of("forecast"), NONE);
        graph.output("forecast", BATCH, sizes.head().horizons(), recipe.levels().length);
        if (!directions.contains("")) {
            graph.node("Mean", directions, List.of("directions"), NONE);
            graph.output("directions", BATCH, sizes.head().horizons(), 3);
        }
        return graph.file(facts(recipe));
    }

    private static String prefix(int network) {
        return "network" + network + ".";
    }

    /** Name of what a network knows of the entity's category, (batch, width); empty where it knows none. */
    private static String category(Architecture sizes, String prefix) {
        return sizes.options().categories().rows() == 0 ? "" : prefix + "category";
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
        refuseBeyond(sizes.options());
        var vectors = sizes.cell().states();
        var states = networks.size() * sizes.layers() * vectors;
        var categories = sizes.options().categories();
        graph.input("input", "steps", BATCH, sizes.inputs() - categories.width());
        if (categories.rows() > 0) {
            graph.wholesInput("category", BATCH);
        }
        graph.input("hidden", states, BATCH, sizes.hidden());
        var before = names("hidden", states);
        var after = names("hidden_next", states);
        if (states > 1) {
            graph.node("Split", List.of("hidden"), before, axis(0));
        }
        for (var network = 0; network < networks.size(); network++) {
            var cell = new OnnxCell(sizes, networks.get(network).tensors(), prefix(network));
            var input = categories.rows() == 0 ? "input" : cell.withCategory(graph, category(sizes, prefix(network)));
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
        if (sizes.options().learnedStart()) {
            var starts = graph.floats("starts", starts(networks), states, 1, sizes.hidden());
            graph.node("Identity", List.of(starts), List.of("hidden_start"), NONE);
            graph.output("hidden_start", states, 1, sizes.hidden());
        }
        var tops = new ArrayList<String>();
        for (var at = sizes.layers(); at * vectors <= states; at += sizes.layers()) {
            tops.add(after.get((at - 1) * vectors));
        }
        return tops;
    }

    private static float[] starts(List<Network> networks) {
        var size = networks.get(0).architecture().stateSize();
        var starts = new float[networks.size() * size];
        for (var network = 0; network < networks.size(); network++) {
            networks.get(network).start(starts, network * size);
        }
        return starts;
    }

    private static void refuseBeyond(Architecture.Options options) {
        if (options.elapsed() != Architecture.Options.NO_DECAY || options.attention() != Attention.NONE) {
            throw new IllegalArgumentException(
                    "ONNX's recurrent operators have no place for a state that decays with time"
                            + " (train.state.decay) or that attention looks back at (train.attention): expected a network without,"
                            + " actual "
                            + (options.attention() == Attention.NONE
                                    ? ""
                                    : options.attention().text() + " attention ")
                            + (options.elapsed() == Architecture.Options.NO_DECAY ? "" : "decay"));
        }
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
        var sizes = recipe.networks().get(0).architecture();
        var given = sizes.inputs() - sizes.options().categories().width();
        facts.put("gatecast.inputs", String.join(",", spec.inputNames().subList(0, given)));
        facts.put("gatecast.cell", sizes.cell().text());
        facts.put("gatecast.output", sizes.head().output().text());
        facts.put("gatecast.transform", spec.transform().name().toLowerCase(Locale.ROOT));
        facts.put("gatecast.cadence.ms", Long.toString(spec.cadence()));
        facts.put("gatecast.quantiles", Arrays.toString(recipe.levels()));
        return facts;
    }
}

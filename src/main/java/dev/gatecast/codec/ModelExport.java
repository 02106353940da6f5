package dev.gatecast.codec;

import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** Models in the formats of others. */
public final class ModelExport {
    private ModelExport() {}

    /** A format to export to. */
    public enum Target {
        /** All weights under PyTorch's names, and the recipe as facts of the file: {@link ModelImport} reads it back. */
        SAFETENSORS {
            @Override
            public byte[] bytes(Model model) {
                return safetensors(model);
            }
        },

        /** The arithmetic from inputs in model units to forecasts in model units: {@link OnnxFile}. */
        ONNX {
            @Override
            public byte[] bytes(Model model) {
                return OnnxFile.of(model.recipe());
            }
        };

        /** The file's bytes; equal models give equal bytes. */
        public abstract byte[] bytes(Model model);

        /** Its name in commands. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static byte[] safetensors(Model model) {
        var networks = model.recipe().networks();
        var prefixes = IntStream.range(0, networks.size())
                .mapToObj(n -> prefix(n, networks.size()))
                .toList();
        var tensors = new TreeMap<>(Trial.tensors(networks, prefixes));
        for (var n = 0; n < networks.size(); n++) {
            var prefix = prefixes.get(n);
            networks.get(n).tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor(name, tensor)));
        }
        LinearTensors.put(model.recipe().linear(), tensors);
        return Safetensors.write(tensors, facts(model));
    }

    /** What begins the names of a network's tensors, of so many. */
    static String prefix(int network, int networks) {
        return networks == 1 ? "" : "network" + network + ".";
    }

    /** A bias is a vector. */
    private static ForeignTensor tensor(String name, FMatrixRMaj matrix) {
        var vector = name.contains("bias") || name.contains("b_");
        return new ForeignTensor(
                vector ? List.of(matrix.numRows) : List.of(matrix.numRows, matrix.numCols), matrix.data);
    }

    private static TreeMap<String, String> facts(Model model) {
        var text = text(model.recipe());
        var facts = new TreeMap<String, String>();
        text.forEach((name, value) -> facts.put(ModelImport.FACT + name, value));
        facts.put("model", model.id());
        model.lineage().entries().forEach((name, value) -> facts.put("lineage " + name, value));
        return facts;
    }

    private static TreeMap<String, String> text(Recipe recipe) {
        var sizes = recipe.networks().get(0).architecture();
        var levels = new StringJoiner(",");
        for (var level : recipe.levels()) {
            levels.add(Float.toString(level));
        }
        var text = new TreeMap<String, String>();
        ImportedFeatures.write(recipe.spec(), text);
        text.put("format", "1");
        text.put("cell", sizes.cell().text());
        text.put("start.learned", Boolean.toString(sizes.options().learnedStart()));
        text.put("elapsed", Integer.toString(sizes.options().elapsed()));
        text.put("attention", sizes.options().attention().text());
        text.put("memory", Integer.toString(sizes.options().memory()));
        text.put("networks", Integer.toString(recipe.networks().size()));
        text.put("units", Integer.toString(sizes.head().units()));
        text.put("output", sizes.head().output().text());
        text.put("horizon", Integer.toString(recipe.horizons()));
        text.put("quantiles", levels.toString());
        text.put("warm-up", Integer.toString(recipe.warmUp()));
        CorrectionText.write(recipe, text);
        return text;
    }
}

package dev.gatecast.codec;

import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model of weights that were trained elsewhere: PyTorch's in safetensors, Keras 3's in {@code .weights.h5} or
 * {@code .keras}. What the weights do not say (features, scaling, horizons, quantiles) stands in a recipe file beside
 * them, or in the facts of a safetensors file, under names that begin with {@code gatecast.}. docs/interop.md lists them.
 */
public final class ModelImport {
    /** Most bytes of a file. */
    public static final long LARGEST = 256L << 20;

    static final String FACT = "gatecast.";

    private ModelImport() {}

    /**
     * What an import gave.
     *
     * @param model named and ready to be published
     * @param sequences that it was tried on
     * @param difference the largest to the numbers that were expected, relative where they are above 1
     */
    public record Imported(Model model, int sequences, float difference) {}

    /**
     * Imports a model.
     *
     * @param recipe a .properties or .json file; null where the weights' file says everything
     * @throws UndecodableException if the files are not what they should be, or the network gives other numbers than the
     *     file expects
     */
    public static Imported read(Path weights, @Nullable Path recipe) throws IOException, UndecodableException {
        var size = Files.size(weights);
        if (size > LARGEST) {
            throw new UndecodableException("a file of at most " + LARGEST + " bytes was expected, not of " + size);
        }
        var foreign = foreign(weights, size);
        var entries = new TreeMap<String, String>();
        foreign.facts().forEach((name, fact) -> {
            if (name.startsWith(FACT)) {
                entries.put(name.substring(FACT.length()), fact);
            }
        });
        if (recipe != null) {
            entries.putAll(RecipeText.read(recipe));
        }
        var text = new RecipeText(entries);
        var imported = imported(foreign, text, String.valueOf(weights.getFileName()));
        text.finish();
        return imported;
    }

    private static ForeignWeights foreign(Path weights, long size) throws IOException, UndecodableException {
        var name = String.valueOf(weights.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".weights.h5")) {
            return KerasFile.weights(Files.readAllBytes(weights));
        }
        if (name.endsWith(".keras")) {
            return KerasFile.archive(Files.readAllBytes(weights));
        }
        if (!name.endsWith(".safetensors")) {
            throw new UndecodableException(
                    "a file named *.safetensors, *.weights.h5 or *.keras was expected, not " + Shown.of(name));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(weights))) {
            return Safetensors.read(in, size);
        }
    }

    static Imported imported(ForeignWeights foreign, RecipeText text, String source) throws UndecodableException {
        var profile = text.choice("target", "value", "value", "change").equals("change") ? 1 : text.whole("profile", 0);
        var spec = ImportedFeatures.read(text, profile);
        var levels = text.has("quantiles") ? text.numbers("quantiles") : new float[] {0.5f};
        var check = new ImportCheck(text, foreign.tensors());
        var networks = new ArrayList<Network>();
        var used = new TreeSet<>(List.of(
                Trial.INPUTS,
                Trial.OUTPUTS,
                Trial.PROFILE,
                Trial.EXTRAS,
                Trial.CATEGORIES,
                "check.values",
                LinearTensors.WEIGHT,
                LinearTensors.BIAS));
        var sequences = 0;
        var several = text.whole("networks", 1);
        for (var n = 0; n < several; n++) {
            var prefix = ModelExport.prefix(n, several);
            var parts = new ImportedNetwork(foreign.tensors(), text, prefix);
            var head = head(parts, spec.profile(), spec.extras(), levels.length, text);
            var network = parts.network(spec.inputs(), head, spec.context().categories());
            used.addAll(parts.used());
            networks.add(network);
            var of = parts.own() ? prefix : "";
            used.add(of + Trial.OUTPUTS);
            sequences += check.check(network, order(head, text), of);
        }
        check.check(spec);
        refuseUnused(foreign.tensors(), used, text);
        var warmUp = text.whole("warm-up", Math.max(24, spec.windows().level()));
        try {
            var recipe = CorrectionText.read(new Recipe(spec, networks, levels, warmUp), text)
                    .with(LinearTensors.of(foreign.tensors()));
            var model = new ModelCodec().name(recipe, lineage(source, check));
            return new Imported(model, sequences, check.largest());
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Architecture.Head head(ImportedNetwork parts, int profile, int extras, int levels, RecipeText text)
            throws UndecodableException {
        if (parts.own()) {
            return ownHead(profile, extras, text);
        }
        var outputs = parts.outputs();
        var horizons = text.whole("horizon", outputs / levels);
        if (horizons < 1 || (long) horizons * levels != outputs) {
            throw new UndecodableException("the head's " + outputs + " outputs are not " + horizons + " horizons of "
                    + levels + " quantiles: see horizon and quantiles in the recipe");
        }
        try {
            return new Architecture.Head(profile, 0, 0, horizons, levels);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("recipe: " + e.getMessage(), e);
        }
    }

    private static Architecture.Head ownHead(int profile, int extras, RecipeText text) throws UndecodableException {
        try {
            var output = Output.of(text.required("output", "what the head gives"));
            return new Architecture.Head(profile, extras, text.whole("units", 0), text.whole("horizon", 0), output);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("recipe: " + e.getMessage(), e);
        }
    }

    /** Where the output that the file puts at each place is found in ours. */
    private static int[] order(Architecture.Head head, RecipeText text) {
        var order = new int[head.outputs()];
        var quantileFirst = text.text("outputs.order", "horizon").equals("quantile");
        for (var i = 0; i < order.length; i++) {
            order[i] = quantileFirst ? i % head.horizons() * head.quantiles() + i / head.horizons() : i;
        }
        return order;
    }

    private static void refuseUnused(SortedMap<String, ForeignTensor> tensors, TreeSet<String> used, RecipeText text)
            throws UndecodableException {
        var unused = new TreeSet<>(tensors.keySet());
        unused.removeAll(used);
        unused.removeAll(new HashSet<>(text.list("ignore")));
        if (!unused.isEmpty()) {
            throw new UndecodableException("tensor " + Shown.of(unused.first())
                    + " would have no part in the model; if that is meant, name it under ignore in the recipe");
        }
    }

    private static Lineage lineage(String source, ImportCheck check) {
        var entries = new TreeMap<String, String>();
        entries.put("imported", Shown.of(source));
        entries.put("imported difference", Float.toString(check.largest()));
        return new Lineage(entries);
    }
}

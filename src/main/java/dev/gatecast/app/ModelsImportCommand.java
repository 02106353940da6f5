package dev.gatecast.app;

import dev.gatecast.codec.ModelImport;
import dev.gatecast.codec.UndecodableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description =
                "Makes a model of weights from PyTorch or Keras, tries it on the sequences that came with them, and"
                        + " publishes it.")
final class ModelsImportCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "Weights: .safetensors, .weights.h5 or .keras.")
    private Path from = Path.of("");

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "What the weights do not say, .properties or .json: inputs, scaling, cadence, quantiles.")
    private @Nullable Path recipe;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the model to a file instead of the models topic; backtest --models file:FILE takes it.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var imported = read();
        var model = imported.model();
        var print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "the same numbers on %d sequences: the largest difference is %.1e%n",
                imported.sequences(),
                imported.difference());
        if (out != null) {
            ModelFile.write(model, out);
            print.printf("model %s in %s%n", model.id(), out);
            return;
        }
        try (var registry = Cluster.of(config.read()).registry()) {
            registry.publish(model);
        }
        print.printf(
                "model %s is published; it is used after: gatecast models activate %s%n",
                model.id(), model.id().substring(0, 12));
    }

    private ModelImport.Imported read() {
        try {
            return ModelImport.read(from, recipe);
        } catch (IOException e) {
            throw new UserError(from + (recipe == null ? "" : " or " + recipe) + " cannot be read: " + e);
        } catch (UndecodableException e) {
            throw new UserError(from + " cannot be imported: " + e.getMessage());
        }
    }
}

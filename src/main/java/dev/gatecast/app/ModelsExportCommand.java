package dev.gatecast.app;

import dev.gatecast.codec.ModelExport;
import dev.gatecast.forecast.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes a model as a file that other tools read.")
final class ModelsExportCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Parameters(paramLabel = "ID|FILE", description = "A published model's id or its first digits, or a model's file.")
    private String model = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "safetensors: weights under PyTorch's names; onnx: the arithmetic, for ONNX Runtime.")
    private ModelExport.Target target = ModelExport.Target.SAFETENSORS;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Of a model that has a recipe for each of several targets: the one to write.")
    private @Nullable String series;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var found = ofTarget(find());
        byte[] bytes;
        try {
            bytes = target.bytes(found);
            Files.write(out, bytes);
        } catch (IllegalArgumentException e) {
            throw new UserError("model " + found.id() + " cannot be written as " + target + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UserError(out + " cannot be written: " + e);
        }
        spec.commandLine().getOut().printf("model %s as %s in %s, %d bytes%n", found.id(), target, out, bytes.length);
    }

    private Model ofTarget(Model whole) {
        var names = List.copyOf(whole.recipes().keySet());
        var named = whole.targets().stream()
                .filter(one -> one.target().equals(series))
                .map(Model.OfTarget::model)
                .findFirst();
        if (named.isEmpty() && !(names.isEmpty() && series == null)) {
            throw new UserError("--target: " + (names.isEmpty() ? "nothing" : "one of " + names)
                    + " was expected, as the model has " + (names.isEmpty() ? "one recipe" : "a recipe for each")
                    + ", got " + (series == null ? "nothing" : series));
        }
        return named.orElse(whole);
    }

    private Model find() {
        if (Files.isRegularFile(Path.of(model))) {
            return ModelFile.read(Path.of(model));
        }
        try {
            PublishedModels.requireForm(model);
        } catch (UserError e) {
            throw new UserError("there is no file " + model + ", and " + e.getMessage());
        }
        try (var registry = Cluster.of(config.read()).registry()) {
            var id = PublishedModels.find(model, registry);
            return registry.load(id).orElseThrow(() -> new UserError("model " + id + " is gone"));
        }
    }
}

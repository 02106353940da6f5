package dev.gatecast.app;

import dev.gatecast.forecast.Model;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "show", description = "Shows what a published model is, and where it comes from.")
final class ModelsShowCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Parameters(paramLabel = "ID", description = "The model's id, or its first digits.")
    private String id = "";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PublishedModels.requireForm(id);
        try (var registry = Cluster.of(config.read()).registry()) {
            var full = PublishedModels.find(id, registry);
            var model = registry.load(full).orElseThrow(() -> new UserError("model " + full + " is gone"));
            print(model, spec.commandLine().getOut());
        }
    }

    private static void print(Model model, PrintWriter out) {
        var recipe = model.recipe();
        var sizes = recipe.networks().get(0).architecture();
        var features = recipe.spec();
        line(out, "id", model.id());
        if (!model.targets().isEmpty()) {
            var targets = List.copyOf(model.recipes().keySet());
            line(out, "recipes", "of " + targets + "; what follows is that of " + targets.get(0));
        }
        line(out, "networks", recipe.networks().size());
        line(out, "cell", sizes.cell().text() + ", layers " + sizes.layers() + ", hidden " + sizes.hidden());
        line(
                out,
                "head",
                sizes.head().output().text() + ", units " + sizes.head().units() + ", recent values "
                        + features.windows().profile());
        line(out, "start", sizes.options().learnedStart() ? "learned" : "zero");
        line(
                out,
                "attention",
                sizes.options().attention().text() + ", states "
                        + sizes.options().memory());
        line(out, "horizon", recipe.horizons());
        line(out, "quantiles", Arrays.toString(recipe.levels()));
        line(out, "cadence", features.cadence() == 0 ? "none" : Duration.ofMillis(features.cadence()));
        line(
                out,
                "seasons",
                features.seasons().shorter() + ", " + features.seasons().longer());
        line(out, "transform", features.transform());
        line(out, "inputs", String.join(", ", features.inputNames()));
        var coming = features.context().future();
        if (coming.steps() > 0) {
            line(out, "to come", String.join(", ", coming.ahead().fields()) + ": " + coming.steps() + " steps");
        }
        line(out, "warm-up", recipe.warmUp() + " steps");
        model.lineage().entries().forEach((name, text) -> line(out, "lineage " + name, text));
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.printf("%-12s %s%n", name + ":", value);
    }
}

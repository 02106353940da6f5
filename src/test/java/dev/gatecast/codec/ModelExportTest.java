package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Input;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Correction;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.model.Output;
import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported to safetensors comes back as the same model. */
class ModelExportTest {
    private static final ModelCodec CODEC = new ModelCodec();

    @TempDir
    Path folder;

    private void assertComesBack(Recipe recipe) throws IOException, UndecodableException {
        var model = CODEC.name(recipe, new Lineage(new TreeMap<>()));
        var file = Files.write(folder.resolve("m.safetensors"), ModelExport.Target.SAFETENSORS.bytes(model));
        Model back = ModelImport.read(file, null).model();
        assertEquals(model.fingerprint(), back.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void everyCellComesBack(CellKind cell) throws IOException, UndecodableException {
        for (var calendar : List.of(true, false)) {
            var like = Models.spec(Transform.LOG);
            var spec = new FeatureSpec(
                    like.transform(), like.seasons(), like.windows(), like.cadence(), calendar, like.spread());
            var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, Models.LEVELS.length);
            var sizes = new Architecture(cell, spec.inputs(), 5, 2, head);
            assertComesBack(new Recipe(spec, List.of(Models.network(sizes, 3, 0.2)), Models.LEVELS, 7));
        }
    }

    @Test
    void aLearnedStartDecayAndAttentionComeBack() throws IOException, UndecodableException {
        var spec = Models.spec(Transform.LOG);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, Models.LEVELS.length);
        for (var attention : List.of(Attention.ADDITIVE, Attention.DOT)) {
            var options = new Architecture.Options(true, 2, attention, 5);
            var sizes = new Architecture(CellKind.GRU, spec.inputs(), 5, 2, head, options);
            assertComesBack(new Recipe(spec, List.of(Models.network(sizes, 3, 0.2)), Models.LEVELS, 7));
        }
    }

    @Test
    void aHeadOfDistributionsComesBack() throws IOException, UndecodableException {
        var spec = Models.spec(Transform.SQRT);
        for (var output : List.of("gaussian", "student-t 5", "student-t auto")) {
            var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, Output.of(output));
            var sizes = new Architecture(CellKind.LSTM, spec.inputs(), 5, 1, head);
            assertComesBack(new Recipe(spec, List.of(Models.network(sizes, 3, 0.2)), Models.LEVELS, 7));
        }
    }

    @Test
    void correctionFleetAndLinearExpertComeBack() throws IOException, UndecodableException {
        var plain = Models.random(1).recipe();
        var widths = new float[Correction.groups(plain.horizons()).length * plain.levels().length];
        Arrays.fill(widths, 1.2345678f);
        var rest = new Fleet.Rest(2, 0.5, 24, 0.25, 1.5, 0.125);
        var moments = new Fleet.Moments(0.1, 4);
        var fleet = new Fleet(Transform.LOG, new float[] {1, -1}, moments, moments, 0.3, rest);
        assertComesBack(plain.with(new Correction(978_307_200_001L, widths, 0)));
        assertComesBack(plain.with(fleet));
        var weights = new float[2 * plain.horizons()];
        weights[3] = 0.25f;
        assertComesBack(plain.with(new LinearForecast(weights, new float[plain.horizons()])));
    }

    @Test
    void whatIsSeenBesideTheTargetComesBack() throws IOException, UndecodableException {
        var fields = Models.fields("load").past();
        var categories = Models.categories("express", "local").categories();
        for (var context : List.of(
                new Context(Models.days(), fields, categories),
                Models.categories("a"),
                Models.fields("load"),
                Models.future(3))) {
            assertComesBack(Models.withContext(1, context).recipe());
        }
    }

    @Test
    void aDamagedContextIsRefused() throws IOException {
        var model = Models.withContext(1, Models.categories("express"));
        var file = Files.write(folder.resolve("m.safetensors"), ModelExport.Target.SAFETENSORS.bytes(model));
        var recipe = folder.resolve("m.properties");
        Files.writeString(recipe, "context.categories=zz\n");
        var wrong = assertThrows(UndecodableException.class, () -> ModelImport.read(file, recipe));
        assertEquals(
                "recipe: context.categories: what an export wrote, hexadecimal digits, was expected, not zz",
                wrong.getMessage());
        Files.writeString(recipe, "context.categories=02\n");
        assertThrows(UndecodableException.class, () -> ModelImport.read(file, recipe));
    }

    @Test
    void severalNetworksComeBack() throws IOException, UndecodableException {
        var one = Models.random(1).recipe();
        var two = Models.random(2).recipe();
        var networks = List.of(one.networks().get(0), two.networks().get(0));
        assertComesBack(new Recipe(one.spec(), networks, one.levels(), 24));
    }

    @Test
    void listedInputsComeBack() throws IOException, UndecodableException {
        var like = Models.spec(Transform.SQRT);
        for (var scale : List.of(new InputChoice.Scale.Recent(), new InputChoice.Scale.Fixed(0.1, 1 / 3.0))) {
            var choice = new InputChoice.Listed(scale, List.of(Input.of("value")));
            var spec = new FeatureSpec(
                    like.transform(), like.seasons(), new FeatureSpec.Windows(9, 0, 99), 0, choice, like.spread());
            var sizes = new Architecture(CellKind.GRU, 1, 3, 1, new Architecture.Head(0, 0, 0, 4, 5));
            assertComesBack(new Recipe(spec, List.of(Models.network(sizes, 2, 0.3)), Models.LEVELS, 1));
        }
    }
}

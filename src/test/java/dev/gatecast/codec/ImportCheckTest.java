package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Context;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.support.Models;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An import is refused where the network gives other numbers than its file says, and taken where it gives the same. */
class ImportCheckTest {
    private static final float ACCEPTED = 9e-6f;
    private static final float REFUSED = 2e-5f;
    private static final String OUTPUTS = "check.outputs";

    /** PyTorch's file, with the outputs that this network gives, so that a difference is exactly the one put in. */
    private static TreeMap<String, ForeignTensor> foreign() throws IOException, UndecodableException {
        var url = Objects.requireNonNull(ImportCheckTest.class.getResource("torch/gru.safetensors"));
        var bytes = Files.readAllBytes(Path.of(url.getPath()));
        var tensors = new TreeMap<>(
                Safetensors.read(new ByteArrayInputStream(bytes), bytes.length).tensors());
        var network = read(tensors, foreignFacts()).model().recipe().networks().get(0);
        var inputs = Objects.requireNonNull(tensors.get("check.inputs"));
        var size = inputs.values().length / inputs.shape().get(0);
        var expected = Objects.requireNonNull(tensors.get(OUTPUTS)).values();
        for (var sequence = 0; sequence < inputs.shape().get(0); sequence++) {
            var of = Arrays.copyOfRange(inputs.values(), sequence * size, (sequence + 1) * size);
            var given = new Trial(of, new float[0], new float[0], 0).run(network);
            System.arraycopy(given, 0, expected, sequence * given.length, given.length);
        }
        return tensors;
    }

    private static TreeMap<String, String> foreignFacts() {
        return new TreeMap<>(Map.of(
                "inputs", "value, lag-2",
                "scaling.by", "fixed",
                "scaling.mean", "20",
                "scaling.deviation", "4",
                "cadence", "PT1H",
                "seasons", "24",
                "quantiles", "0.1, 0.5, 0.9"));
    }

    private static ForeignWeights own(Model model) throws IOException, UndecodableException {
        var bytes = ModelExport.Target.SAFETENSORS.bytes(model);
        return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
    }

    static TreeMap<String, String> facts(ForeignWeights own) {
        var facts = new TreeMap<String, String>();
        own.facts().forEach((name, fact) -> {
            if (name.startsWith(ModelImport.FACT)) {
                facts.put(name.substring(ModelImport.FACT.length()), fact);
            }
        });
        return facts;
    }

    private static ModelImport.Imported read(TreeMap<String, ForeignTensor> tensors, TreeMap<String, String> recipe)
            throws UndecodableException {
        return ModelImport.imported(new ForeignWeights(tensors, new TreeMap<>()), new RecipeText(recipe), "test");
    }

    private static String refusal(TreeMap<String, ForeignTensor> tensors, TreeMap<String, String> recipe) {
        return refusal(tensors, recipe, "");
    }

    private static String refusal(TreeMap<String, ForeignTensor> tensors, TreeMap<String, String> recipe, String why) {
        var refused = assertThrows(UndecodableException.class, () -> read(tensors, recipe), why);
        return String.valueOf(refused.getMessage());
    }

    /** Adds to the last of the numbers that are expected, relative where it is above 1. */
    private static void move(TreeMap<String, ForeignTensor> tensors, String name, float difference) {
        var values = Objects.requireNonNull(tensors.get(name), name).values();
        var last = values.length - 1;
        values[last] += difference * Math.max(1, Math.abs(values[last]));
    }

    /** Exchanges the first two gates' weights. */
    private static void swap(TreeMap<String, ForeignTensor> tensors, String name) {
        var tensor = Objects.requireNonNull(tensors.get(name), name);
        var gate = tensor.values().length / 3;
        for (var i = 0; i < gate; i++) {
            var first = tensor.values()[i];
            tensor.values()[i] = tensor.values()[gate + i];
            tensor.values()[gate + i] = first;
        }
    }

    @Test
    void aForeignFileIsTakenBelowTheToleranceAndRefusedAboveIt() throws IOException, UndecodableException {
        assertEquals(0, read(foreign(), foreignFacts()).difference());
        var near = foreign();
        move(near, OUTPUTS, ACCEPTED);
        assertEquals(ACCEPTED, read(near, foreignFacts()).difference(), 2e-7f);
        for (var sign : List.of(-1, 1)) {
            var far = foreign();
            move(far, OUTPUTS, sign * REFUSED);
            assertTrue(refusal(far, foreignFacts()).startsWith("check: output 5 of sequence 2: "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight_ih_l0", "weight_hh_l0", "bias_ih_l0"})
    void swappedGatesOfAForeignFileAreRefused(String name) throws IOException, UndecodableException {
        var tensors = foreign();
        var prefixed = tensors.keySet().stream()
                .filter(any -> any.endsWith(name))
                .findFirst()
                .orElseThrow();
        swap(tensors, prefixed);
        assertTrue(refusal(tensors, foreignFacts()).startsWith("check: output "));
    }

    static Stream<Model> models() {
        var one = Models.random(3);
        var other = Models.random(4).recipe();
        var networks = List.of(one.recipe().networks().get(0), other.networks().get(0));
        var spec = one.recipe().spec();
        var head = one.recipe().networks().get(0).architecture().head();
        var options = new Architecture.Options(true, 2, Attention.ADDITIVE, 5);
        var all = new Architecture(CellKind.GRU, spec.inputs(), 5, 2, head, options);
        return Stream.of(
                one,
                new ModelCodec().name(new Recipe(spec, networks, Models.LEVELS, 24), one.lineage()),
                Models.directed(2),
                Models.withContext(1, Models.categories("express", "local", "night")),
                Models.withContext(
                        1, new Context(Models.days(), Models.fields("load").past())),
                Models.model(spec, Models.network(all, 3, 0.2), 3));
    }

    @ParameterizedTest
    @MethodSource("models")
    void anExportIsTakenBelowTheToleranceAndRefusedAboveIt(Model model) throws IOException, UndecodableException {
        var several = model.recipe().networks().size();
        var outputs = (several > 1 ? "network1." : "") + OUTPUTS;
        Consumer<Float> refused = difference -> {
            try {
                var file = own(model);
                var tensors = new TreeMap<>(file.tensors());
                move(tensors, outputs, difference);
                assertTrue(refusal(tensors, facts(file)).startsWith("check: output "));
            } catch (IOException | UndecodableException e) {
                throw new AssertionError(e);
            }
        };
        refused.accept(REFUSED);
        refused.accept(-REFUSED);
        var file = own(model);
        var same = read(new TreeMap<>(file.tensors()), facts(file));
        assertEquals(8 * several, same.sequences());
        assertEquals(0, same.difference());
        var near = new TreeMap<>(own(model).tensors());
        move(near, outputs, ACCEPTED);
        assertEquals(ACCEPTED, read(near, facts(file)).difference(), 2e-7f);
    }

    @ParameterizedTest
    @MethodSource("models")
    void swappedGatesOfAnExportAreRefused(Model model) throws IOException, UndecodableException {
        var prefix = model.recipe().networks().size() > 1 ? "network1." : "";
        for (var name : List.of("weight_ih_l0", "weight_hh_l0", "bias_hh_l0")) {
            var file = own(model);
            var tensors = new TreeMap<>(file.tensors());
            swap(tensors, prefix + name);
            assertTrue(refusal(tensors, facts(file)).startsWith("check: output "));
        }
    }

    /** Every tensor has a part in what is checked. */
    @ParameterizedTest
    @MethodSource("models")
    void aChangeOfAnyTensorOfAnExportIsRefused(Model model) throws IOException, UndecodableException {
        for (var name : own(model).tensors().keySet()) {
            if (!name.contains("check.")) {
                var file = own(model);
                var tensors = new TreeMap<>(file.tensors());
                var values = Objects.requireNonNull(tensors.get(name)).values();
                for (var i = 0; i < values.length; i++) {
                    values[i] += i % 2 == 0 ? 0.5f : -0.25f;
                }
                assertTrue(refusal(tensors, facts(file), name).startsWith("check: output "), name);
            }
        }
    }

    @Test
    void anExportWithoutSequencesIsRefused() throws IOException, UndecodableException {
        for (var name : List.of("check.inputs", OUTPUTS)) {
            var file = own(Models.random(1));
            var tensors = new TreeMap<>(file.tensors());
            tensors.remove(name);
            assertTrue(refusal(tensors, facts(file)).startsWith("recipe: " + name + " is missing"));
        }
    }

    @Test
    void sequencesThatDoNotFitAreRefused() throws IOException, UndecodableException {
        var file = own(Models.withContext(1, Models.categories("express", "local")));
        var tensors = new TreeMap<>(file.tensors());
        tensors.put(Trial.PROFILE, new ForeignTensor(List.of(3), new float[3]));
        assertEquals("check: 8 times 48 numbers of check.profile were expected, not 3", refusal(tensors, facts(file)));
        tensors = new TreeMap<>(file.tensors());
        tensors.put(Trial.CATEGORIES, new ForeignTensor(List.of(8), new float[] {0, 1.5f, 0, 0, 0, 0, 0, 0}));
        assertEquals("check: a category of 0 to 2 was expected, not 1.5", refusal(tensors, facts(file)));
    }

    @Test
    void aCheckThatWouldTakeMinutesIsRefused() throws IOException, UndecodableException {
        var tensors = foreign();
        tensors.put("check.inputs", new ForeignTensor(List.of(3 * 1_000_000, 2), new float[6_000_000]));
        assertTrue(refusal(tensors, foreignFacts()).startsWith("check: at most 100000 steps"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000000000", "100001", "-1"})
    void aWarmUpBeyondItsBoundsIsRefused(String steps) throws IOException, UndecodableException {
        var facts = foreignFacts();
        facts.put("warm-up", steps);
        assertEquals("recipe: warm-up: expected 0 to 100000 steps, got " + steps, refusal(foreign(), facts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seasons=2147483647", "scaling.window=2147483647", "ring=2147483647", "horizon=2147483647"})
    void otherLengthsBeyondTheirBoundsAreRefused(String entry) throws IOException, UndecodableException {
        var facts = foreignFacts();
        facts.put(entry.substring(0, entry.indexOf('=')), "2147483647");
        assertTrue(refusal(foreign(), facts).contains("2147483647"));
    }
}

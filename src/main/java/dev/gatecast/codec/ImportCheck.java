package dev.gatecast.codec;

import dev.gatecast.feature.Columns;
import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Network;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * Runs an imported network on the sequences that came with it, and refuses it where it gives other numbers than the
 * library it comes from: by more than {@link #TOLERANCE}, relative to what was expected where that is above 1.
 *
 * <p>{@code check.inputs} (sequences, steps, inputs) and {@code check.outputs} (sequences, outputs), as tensors of the file
 * or as numbers in the recipe; an export from here has what the head sees beside the hidden state, too.
 * {@code check.values} (steps), where it is given, are the values in the entity's units of the first sequence, one cadence
 * apart, the first at {@code check.start}: the features made of them must be that sequence's inputs, but for the first
 * {@code check.skip} steps.
 */
final class ImportCheck {
    static final float TOLERANCE = 1e-5f;

    /** Of all sequences together, so that a check ends within a fraction of a second. */
    private static final int MOST_STEPS = 100_000;

    private static final long MOST_PRODUCTS = 1L << 29;

    private final RecipeText text;
    private final SortedMap<String, ForeignTensor> tensors;
    private float largest;

    ImportCheck(RecipeText text, SortedMap<String, ForeignTensor> tensors) {
        this.text = text;
        this.tensors = tensors;
    }

    /**
     * Checks a network.
     *
     * @param outputs the network's outputs in the file's order to the order in which it gives them, (outputs)
     * @param prefix begins the name of what it is to give
     * @return the number of sequences
     */
    int check(Network network, int[] outputs, String prefix) throws UndecodableException {
        var sizes = network.architecture();
        var inputs = values(Trial.INPUTS);
        var expected = values(prefix + Trial.OUTPUTS);
        var sequences = expected.length / outputs.length;
        if (sequences < 1
                || sequences * outputs.length != expected.length
                || inputs.length % (sequences * sizes.inputs()) != 0
                || inputs.length == 0) {
            throw new UndecodableException("check: sequences of steps of " + sizes.inputs() + " inputs and "
                    + outputs.length + " outputs each were expected, not " + inputs.length + " inputs and "
                    + expected.length + " outputs");
        }
        refuseEndless(network, inputs.length / sizes.inputs());
        var length = inputs.length / sequences;
        for (var sequence = 0; sequence < sequences; sequence++) {
            var of = Arrays.copyOfRange(inputs, sequence * length, (sequence + 1) * length);
            var given = trial(of, sequence, sequences, sizes).run(network);
            for (var i = 0; i < outputs.length; i++) {
                compare(
                        "check: output " + i + " of sequence " + sequence,
                        expected[sequence * outputs.length + i],
                        given[outputs[i]]);
            }
        }
        return sequences;
    }

    /** What the head sees besides is zeros where the file does not say it: no part of the check. */
    private Trial trial(float[] inputs, int sequence, int sequences, Architecture sizes) throws UndecodableException {
        var rows = sizes.options().categories().rows();
        var category = rows == 0 ? 0 : part(Trial.CATEGORIES, sequence, sequences, 1)[0];
        if (rows > 0 && !(category >= 0 && category < rows && category == (int) category)) {
            throw new UndecodableException(
                    "check: a category of 0 to " + (rows - 1) + " was expected, not " + category);
        }
        return new Trial(
                inputs,
                part(Trial.PROFILE, sequence, sequences, sizes.head().profile()),
                part(Trial.EXTRAS, sequence, sequences, sizes.head().extras()),
                (int) category);
    }

    private float[] part(String name, int sequence, int sequences, int length) throws UndecodableException {
        var tensor = tensors.get(name);
        if (tensor == null || length == 0) {
            return new float[length];
        }
        if (tensor.values().length != sequences * length) {
            throw new UndecodableException("check: " + sequences + " times " + length + " numbers of " + name
                    + " were expected, not " + tensor.values().length);
        }
        return Arrays.copyOfRange(tensor.values(), sequence * length, (sequence + 1) * length);
    }

    private static void refuseEndless(Network network, int steps) throws UndecodableException {
        var weights = network.architecture().tensors().values().stream()
                .mapToLong(Architecture.Shape::size)
                .sum();
        if (steps > MOST_STEPS || steps * weights > MOST_PRODUCTS) {
            throw new UndecodableException("check: at most " + MOST_STEPS + " steps and " + MOST_PRODUCTS
                    + " products of weights were expected, not " + steps + " steps of " + weights + " weights");
        }
    }

    /** Checks the features, where the recipe gives the values that they are made of. */
    void check(FeatureSpec spec) throws UndecodableException {
        if (!text.has("check.values") && !tensors.containsKey("check.values")) {
            return;
        }
        var values = values("check.values");
        var inputs = values(Trial.INPUTS);
        var skip = text.whole("check.skip", 0);
        var start = start();
        if (inputs.length < values.length * spec.inputs()) {
            throw new UndecodableException(
                    "check: as many steps of inputs as values were expected, not " + inputs.length / spec.inputs());
        }
        var transformed = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            transformed[i] = spec.transform().forward(values[i]);
        }
        var columns = Columns.of(transformed);
        var encoder = new Encoder(spec);
        var encoded = new Encoded(spec);
        for (var step = Math.max(0, skip); step < values.length; step++) {
            encoder.encodeAt(columns, step + 1, step + 1, start + step * spec.cadence(), encoded);
            for (var i = 0; i < spec.inputs(); i++) {
                compare(
                        "check: input " + spec.inputNames().get(i) + " of step " + step,
                        inputs[step * spec.inputs() + i],
                        encoded.inputs()[i]);
            }
        }
    }

    /** The largest difference seen, relative where the expected number is above 1. */
    float largest() {
        return largest;
    }

    private float[] values(String name) throws UndecodableException {
        var tensor = tensors.get(name);
        if (tensor != null) {
            return tensor.values();
        }
        text.required(name, "sequences that the network is tried on, here or as a tensor of the file");
        return text.numbers(name);
    }

    private long start() throws UndecodableException {
        var start = text.text("check.start", "1970-01-01T00:00:00Z");
        try {
            return Instant.parse(start).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw text.wrong("check.start", "a time such as 2001-01-01T00:00:00Z", e);
        }
    }

    private void compare(String what, float expected, float actual) throws UndecodableException {
        var difference = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
        if (!(difference <= TOLERANCE)) {
            throw new UndecodableException(what + ": " + expected + " was expected, not " + actual);
        }
        largest = Math.max(largest, difference);
    }
}

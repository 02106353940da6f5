package dev.gatecast.codec;

import dev.gatecast.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One sequence that a network is tried on, from its start to the forecast after the last step.
 *
 * @param inputs (steps, inputs)
 * @param profile what the head sees one by one, (profile)
 * @param extras the head's further inputs, (extras)
 * @param category its row, where the network knows categories
 */
@SuppressWarnings("ArrayRecordComponent")
record Trial(float[] inputs, float[] profile, float[] extras, int category) {
    static final String INPUTS = "check.inputs";
    static final String OUTPUTS = "check.outputs";
    static final String PROFILE = "check.profile";
    static final String EXTRAS = "check.extras";
    static final String CATEGORIES = "check.categories";

    private static final int SEQUENCES = 8;
    private static final int STEPS = 6; // few enough that the start still tells
    private static final long SEED = 1;
    private static final float BOUND = 2;

    /** The head's numbers, (outputs). */
    float[] run(Network network) {
        var sizes = network.architecture();
        var hidden = new float[sizes.stateSize()];
        network.start(hidden, 0);
        var scratch = network.newScratch();
        var step = new float[sizes.inputs()];
        var further = extras.clone();
        for (var at = 0; at < inputs.length; at += step.length) {
            System.arraycopy(inputs, at, step, 0, step.length);
            network.embed(category, step, further);
            network.step(step, hidden, scratch);
        }
        var out = new float[sizes.head().outputs()];
        network.head(hidden, profile, further, out, scratch);
        return out;
    }

    /**
     * What an export brings along, as tensors of the file: random sequences, the same for all networks of a size, and what
     * each network gives.
     *
     * @param prefixes begin the names of each network's tensors
     */
    static SortedMap<String, ForeignTensor> tensors(List<Network> networks, List<String> prefixes) {
        var sizes = networks.get(0).architecture();
        var rows = sizes.options().categories().rows();
        var random = new Random(SEED);
        var trials = new ArrayList<Trial>();
        for (var i = 0; i < SEQUENCES; i++) {
            trials.add(new Trial(
                    numbers(STEPS * sizes.inputs(), random),
                    numbers(sizes.head().profile(), random),
                    numbers(sizes.head().extras(), random),
                    i * rows / SEQUENCES));
        }
        var tensors = new TreeMap<String, ForeignTensor>();
        tensors.put(INPUTS, tensor(trials.stream().map(Trial::inputs).toList(), SEQUENCES, STEPS, sizes.inputs()));
        put(tensors, PROFILE, trials.stream().map(Trial::profile).toList());
        put(tensors, EXTRAS, trials.stream().map(Trial::extras).toList());
        if (rows > 0) {
            put(
                    tensors,
                    CATEGORIES,
                    trials.stream().map(trial -> new float[] {trial.category}).toList());
        }
        for (var n = 0; n < networks.size(); n++) {
            var network = networks.get(n);
            put(
                    tensors,
                    prefixes.get(n) + OUTPUTS,
                    trials.stream().map(trial -> trial.run(network)).toList());
        }
        return tensors;
    }

    private static void put(TreeMap<String, ForeignTensor> tensors, String name, List<float[]> rows) {
        if (rows.get(0).length > 0) {
            tensors.put(name, tensor(rows, rows.size(), rows.get(0).length));
        }
    }

    private static ForeignTensor tensor(List<float[]> rows, Integer... shape) {
        var length = rows.get(0).length;
        var all = new float[rows.size() * length];
        for (var row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, all, row * length, length);
        }
        return new ForeignTensor(List.of(shape), all);
    }

    private static float[] numbers(int n, Random random) {
        var numbers = new float[n];
        for (var i = 0; i < n; i++) {
            numbers[i] = (2 * random.nextFloat() - 1) * BOUND;
        }
        return numbers;
    }
}

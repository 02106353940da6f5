package dev.gatecast.trainer;

import dev.gatecast.trainer.TrainerSettings.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What tuning chooses.
 *
 * @param hidden units of each layer
 * @param layers of the cell
 * @param rate largest learning rate
 * @param window steps
 */
record Candidate(int hidden, int layers, double rate, int window) {
    private static final int[] HIDDEN = {16, 24, 32, 48, 64, 96, 128};
    private static final int[] LAYERS = {1, 1, 2, 3};
    private static final double[] RATES = {5e-4, 1e-3, 2e-3, 3e-3, 6e-3, 1e-2};
    private static final int[] WINDOWS = {48, 72, 96, 144, 192, 288};
    private static final int MOST_DRAWS = 10_000;

    /** What is set. {@code settings} with a rate. */
    static Candidate set(TrainerSettings settings) {
        var core = settings.sizes().core();
        return new Candidate(
                core.hidden(),
                core.layers(),
                settings.descent().rate(),
                settings.batches().length());
    }

    /**
     * What is set, then others drawn by the seed, all different.
     *
     * @param settings with a rate
     * @param rows of the longest entity; no other window is longer
     * @param fits which may be drawn
     */
    static List<Candidate> drawn(TrainerSettings settings, int count, int rows, Predicate<Candidate> fits) {
        var random = new Random(settings.run().seed());
        var all = new ArrayList<Candidate>();
        all.add(set(settings));
        for (int i = 0; i < MOST_DRAWS && all.size() < count; i++) {
            var one = new Candidate(
                    HIDDEN[random.nextInt(HIDDEN.length)],
                    LAYERS[random.nextInt(LAYERS.length)],
                    RATES[random.nextInt(RATES.length)],
                    WINDOWS[random.nextInt(WINDOWS.length)]);
            if (one.window <= rows && !all.contains(one) && fits.test(one)) {
                all.add(one);
            }
        }
        return all;
    }

    /** The settings with it. */
    TrainerSettings in(TrainerSettings settings) {
        var sizes = settings.sizes();
        var core = sizes.core();
        var changed = new Core(core.cell(), layers, hidden, core.learnedStart(), core.attention(), core.memory());
        return new TrainerSettings(
                settings.target(),
                sizes.with(changed),
                settings.batches().ofLength(window),
                settings.descent().with(rate),
                settings.holdOut(),
                settings.run());
    }

    /** As settings, by their keys. */
    SortedMap<String, String> settings() {
        return new TreeMap<>(Map.of(
                "train.hidden", String.valueOf(hidden),
                "train.layers", String.valueOf(layers),
                "train.learning.rate", String.valueOf(rate),
                "train.window", String.valueOf(window)));
    }

    /** The same in a line. */
    String settingsText() {
        return settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }

    String text() {
        return String.format(Locale.ROOT, "hidden %3d, layers %d, rate %.4f, window %3d", hidden, layers, rate, window);
    }
}

package dev.gatecast.trainer;

import dev.gatecast.model.Architecture;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Descent;
import java.util.Locale;

/**
 * How much training the sizes of data and model ask for, where the settings leave it open.
 *
 * <p>The more rows there are to fit to, the faster weights may move: the rate grows with the root of the rows, from 0.001
 * on, up to 0.006 at 250,000 rows. From 100,000 rows on an iteration sees 64 windows, before it 32. There are 1,200
 * iterations of each network, fewer where all networks together would take longer than some ten minutes of one core; what
 * scores best on held-out rows is kept, so a small history takes no harm from too many.
 */
final class Effort {
    private static final int MOST_ITERATIONS = 1_200;
    private static final int LEAST_ITERATIONS = 200;
    private static final int MANY_ROWS = 100_000;
    private static final int MOST_WINDOWS = 64;
    private static final int LEAST_WINDOWS = 32;
    private static final double MOST_RATE = 6e-3;
    private static final double LEAST_RATE = 1e-3;
    private static final double ROWS_OF_MOST_RATE = 250_000;

    /** Multiply-adds of ten minutes of a core: 17 to 20 billion a second were measured. */
    private static final double MOST_WORK = 600 * 15e9;

    /** The way back costs twice the way there. */
    private static final int PASSES = 3;

    private Effort() {}

    /**
     * The settings with what is left open filled in.
     *
     * @param rows that are fitted to, of all entities
     * @param shape of each network
     */
    static TrainerSettings told(TrainerSettings settings, long rows, Architecture shape) {
        var batches = settings.batches();
        if (batches.windows() == Batches.WINDOWS_OF_DATA) {
            int windows = rows >= MANY_ROWS ? MOST_WINDOWS : LEAST_WINDOWS;
            batches = batches.with(windows);
        }
        var descent = settings.descent();
        int iterations = descent.iterations() == Descent.ITERATIONS_OF_DATA
                ? iterations(batches, shape, settings.sizes().networks())
                : descent.iterations();
        double rate = descent.rate() == Descent.RATE_OF_DATA ? rate(rows) : descent.rate();
        return settings.with(batches, descent.with(iterations).with(rate));
    }

    /** In words, for the model's lineage. */
    static String text(TrainerSettings told) {
        return String.format(
                Locale.ROOT,
                "%d iterations of %d windows, learning rate %.4f",
                told.descent().iterations(),
                told.batches().windows(),
                told.descent().rate());
    }

    private static double rate(long rows) {
        double rate = MOST_RATE * Math.sqrt(rows / ROWS_OF_MOST_RATE);
        return Math.max(LEAST_RATE, Math.min(MOST_RATE, rate));
    }

    private static int iterations(Batches batches, Architecture shape, int networks) {
        int origins = (batches.length() - batches.burnIn()) / batches.stride();
        double window = (double) batches.length() * stepWork(shape) + (double) origins * headWork(shape);
        double affordable = MOST_WORK / (PASSES * window * batches.windows() * networks);
        return (int) Math.max(LEAST_ITERATIONS, Math.min(MOST_ITERATIONS, affordable));
    }

    /** Multiply-adds of one step of the cell, about: four gates stand for every kind. */
    private static long stepWork(Architecture shape) {
        long hidden = shape.hidden();
        return 4 * hidden * (shape.inputs() + hidden + 2 * hidden * (shape.layers() - 1));
    }

    /** Multiply-adds of one forecast. */
    private static long headWork(Architecture shape) {
        var head = shape.head();
        long linear = (long) head.profile() * head.horizons();
        long layer = (long) head.units() * (shape.hidden() + head.profile() + head.extras());
        return linear + layer + (long) head.units() * head.outputs();
    }
}

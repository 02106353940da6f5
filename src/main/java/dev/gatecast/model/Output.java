package dev.gatecast.model;

/**
 * What the head's numbers of one horizon mean: how they are scored, where training starts, how quantiles come of them. A new
 * one is a new class, its name in {@link #of}, and its test; cells, head and training do not know which it is.
 */
public sealed interface Output
        permits QuantileOutput, GaussianOutput, StudentOutput, FreeStudentOutput, DirectionOutput, DirectedOutput {
    /** Numbers that the head gives for each horizon. */
    int width();

    /**
     * How many of a horizon's numbers, from the first on, lie where the values do, a distribution's location or the quantiles: the
     * skip path adds to them alone.
     */
    default int located() {
        return Math.max(1, ordered());
    }

    /** How many of a horizon's numbers, from the first on, are quantiles; 0 where a distribution gives them, or nothing. */
    default int ordered() {
        return 0;
    }

    /** Parts of one horizon's loss, which means are taken over: each quantile has one. */
    default int terms() {
        return Math.max(1, ordered());
    }

    /** Name and settings, as {@link #of} reads them. */
    String text();

    /** Whether it can be asked for that many quantiles; a distribution gives any. */
    default boolean gives(int quantiles) {
        return ordered() == 0 || ordered() == quantiles;
    }

    /**
     * What a horizon costs.
     *
     * @param levels the quantiles' levels that will be asked for, ascending
     */
    Loss loss(float[] levels);

    /**
     * Turns the head's numbers into quantiles.
     *
     * @param levels their levels, ascending
     * @throws IllegalStateException if it gives none
     */
    Fan fan(float[] levels);

    /**
     * The numbers that come closest to given quantiles.
     *
     * @param quantiles (horizons * levels). Not modified.
     * @param levels their levels, ascending
     * @param numbers (horizons * width). Modified.
     */
    void fit(float[] quantiles, float[] levels, float[] numbers);

    /** From the head's numbers to quantiles, all horizons at once. */
    interface Fan {
        /**
         * Allocates nothing.
         *
         * @param numbers (horizons * width). Not modified.
         * @param quantiles (horizons * levels). Modified.
         */
        void quantiles(float[] numbers, float[] quantiles);
    }

    /**
     * The output of a name.
     *
     * @throws IllegalArgumentException if there is none of that name, or its settings are not
     */
    static Output of(String text) {
        var words = text.split(" ", -1);
        if (words.length == 2 && words[0].equals(QuantileOutput.NAME)) {
            return new QuantileOutput(Integer.parseInt(words[1]));
        } else if (words.length == 1 && words[0].equals(GaussianOutput.NAME)) {
            return new GaussianOutput();
        } else if (text.equals(FreeStudentOutput.NAME)) {
            return new FreeStudentOutput();
        } else if (words.length == 2 && words[0].equals(StudentOutput.NAME)) {
            return new StudentOutput(Integer.parseInt(words[1]));
        } else if (words.length == 3 && words[0].equals(DirectionOutput.NAME)) {
            return new DirectionOutput(Float.parseFloat(words[1]), Float.parseFloat(words[2]));
        }
        if (words.length == 5 && words[0].equals(QuantileOutput.NAME) && words[2].equals(DirectionOutput.NAME)) {
            var direction = new DirectionOutput(Float.parseFloat(words[3]), Float.parseFloat(words[4]));
            return new DirectedOutput(Integer.parseInt(words[1]), direction);
        }
        throw new IllegalArgumentException(
                "output: expected quantiles N, gaussian, student-t N, student-t auto, direction X Y or quantiles N direction X Y");
    }
}

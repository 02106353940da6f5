package dev.gatecast.backtest;

import java.util.Arrays;

/**
 * Additive exponential smoothing with a damped trend (Holt 1957, Winters 1960, Gardner 1985), entity by entity. A few
 * sets of smoothing weights run side by side; the one with the least discounted squared error one step ahead speaks, so
 * that nothing is fitted to values that have not come. Half of the sets have no trend: most series have none, and a
 * wandering level looks like one. While the first season lasts, the last value.
 *
 * <p>Kept of an entity: the last slot, the values seen, then for each set of weights its error, level, trend and season.
 */
final class HoltWinters implements Contender {
    private static final double DAMPING = 0.95;
    private static final double DISCOUNT = 0.995;

    /** Weights of level, trend and season. */
    private static final double[][] WEIGHTS = {
        {0.05, 0, 0.2},
        {0.05, 0.005, 0.05},
        {0.2, 0, 0.2},
        {0.2, 0.02, 0.05},
        {0.5, 0, 0.2},
        {0.5, 0.05, 0.05},
        {0.8, 0, 0.2},
        {0.8, 0.08, 0.05},
    };

    private static final int SLOT = 0;
    private static final int SEEN = 1;
    private static final int SETS = 2;
    private static final int ERROR = 0;
    private static final int LEVEL = 1;
    private static final int TREND = 2;
    private static final int SEASON = 3;

    private final int season;

    /** @param season steps of a season; 1: none */
    HoltWinters(int season) {
        this.season = season;
    }

    @Override
    public String name() {
        return "holt-winters";
    }

    @Override
    public int reach() {
        return 1;
    }

    /** Room for the first season alone; many entities never get further. */
    @Override
    public double[] memory() {
        return new double[SETS + length()];
    }

    private int length() {
        return SEASON + season;
    }

    private int set(int number) {
        return SETS + number * length();
    }

    /** Where the season's part of a slot is in a set. */
    private int phase(double slot) {
        return SEASON + (int) Math.floorMod((long) slot, (long) season);
    }

    @Override
    public double[] tick(long slot, double value, double[] memory) {
        if (memory[SEEN] > 0 && slot - memory[SLOT] > 2L * season) {
            memory[SEEN] = 0; // after so long a gap its phase and level say nothing
        }
        if (memory[SEEN] < season) {
            begin(slot, value, memory);
        } else {
            var missing = slot - (long) memory[SLOT] - 1;
            for (var number = 0; number < WEIGHTS.length; number++) {
                update(set(number), WEIGHTS[number], missing, phase(slot), value, memory);
            }
        }
        memory[SLOT] = slot;
        memory[SEEN]++;
        return memory[SEEN] == season ? whole(memory) : memory;
    }

    /** Room for all sets of weights, each begun with the first season. */
    private double[] whole(double[] memory) {
        split(memory);
        var whole = Arrays.copyOf(memory, SETS + WEIGHTS.length * length());
        for (var number = 1; number < WEIGHTS.length; number++) {
            System.arraycopy(memory, SETS, whole, set(number), length());
        }
        return whole;
    }

    /** Gathers the first season. */
    private void begin(long slot, double value, double[] memory) {
        if (memory[SEEN] == 0) {
            Arrays.fill(memory, SETS, SETS + SEASON, 0);
            Arrays.fill(memory, SETS + SEASON, SETS + length(), value);
        }
        memory[SETS + phase(slot)] = value;
    }

    /** Splits the first season into level and season. */
    private void split(double[] memory) {
        var sum = 0.0;
        for (var i = 0; i < season; i++) {
            sum += memory[SETS + SEASON + i];
        }
        var level = sum / season;
        for (var i = 0; i < season; i++) {
            memory[SETS + SEASON + i] -= level;
        }
        memory[SETS + LEVEL] = level;
    }

    private void update(int set, double[] weights, long missing, int phase, double value, double[] memory) {
        var level = memory[set + LEVEL];
        var trend = memory[set + TREND];
        for (var step = 0; step < missing; step++) {
            trend *= DAMPING;
            level += trend;
        }
        var ahead = level + DAMPING * trend;
        var of = season == 1 ? 0 : memory[set + phase];
        var error = value - ahead - of;
        memory[set + ERROR] = DISCOUNT * memory[set + ERROR] + error * error;
        memory[set + LEVEL] = ahead + weights[0] * error;
        memory[set + TREND] = DAMPING * trend + weights[1] * error;
        memory[set + phase] = of + (season == 1 ? 0 : weights[2] * (1 - weights[0]) * error);
    }

    @Override
    public boolean atOnce() {
        return true;
    }

    @Override
    public void forecast(Window window, double[] memory, double[] into) {
        if (memory[SEEN] < season) {
            Arrays.fill(into, window.get(window.newest()));
            return;
        }
        var set = best(memory);
        var level = memory[set + LEVEL];
        var trend = memory[set + TREND];
        var phase = phase(memory[SLOT] + 1);
        for (var h = 0; h < into.length; h++) {
            trend *= DAMPING;
            level += trend;
            into[h] = level + (season == 1 ? 0 : memory[set + phase]);
            phase = phase + 1 == SEASON + season ? SEASON : phase + 1;
        }
    }

    private int best(double[] memory) {
        var best = set(0);
        for (var number = 1; number < WEIGHTS.length; number++) {
            if (memory[set(number) + ERROR] < memory[best + ERROR]) {
                best = set(number);
            }
        }
        return best;
    }
}

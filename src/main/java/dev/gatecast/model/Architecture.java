package dev.gatecast.model;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shape of a network: which cell, how large, and what its head gives.
 *
 * <p>An entity's state is, layer by layer, h and then the memory cell where the cell has one, and after all layers the
 * hidden states that attention remembers, oldest first.
 *
 * @param cell kind of recurrent cell
 * @param inputs values per step, 1 to 4096
 * @param hidden units of each layer's hidden state, 1 to 4096
 * @param layers recurrent layers, 1 to 4
 * @param head what turns the top layer's hidden state into a forecast
 * @param options what it has beyond that
 */
public record Architecture(CellKind cell, int inputs, int hidden, int layers, Head head, Options options) {
    private static final int MOST = 4096;
    private static final int MOST_LAYERS = 4;

    /** Checks every size. */
    public Architecture {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(head, "head");
        check("inputs", inputs, 1, MOST);
        check("hidden", hidden, 1, MOST);
        check("layers", layers, 1, MOST_LAYERS);
        check("elapsed", options.elapsed, Options.NO_DECAY, inputs - 1);
        check("numbers of a category", options.categories.width, 0, Math.min(inputs, head.extras));
    }

    /** Without options. */
    public Architecture(CellKind cell, int inputs, int hidden, int layers, Head head) {
        this(cell, inputs, hidden, layers, head, Options.NONE);
    }

    /**
     * What a network may have beyond cells and head.
     *
     * @param learnedStart whether the state before the first step is learned: {@code tanh(start)}; else zeros
     * @param elapsed the input that holds the time since the last step, not negative, with which every layer's state
     *     decays: {@code h ← exp(-max(0, w Δt + b)) h}; {@link #NO_DECAY} for none
     * @param attention how the head looks back
     * @param memory hidden states that it looks back at, the newest included: 1 to 1024 with attention, else 0
     * @param categories learned numbers of categories, the last of the inputs and of the head's extras:
     *     {@link Network#embed}
     */
    public record Options(boolean learnedStart, int elapsed, Attention attention, int memory, Categories categories) {
        /** No input holds the time since the last step. */
        public static final int NO_DECAY = -1;

        /** None of it. */
        public static final Options NONE = new Options(false, NO_DECAY, Attention.NONE, 0);

        /** Without categories. */
        public Options(boolean learnedStart, int elapsed, Attention attention, int memory) {
            this(learnedStart, elapsed, attention, memory, Categories.NONE);
        }

        /** Checks the sizes. */
        public Options {
            var looksBack = Objects.requireNonNull(attention, "attention") != Attention.NONE;
            check("memory", memory, looksBack ? 1 : 0, looksBack ? 1024 : 0);
        }

        boolean decays() {
            return elapsed != NO_DECAY;
        }

        boolean attends() {
            return attention != Attention.NONE;
        }

        boolean embeds() {
            return categories.rows > 0;
        }
    }

    /**
     * A table of learned numbers, a row for each category.
     *
     * @param rows categories, 0 to 4096
     * @param width numbers of each, 1 to 64; 0 without rows
     */
    public record Categories(int rows, int width) {
        /** None. */
        public static final Categories NONE = new Categories(0, 0);

        /** Checks both. */
        public Categories {
            check("categories", rows, 0, MOST);
            check("numbers of a category", width, rows == 0 ? 0 : 1, rows == 0 ? 0 : 64);
        }
    }

    /**
     * The head: {@code out = skip(profile) + W2 relu(W1 [h; profile; extras] + b1) + b2}.
     *
     * @param profile recent values that it sees beside the hidden state, 0 to 4096; with 0 there is no skip path
     * @param extras further inputs, such as the calendar, 0 to 4096; they need units
     * @param units size of its hidden layer, 0 to 4096; with 0, {@code out = skip(profile) + W2 h + b2}
     * @param horizons steps ahead, 1 to 4096
     * @param output what the numbers of a horizon mean
     */
    public record Head(int profile, int extras, int units, int horizons, Output output) {
        /** Checks every size. */
        public Head {
            check("profile", profile, 0, MOST);
            check("extras", extras, 0, MOST);
            check("units", units, 0, MOST);
            check("horizons", horizons, 1, MOST);
            Objects.requireNonNull(output, "output");
            if (units == 0 && extras > 0) {
                throw new IllegalArgumentException(
                        "a head without units sees the hidden state alone: expected extras 0, actual " + extras);
            }
        }

        /** That gives so many quantiles for each horizon. */
        public Head(int profile, int extras, int units, int horizons, int quantiles) {
            this(profile, extras, units, horizons, new QuantileOutput(quantiles));
        }

        /** Numbers for each horizon. */
        public int width() {
            return output.width();
        }

        /** Quantiles for each horizon; 0 where the output is another. */
        public int quantiles() {
            return output instanceof QuantileOutput quantile ? quantile.count() : 0;
        }

        /** Numbers in all: horizons * width. */
        public int outputs() {
            return horizons * output.width();
        }
    }

    /** Rows and columns of one tensor; a vector has one column. */
    public record Shape(int rows, int columns) {
        /** Number of values. */
        public int size() {
            return rows * columns;
        }

        @Override
        public String toString() {
            return "(" + rows + ", " + columns + ")";
        }
    }

    /** Floats in one layer's state: hidden, or twice as many where the cell has a memory cell beside h. */
    public int layerState() {
        return cell.states() * hidden;
    }

    /** Floats in one entity's state: layers * {@link #layerState()} + memory * hidden. */
    public int stateSize() {
        return memoryAt() + options.memory * hidden;
    }

    /** Where the remembered hidden states begin. */
    int memoryAt() {
        return layers * layerState();
    }

    /** Where the top layer's h begins. */
    int topAt() {
        return (layers - 1) * layerState();
    }

    /** Values that layer {@code layer} reads at each step. */
    int inputsOf(int layer) {
        return layer == 0 ? inputs : hidden;
    }

    /** The layers without weights. */
    Cell[] cells() {
        var cells = new Cell[layers];
        for (var layer = 0; layer < layers; layer++) {
            cells[layer] = new Cell(cell.gates(), layer, inputsOf(layer), hidden);
        }
        return cells;
    }

    /** Name and shape of every tensor, in order of names. */
    public SortedMap<String, Shape> tensors() {
        var tensors = new TreeMap<String, Shape>();
        for (var layer = 0; layer < layers; layer++) {
            cell.gates().layout(layer).declare(inputsOf(layer), hidden, tensors);
            if (options.learnedStart) {
                tensors.put(Starts.name(layer), new Shape(layerState(), 1));
            }
            if (options.decays()) {
                Decay.declare(layer, hidden, tensors);
            }
        }
        Embedding.declare(options.categories, tensors);
        Lookback.declare(options.attention, hidden, tensors);
        HeadLayout.declare(this, tensors);
        return Collections.unmodifiableSortedMap(tensors);
    }

    static void check(String what, int actual, int least, int most) {
        if (actual < least || actual > most) {
            throw new IllegalArgumentException(what + ": expected " + least + " to " + most + ", actual " + actual);
        }
    }
}

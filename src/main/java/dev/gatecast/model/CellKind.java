package dev.gatecast.model;

import java.util.Map;

/** The recurrent cells there are. */
public enum CellKind {
    /** Gated recurrent unit, reset after the product: PyTorch, Keras 3, cuDNN. */
    GRU {
        @Override
        void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
            GruLayout.declare(layer, inputs, hidden, tensors);
        }

        @Override
        Cell cell(int layer, int inputs, int hidden) {
            return new GruCell(layer, inputs, hidden);
        }
    },

    /** Gated recurrent unit, reset before the product and h' = (1 - z) h + z n: Cho 2014. */
    GRU_CLASSIC {
        @Override
        void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
            ClassicLayout.declare(layer, inputs, hidden, tensors);
        }

        @Override
        Cell cell(int layer, int inputs, int hidden) {
            return new ClassicCell(layer, inputs, hidden);
        }
    };

    /** Adds the names and shapes of one layer's weights. {@code tensors} Modified. */
    abstract void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors);

    /** A cell without weights; {@link Cell#load} gives it some. */
    abstract Cell cell(int layer, int inputs, int hidden);
}

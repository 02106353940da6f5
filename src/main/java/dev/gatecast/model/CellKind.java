package dev.gatecast.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The recurrent cells there are. */
public enum CellKind {
    /** Gated recurrent unit, reset after the product: PyTorch, Keras 3, cuDNN. */
    GRU(new GruGates()),

    /** Gated recurrent unit, reset before the product and h' = (1 - z) h + z n: Cho 2014. */
    GRU_CLASSIC(new ClassicGates()),

    /** Long short-term memory: PyTorch, Keras 3. */
    LSTM(new LstmGates()),

    /** Simple recurrent network with a tangent. */
    RNN(new RnnGates());

    @SuppressWarnings("ImmutableEnumChecker") // equations alone
    private final Gates gates;

    CellKind(Gates gates) {
        this.gates = gates;
    }

    Gates gates() {
        return gates;
    }

    /** Vectors of hidden values in a layer's state: 2 for {@link #LSTM}, h and then the memory cell; else 1. */
    public int states() {
        return gates.states();
    }

    /** The name in a configuration: {@code gru}, {@code gru-classic}, {@code lstm} or {@code rnn}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CellKind of(String text) {
        for (var kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        var all = Arrays.stream(values()).map(CellKind::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("cell: expected one of " + all + ", actual " + text);
    }
}

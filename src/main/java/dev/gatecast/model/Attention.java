package dev.gatecast.model;

import java.util.Locale;

/** How the head looks back at the last hidden states. */
public enum Attention {
    /** It sees the newest alone. */
    NONE,

    /** Bahdanau's: {@code e_k = v tanh(W_q h + b_q + W_k m_k)}. */
    ADDITIVE,

    /** Luong's, scaled: {@code e_k = (W_q h) m_k / √hidden}. */
    DOT;

    /** The name in a configuration: {@code none}, {@code additive} or {@code dot}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Attention of(String text) {
        for (var kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("attention: expected none, additive or dot, actual " + text);
    }
}

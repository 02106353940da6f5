package dev.gatecast.model;

/** What a tensor is for. */
public enum TensorKind {
    /** A cell's weights of its inputs. */
    INPUT,
    /** A cell's weights of its state. */
    RECURRENT,
    /** What is added, anywhere. */
    BIAS,
    /** The weights of the head's linear path. */
    SKIP,
    /** The head's other weights. */
    HEAD,
    /** The weights of attention. */
    ATTENTION,
    /** The state before the first step. */
    START,
    /** How fast the state decays. */
    DECAY,
    /** What is learned of categories. */
    CATEGORY;

    /** The kind of a tensor of {@link Architecture#tensors()}. */
    public static TensorKind of(String name) {
        if (name.startsWith("decay.")) {
            return DECAY;
        } else if (name.startsWith("start_")) {
            return START;
        } else if (name.startsWith("category.")) {
            return CATEGORY;
        } else if (name.startsWith("bias_") || name.startsWith("b_") || name.endsWith(".bias")) {
            return BIAS;
        } else if (name.startsWith("head.skip.")) {
            return SKIP;
        } else if (name.startsWith("head.")) {
            return HEAD;
        } else if (name.startsWith("attention.")) {
            return ATTENTION;
        }
        return name.startsWith("weight_hh") || name.startsWith("U_") ? RECURRENT : INPUT;
    }
}

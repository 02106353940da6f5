package dev.gatecast.model;

/** One recurrent layer with its weights compiled into row arrays. Only loading changes it. */
interface Cell {
    /** Takes over weights. Before it, all are zero. */
    void load(Tensors tensors);

    /** Takes over the weights for the way back as well, which a live network does without. */
    void loadBack(Tensors tensors);

    /** The way back through this cell for some lanes, with its own sums. */
    CellGradient gradient(int lanes);

    /** Length of a row of pre-activations. */
    int width();

    /** Arrays (hidden) that a step keeps for the way back. */
    int keeps();

    /**
     * One step of all lanes of {@code work}.
     *
     * @param x the lanes' inputs one after the other, from {@code xAt}. Not modified.
     * @param h the lanes' states one after the other, from {@code hAt}. Modified from {@code nextAt} on, where the states
     *     after the step go; the same place will do.
     */
    void step(float[] x, int xAt, float[] h, int hAt, int nextAt, CellWork work);
}

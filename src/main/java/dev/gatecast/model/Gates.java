package dev.gatecast.model;

/**
 * The equations of one kind of recurrent cell, elementwise, forwards and backwards; {@link Cell} and {@link CellGradient} do
 * the products around them. A new kind of cell is one more of these and a constant in {@link CellKind}. Has no numbers of
 * its own.
 */
interface Gates {
    /** Names, shapes and places of a layer's tensors. */
    CellLayout layout(int layer);

    /** Arrays (lanes * hidden) that a step keeps for the way back. */
    int keeps();

    /** Vectors of {@code hidden} values in a layer's state: 1, or 2 where there is a memory cell beside h. */
    int states();

    /** The largest size that a number of that vector can have, rounding included. */
    float limit(int state);

    /**
     * From {@code work.sums()} and {@code work.before()} to {@code work.after()}, keeping what the way back needs in {@code
     * work.kept()}. {@code work} Modified.
     */
    void forward(Cell cell, CellWork work, int lanes);

    /**
     * From the gradient of the state after the step to the gradient of the sums, in {@link CellGradient#part}, and of the
     * state before, as far as it goes without a product, in {@link CellGradient#ofState}. {@code gradient} Modified.
     */
    void back(CellGradient gradient, CellWork work, int lanes);
}

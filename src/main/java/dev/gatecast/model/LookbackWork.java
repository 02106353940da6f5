package dev.gatecast.model;

/**
 * What attention reads and writes. Belongs to one thread.
 *
 * @param states the remembered states, oldest first: the array that holds each, set by the caller, (memory)
 * @param at where in it the first lane's begins; the lanes follow one after the other, (memory)
 * @param query (lanes, hidden)
 * @param rows room for a product, (lanes, hidden)
 * @param share e, then α, (lanes, memory)
 * @param compared u of additive attention, (memory, lanes * hidden)
 * @param context c, (lanes * hidden)
 * @param out what the head sees, (lanes * hidden)
 * @param spare room for the activations, (lanes * hidden)
 */
@SuppressWarnings("ArrayRecordComponent")
record LookbackWork(
        float[][] states,
        int[] at,
        float[][] query,
        float[][] rows,
        float[][] share,
        float[][] compared,
        float[] context,
        float[] out,
        float[] spare) {
    /** Room for some lanes. */
    LookbackWork(Lookback attention, int lanes) {
        this(
                new float[attention.memory()][],
                new int[attention.memory()],
                new float[lanes][attention.hidden()],
                new float[lanes][attention.hidden()],
                new float[lanes][attention.memory()],
                new float[attention.additive() ? attention.memory() : 0][lanes * attention.hidden()],
                new float[lanes * attention.hidden()],
                new float[lanes * attention.hidden()],
                new float[lanes * attention.hidden()]);
    }
}

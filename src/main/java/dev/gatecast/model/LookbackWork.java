package dev.gatecast.model;

/** What attention reads and writes. Belongs to one thread. */
final class LookbackWork {
    /** The remembered states, oldest first: the array that holds each, set by the caller, (memory). */
    final float[][] states;

    /** Where in it the first lane's begins; the lanes follow one after the other, (memory). */
    final int[] at;

    final float[][] query; // (lanes, hidden)
    final float[][] rows; // (lanes, hidden), room for a product
    final float[][] share; // (lanes, memory), e, then α
    final float[][] compared; // (memory, lanes * hidden), u of additive attention
    final float[] context; // (lanes * hidden), c
    final float[] out; // (lanes * hidden), what the head sees
    final float[] spare; // (lanes * hidden), room for the activations

    /** Room for some lanes. */
    LookbackWork(Lookback attention, int lanes) {
        var memory = attention.memory();
        var hidden = attention.hidden();
        states = new float[memory][];
        at = new int[memory];
        query = new float[lanes][hidden];
        rows = new float[lanes][hidden];
        share = new float[lanes][memory];
        compared = new float[attention.additive() ? memory : 0][lanes * hidden];
        context = new float[lanes * hidden];
        out = new float[lanes * hidden];
        spare = new float[lanes * hidden];
    }
}

package dev.gatecast.model;

/** Weights by name, whatever holds them. */
interface Tensors {
    /** The values of one tensor, row by row. Not to be kept. */
    float[] values(String name);
}

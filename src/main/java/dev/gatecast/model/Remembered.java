package dev.gatecast.model;

import java.util.Arrays;

/** The last states of the top layer that attention sees, and their gradients on the way back. Empty without attention. */
final class Remembered {
    private final Architecture shape;
    private final int memory;
    private final int lanes;
    private final float[][] early; // (memory, lanes * hidden), before the first step, oldest first
    private final float[][][] gradients; // (steps, lanes, hidden), of the states after each step
    private final float[][] unused; // (lanes, hidden), gradient of what came before the first step
    private final float[][][] slots; // (memory, lanes, hidden), those of one origin

    Remembered(Architecture shape, int steps, int lanes) {
        this.shape = shape;
        this.memory = shape.options().memory();
        this.lanes = lanes;
        var size = lanes * shape.hidden();
        this.early = new float[memory][size];
        this.gradients = new float[memory > 0 ? steps : 0][lanes][shape.hidden()];
        this.unused = new float[lanes][memory > 0 ? shape.hidden() : 0];
        this.slots = new float[memory][][];
    }

    /** What a batch brings from before its first step; zeros where it brings nothing. */
    void start(Batch batch, int first) {
        var hidden = shape.hidden();
        for (var k = 0; k < memory; k++) {
            for (var lane = 0; lane < lanes; lane++) {
                if (batch.initial().length == 0) {
                    Arrays.fill(early[k], lane * hidden, (lane + 1) * hidden, 0);
                } else {
                    var from = (first + lane) * shape.stateSize() + shape.memoryAt() + k * hidden;
                    System.arraycopy(batch.initial(), from, early[k], lane * hidden, hidden);
                }
            }
        }
    }

    /** Shows attention the states after a step and before. {@code work} Modified. */
    void show(Unrolled unrolled, int step, LookbackWork work) {
        for (var k = 0; k < memory; k++) {
            var after = step - (memory - 1 - k);
            work.states[k] = after < 0 ? early[memory + after] : unrolled.top();
            work.at[k] = after < 0 ? 0 : unrolled.at(after + 1);
        }
    }

    /** Where the gradients of the states go that {@link #show} showed, (memory, lanes, hidden). To be added to. */
    float[][][] gradients(int step) {
        for (var k = 0; k < memory; k++) {
            var after = step - (memory - 1 - k);
            slots[k] = after < 0 ? unused : gradients[after];
        }
        return slots;
    }

    void clear() {
        for (var rows : gradients) {
            Rows.clear(rows);
        }
    }

    /** Adds the gradient of the states after a step to the others'. {@code d} Modified. */
    void addTo(float[][] d, int step, int active) {
        if (memory > 0) {
            for (var lane = 0; lane < active; lane++) {
                Rows.add(d[lane], gradients[step][lane], 1, 0, shape.hidden());
            }
        }
    }

    /** Copies what a lane remembers after a step. {@code to} Modified from {@code at} on. */
    void end(Unrolled unrolled, int lane, int step, float[] to, int at) {
        var hidden = shape.hidden();
        for (var k = 0; k < memory; k++) {
            var after = step - (memory - 1 - k);
            var from = after < 0 ? early[memory + after] : unrolled.top();
            var fromAt = (after < 0 ? 0 : unrolled.at(after + 1)) + lane * hidden;
            System.arraycopy(from, fromAt, to, at + k * hidden, hidden);
        }
    }
}

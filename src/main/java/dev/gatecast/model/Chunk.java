package dev.gatecast.model;

import java.util.ArrayList;

/** A fixed part of a batch's sequences, run forwards and backwards by one thread into sums of its own. */
final class Chunk {
    private final Unrolled unrolled;
    private final Scorer scorer;
    private final EmbeddingGradient embedding;
    private final int first;
    private final int steps;
    private final float[][][] sums; // every row of gradient that this chunk adds up
    private float[][][] dInputs = {}; // (steps, lanes, inputs), empty where nobody asks

    /** Room for the lanes from {@code first} on. */
    Chunk(Unrolled unrolled, Scorer scorer, EmbeddingGradient embedding, int first, int steps) {
        this.unrolled = unrolled;
        this.scorer = scorer;
        this.embedding = embedding;
        this.first = first;
        this.steps = steps;
        var all = new ArrayList<>(unrolled.sums());
        all.addAll(scorer.sums());
        all.add(embedding.sums());
        this.sums = all.toArray(float[][][]::new);
    }

    /** The sum of the weighted losses. */
    double loss(Batch batch) {
        unrolled.forward(batch, first, Dropout.NONE);
        var loss = 0.0;
        for (var origin = 0; origin < batch.scored().origins().length; origin++) {
            loss += scorer.score(batch, origin, first, unrolled, 0, Dropout.NONE);
        }
        return loss;
    }

    /**
     * The sum of the weighted losses, and the gradient of {@code scale} times it in this chunk's sums.
     */
    double gradient(Batch batch, double scale, Dropout dropout) {
        for (var rows : sums) {
            Rows.clear(rows);
        }
        for (var rows : dInputs) {
            Rows.clear(rows);
        }
        unrolled.forward(batch, first, dropout);
        unrolled.startBack();
        embedding.begin(batch);
        var origins = batch.scored().origins();
        var origin = origins.length - 1;
        var loss = 0.0;
        for (var step = steps - 1; step >= 0; step--) {
            if (origin >= 0 && origins[origin] == step) {
                loss += scorer.score(batch, origin, first, unrolled, scale, dropout);
                scorer.back(batch, origin, first, unrolled, dropout, embedding.ofLanes());
                origin--;
            }
            unrolled.back(batch, first, step, dInputs.length == 0 ? embedding.ofInputs() : dInputs[step]);
            embedding.addInputs();
        }
        unrolled.endBack();
        embedding.end(batch, first);
        return loss;
    }

    /** From now on, finds the gradient of the inputs too. */
    void keepInputs(int lanes, int inputs) {
        dInputs = new float[steps][lanes][inputs];
    }

    /** Gradient of one lane's inputs at one step, (inputs). */
    float[] dInput(int step, int lane) {
        return dInputs[step][lane];
    }

    /** Gradient of one lane's state of a layer before the first step, (states * hidden). */
    float[] dStart(int layer, int lane) {
        return unrolled.dStart(layer)[lane];
    }

    /** Copies the states that all lanes end with, sequence by sequence. {@code to} Modified. */
    void ends(Batch batch, int lanes, int stateSize, float[] to) {
        for (var lane = 0; lane < lanes; lane++) {
            unrolled.end(lane, batch.length(first + lane), to, (first + lane) * stateSize);
        }
    }

    /** Adds another chunk's sums to these. */
    void add(Chunk other) {
        for (var i = 0; i < sums.length; i++) {
            for (var row = 0; row < sums[i].length; row++) {
                Rows.add(sums[i][row], other.sums[i][row], 1, 0, sums[i][row].length);
            }
        }
    }

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        unrolled.addTo(gradient);
        scorer.addTo(gradient);
        embedding.addTo(gradient);
    }
}

package dev.gatecast.model;

import java.util.Map;

/** AdamW: Adam with decoupled weight decay, by Loshchilov and Hutter. Holds its moments; not thread-safe. */
public final class Adam {
    private final Settings settings;
    private final Parameters first;
    private final Parameters second;
    private final float[] factors; // (tensors)
    private double power1 = 1;
    private double power2 = 1;

    /**
     * How it steps.
     *
     * @param beta1 decay of the mean of gradients, usually 0.9
     * @param beta2 decay of the mean of their squares, usually 0.999
     * @param epsilon added to the root of that mean, usually 1e-8
     * @param weightDecay share of each weight, times the learning rate, taken off at each step; biases included
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
        /** 0.9, 0.999, 1e-8 and no weight decay. */
        public static final Settings USUAL = new Settings(0.9, 0.999, 1e-8, 0);
    }

    /**
     * For one set of parameters.
     *
     * @param factors factors of the learning rate by name of tensor; 1 where there is none, 0 freezes the tensor
     * @throws IllegalArgumentException if a factor names no tensor
     */
    public Adam(Architecture architecture, Settings settings, Map<String, Float> factors) {
        this.settings = settings;
        this.first = new Parameters(architecture);
        this.second = new Parameters(architecture);
        this.factors = new float[first.count()];
        factors.keySet().forEach(first::values);
        for (var i = 0; i < this.factors.length; i++) {
            this.factors[i] = factors.getOrDefault(first.name(i), 1f);
        }
    }

    /**
     * One step against a gradient.
     *
     * @param parameters Modified.
     * @param gradient Not modified; {@link Parameters#clip} it before.
     * @param learningRate this step's
     */
    public void step(Parameters parameters, Parameters gradient, double learningRate) {
        power1 *= settings.beta1;
        power2 *= settings.beta2;
        for (var i = 0; i < factors.length; i++) {
            var rate = learningRate * factors[i];
            if (rate != 0) {
                moments(first.values(i), second.values(i), gradient.values(i));
                update(parameters.values(i), first.values(i), second.values(i), rate);
            }
        }
    }

    /** m = β1 m + (1 - β1) g, v = β2 v + (1 - β2) g². {@code m}, {@code v} Modified. */
    private void moments(float[] m, float[] v, float[] g) {
        var beta1 = (float) settings.beta1;
        var beta2 = (float) settings.beta2;
        var rest1 = (float) (1 - settings.beta1);
        var rest2 = (float) (1 - settings.beta2);
        for (int j = 0; j < m.length; j++) {
            m[j] = beta1 * m[j] + rest1 * g[j];
        }
        for (int j = 0; j < v.length; j++) {
            v[j] = beta2 * v[j] + rest2 * (g[j] * g[j]);
        }
    }

    /** w -= rate weightDecay w, then w -= rate (m / (1 - β1^t)) / (√(v / (1 - β2^t)) + ε). {@code w} Modified. */
    private void update(float[] w, float[] m, float[] v, double rate) {
        var keep = (float) (1 - rate * settings.weightDecay);
        var pace = (float) (rate / (1 - power1));
        var root = (float) (1 / Math.sqrt(1 - power2));
        var epsilon = (float) settings.epsilon;
        for (int j = 0; j < w.length; j++) {
            w[j] = keep * w[j] - pace * m[j] / ((float) Math.sqrt(v[j]) * root + epsilon);
        }
    }
}

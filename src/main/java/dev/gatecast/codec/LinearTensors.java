package dev.gatecast.codec;

import dev.gatecast.model.LinearForecast;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A model's linear expert as tensors of a file. */
final class LinearTensors {
    /** (horizons, values), oldest value first. */
    static final String WEIGHT = "mixture.linear.weight";

    /** (horizons). */
    static final String BIAS = "mixture.linear.bias";

    private LinearTensors() {}

    /** Adds them, where there is an expert. {@code tensors} Modified. */
    static void put(@Nullable LinearForecast linear, SortedMap<String, ForeignTensor> tensors) {
        if (linear != null) {
            tensors.put(WEIGHT, new ForeignTensor(List.of(linear.horizons(), linear.values()), linear.weights()));
            tensors.put(BIAS, new ForeignTensor(List.of(linear.horizons()), linear.bias()));
        }
    }

    /** The expert that tensors tell of; null where they do not. */
    static @Nullable LinearForecast of(SortedMap<String, ForeignTensor> tensors) throws UndecodableException {
        var weight = tensors.get(WEIGHT);
        var bias = tensors.get(BIAS);
        if (weight == null && bias == null) {
            return null;
        }
        if (weight == null
                || bias == null
                || weight.shape().size() != 2
                || !bias.shape().equals(weight.shape().subList(0, 1))) {
            throw new UndecodableException("tensors " + WEIGHT + " (horizons, values) and " + BIAS
                    + " (horizons) were expected, not the shapes " + shape(weight) + " and " + shape(bias));
        }
        return new LinearForecast(
                weight.finite(WEIGHT).values(), bias.finite(BIAS).values());
    }

    private static String shape(@Nullable ForeignTensor tensor) {
        return tensor == null ? "of none" : tensor.shape().toString();
    }
}

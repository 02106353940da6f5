package dev.gatecast.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An ONNX graph in the making: its nodes, constants, inputs and outputs. The numbers are those of {@code onnx.proto}.
 *
 * <p>A dimension is a number, or a name where any size will do.
 */
final class OnnxGraph {
    /** Version of the operators; every one used here has been as it is since 14 or earlier. */
    static final int OPSET = 17;

    private static final int IR_VERSION = 8;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INT_ATTRIBUTE = 2;

    private final List<Consumer<Protobuf>> parts = new ArrayList<>();
    private int nodes;

    /** A node without attributes; returns its first output's name. */
    String node(String operator, List<String> inputs) {
        return node(operator, inputs, new TreeMap<>());
    }

    /** A node with whole attributes; returns its first output's name, made from the operator. */
    String node(String operator, List<String> inputs, SortedMap<String, Long> attributes) {
        var output = operator.toLowerCase(Locale.ROOT) + "_" + nodes;
        node(operator, inputs, List.of(output), attributes);
        return output;
    }

    /** A node whose outputs are named; an empty name leaves an input or output out. */
    void node(String operator, List<String> inputs, List<String> outputs, SortedMap<String, Long> attributes) {
        var name = operator + "_" + nodes++;
        parts.add(graph -> graph.part(1, node -> {
            inputs.forEach(input -> node.text(1, input));
            outputs.forEach(output -> node.text(2, output));
            node.text(3, name).text(4, operator);
            attributes.forEach((key, value) -> node.part(
                    5, attribute -> attribute.text(1, key).whole(3, value).whole(20, INT_ATTRIBUTE)));
        }));
    }

    /** A constant of floats; returns its name. {@code values} Not modified, not kept. */
    String floats(String name, float[] values, long... shape) {
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, FLOAT, bytes.array(), shape);
    }

    /** A constant vector of whole numbers; returns its name. */
    String wholes(String name, long... values) {
        var bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, INT64, bytes.array(), values.length);
    }

    /** A float input of the graph; returns its name. */
    String input(String name, Object... shape) {
        parts.add(graph -> graph.part(11, value -> describe(value, name, FLOAT, shape)));
        return name;
    }

    /** An input of whole numbers; returns its name. */
    String wholesInput(String name, Object... shape) {
        parts.add(graph -> graph.part(11, value -> describe(value, name, INT64, shape)));
        return name;
    }

    /** A float output of the graph: what a node gave under that name. */
    void output(String name, Object... shape) {
        parts.add(graph -> graph.part(12, value -> describe(value, name, FLOAT, shape)));
    }

    /** The file: this graph as a model, with facts about it by name. */
    byte[] file(SortedMap<String, String> facts) {
        return Protobuf.message(model -> {
            model.whole(1, IR_VERSION).text(2, "gatecast");
            model.part(7, graph -> {
                graph.text(2, "gatecast");
                parts.forEach(part -> part.accept(graph));
            });
            model.part(8, opset -> opset.text(1, "").whole(2, OPSET));
            facts.forEach((name, fact) ->
                    model.part(14, property -> property.text(1, name).text(2, fact)));
        });
    }

    private String constant(String name, int type, byte[] bytes, long... shape) {
        parts.add(graph -> graph.part(5, tensor -> {
            for (var dimension : shape) {
                tensor.whole(1, dimension);
            }
            tensor.whole(2, type).text(8, name).bytes(9, bytes);
        }));
        return name;
    }

    private static void describe(Protobuf value, String name, int kind, Object... shape) {
        value.text(1, name);
        value.part(
                2,
                type -> type.part(1, tensor -> {
                    tensor.whole(1, kind);
                    tensor.part(2, dimensions -> {
                        for (var size : shape) {
                            dimensions.part(1, dimension -> write(dimension, size));
                        }
                    });
                }));
    }

    private static void write(Protobuf dimension, Object size) {
        if (size instanceof Number number) {
            dimension.whole(1, number.longValue());
        } else {
            dimension.text(2, size.toString());
        }
    }
}

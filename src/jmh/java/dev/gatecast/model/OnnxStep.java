package dev.gatecast.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.gatecast.codec.OnnxFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** A cell's step by ONNX Runtime on one thread, as cheap as its Java interface allows: buffers and tensors are made once. */
final class OnnxStep implements AutoCloseable {
    private final OrtSession session;
    private final FloatBuffer[] states = new FloatBuffer[2];
    private final Map<String, OnnxTensor> there; // from the first state to the second
    private final Map<String, OnnxTensor> thereOut;
    private final Map<String, OnnxTensor> back;
    private final Map<String, OnnxTensor> backOut;
    private boolean returning;

    OnnxStep(Network network, float[] input) {
        var environment = OrtEnvironment.getEnvironment();
        var hidden = network.architecture().hidden();
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(OnnxFile.step(network), options);
            var x = OnnxTensor.createTensor(environment, direct(input.length).put(0, input), shape(input.length));
            states[0] = direct(hidden);
            states[1] = direct(hidden);
            var first = OnnxTensor.createTensor(environment, states[0], shape(hidden));
            var second = OnnxTensor.createTensor(environment, states[1], shape(hidden));
            there = Map.of("input", x, "hidden", first);
            thereOut = Map.of("hidden_next", second);
            back = Map.of("input", x, "hidden", second);
            backOut = Map.of("hidden_next", first);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FloatBuffer direct(int n) {
        return ByteBuffer.allocateDirect(Float.BYTES * n)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static long[] shape(int n) {
        return new long[] {1, 1, n};
    }

    /** One step; gives the first value of the state after it. */
    float step() {
        try (var result = session.run(returning ? back : there, Set.of(), returning ? backOut : thereOut)) {
            returning = !returning;
            return states[returning ? 1 : 0].get(0) + result.size();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}

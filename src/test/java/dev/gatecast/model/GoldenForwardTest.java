package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenForwardTest {
    private static final float[] NONE = {};

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @Test
    void thereAreCasesOfEveryKind() {
        for (var kind : CellKind.values()) {
            assertFalse(cases().stream().noneMatch(one -> one.architecture().cell() == kind), kind.text());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceGivesTheGoldenStatesAndOutputs(GoldenCase golden) {
        var reference = new ReferenceNetwork(golden.architecture(), golden.weights());
        var tolerance = 1e-12 * golden.stretch();
        for (var lane = 0; lane < golden.batch(); lane++) {
            var h = golden.start(lane);
            for (var t = 0; t < golden.steps(); t++) {
                reference.step(golden.slice(golden.numbers("x"), t, lane, golden.size("I")), h);
                assertArrayEquals(golden.after(t, lane), h, tolerance);
                var y = golden.slice(golden.numbers("y"), t, lane, golden.size("O"));
                assertArrayEquals(y, reference.head(h, new double[0], new double[0]), tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNetworkGivesTheGoldenStatesAndOutputs(GoldenCase golden) {
        var network = golden.network();
        var scratch = network.newScratch();
        var tolerance = 2e-6f * (float) golden.stretch();
        var out = new float[golden.size("O")];
        for (var lane = 0; lane < golden.batch(); lane++) {
            var h = GoldenCase.toFloats(golden.start(lane));
            for (var t = 0; t < golden.steps(); t++) {
                var x = golden.slice(golden.numbers("x"), t, lane, golden.size("I"));
                network.step(GoldenCase.toFloats(x), h, scratch);
                var expected = golden.after(t, lane);
                assertArrayEquals(GoldenCase.toFloats(expected), h, tolerance, "states after step " + t);
                network.head(h, NONE, NONE, out, scratch);
                var y = golden.slice(golden.numbers("y"), t, lane, golden.size("O"));
                assertArrayEquals(GoldenCase.toFloats(y), out, tolerance, "outputs after step " + t);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReadableEjmlCellGivesTheGoldenStates(GoldenCase golden) {
        assumeTrue(golden.architecture().cell() == CellKind.GRU, "written for gru");
        var tensors = golden.network().tensors();
        var hidden = golden.size("H");
        var tolerance = 2e-6f * (float) golden.stretch();
        for (var lane = 0; lane < golden.batch(); lane++) {
            var start = golden.start(lane);
            var layers = golden.size("L");
            var cells = new EjmlGru[layers];
            var h = new FMatrixRMaj[layers];
            for (var layer = 0; layer < layers; layer++) {
                cells[layer] = new EjmlGru(tensors, layer);
                h[layer] = new FMatrixRMaj(hidden, 1);
                for (var j = 0; j < hidden; j++) {
                    h[layer].data[j] = (float) start[layer * hidden + j];
                }
            }
            for (var t = 0; t < golden.steps(); t++) {
                var x = GoldenCase.toFloats(golden.slice(golden.numbers("x"), t, lane, golden.size("I")));
                var input = new FMatrixRMaj(x.length, 1, true, x);
                for (var layer = 0; layer < layers; layer++) {
                    cells[layer].step(input, h[layer]);
                    input = h[layer];
                }
                var expected = golden.after(t, lane);
                for (var k = 0; k < expected.length; k++) {
                    assertEquals(expected[k], h[k / hidden].data[k % hidden], tolerance);
                }
            }
        }
    }
}

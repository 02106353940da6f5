package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairsTest {
    private static final Pattern METHOD = Pattern.compile("static void (two\\w+)\\(");
    private static final Pattern RETURN = Pattern.compile("(\\d+): return");

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldMultiplyToTheBitsOfRows(int seed) {
        var random = new Random(seed);
        var n = random.nextInt(20);
        var lanes = 1 + random.nextInt(6);
        var to = 1 + random.nextInt(200);
        var from = random.nextInt(to + 1);
        var rows = matrix(2 + n, to, random);
        var x = RandomNetworks.numbers(3 + lanes * n, 1, random);
        var expected = matrix(lanes, to, random);
        var actual = shifted(expected);

        Rows.multiply(rows, 2, n, x, 3, expected, lanes, from, to);
        Pairs.multiply(rows, 2, n, x, 3, actual, lanes, from, to);

        assertSame(expected, actual);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAddOuterProductsToTheBitsOfRows(int seed) {
        var random = new Random(seed);
        var n = random.nextInt(20);
        var lanes = 1 + random.nextInt(10);
        var to = 1 + random.nextInt(200);
        var from = random.nextInt(to + 1);
        var d = matrix(lanes, to, random);
        var x = RandomNetworks.numbers(3 + lanes * n, 1, random);
        var expected = matrix(n, to, random);
        var actual = shifted(expected);

        Rows.outer(expected, 0, n, x, 3, d, lanes, from, to);
        Pairs.outer(actual, n, x, 3, d, lanes, from, to);

        assertSame(expected, actual);
    }

    /** Shorter ones would be compiled into their callers, at a third of the speed. */
    @Test
    void shouldHaveLoopsThatAreCompiledByThemselves() throws Exception {
        var source = PairLoops.class.getProtectionDomain().getCodeSource().getLocation();
        var file = Path.of(source.toURI()).resolve("dev/gatecast/model/PairLoops.class");
        var text = new StringWriter();
        ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(new PrintWriter(text), new PrintWriter(System.err), "-c", "-p", file.toString());
        var loops = 0;
        for (var method : text.toString().split("\n\n")) {
            var name = METHOD.matcher(method);
            if (name.find()) {
                var last = RETURN.matcher(method).results().reduce((a, b) -> b).orElseThrow();
                var length = Integer.parseInt(last.group(1)) + 1;
                assertTrue(length > PairLoops.MOST_INLINED, name.group(1) + ": " + length);
                loops++;
            }
        }
        assertEquals(3, loops);
    }

    private static float[][] matrix(int rows, int columns, Random random) {
        var matrix = new float[rows][];
        for (var row = 0; row < rows; row++) {
            matrix[row] = RandomNetworks.numbers(columns, 1, random);
        }
        return matrix;
    }

    private static float[][] shifted(float[][] rows) {
        return Arrays.stream(rows)
                .map(row -> {
                    var shifted = new float[Pairs.LEAD + row.length];
                    System.arraycopy(row, 0, shifted, Pairs.LEAD, row.length);
                    return shifted;
                })
                .toArray(float[][]::new);
    }

    private static void assertSame(float[][] expected, float[][] actual) {
        for (var row = 0; row < expected.length; row++) {
            var to = actual[row].length;
            assertArrayEquals(expected[row], Arrays.copyOfRange(actual[row], Pairs.LEAD, to), "row " + row);
            assertArrayEquals(new float[Pairs.LEAD], Arrays.copyOf(actual[row], Pairs.LEAD), "lead " + row);
        }
    }
}

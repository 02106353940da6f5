package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static byte[] file(String header, int room) {
        return file(header.getBytes(UTF_8).length, header, room);
    }

    private static byte[] file(long length, String header, int room) {
        var bytes = header.getBytes(UTF_8);
        var file = ByteBuffer.allocate(8 + bytes.length + room).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(length).put(bytes).array();
    }

    private static String tensor(String name, String type, String shape, String offsets) {
        return "\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}".formatted(name, type, shape, offsets);
    }

    private static ForeignWeights read(byte[] file) throws IOException, UndecodableException {
        return Safetensors.read(new ByteArrayInputStream(file), file.length);
    }

    private static String refusal(byte[] file) {
        var refused =
                assertThrows(UndecodableException.class, () -> assertTimeout(Duration.ofSeconds(2), () -> read(file)));
        return String.valueOf(refused.getMessage());
    }

    private static void assertRefused(String header, int room, String expected) {
        var message = refusal(file(header, room));
        assertTrue(message.contains(expected), message);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException, UndecodableException {
        var tensors = new TreeMap<String, ForeignTensor>();
        tensors.put("weight", new ForeignTensor(List.of(2, 3), new float[] {1, 2, 3, -4, 5e-40f, 6}));
        tensors.put("bias", new ForeignTensor(List.of(2), new float[] {0.5f, -0f}));
        tensors.put("narrow.weight", new ForeignTensor(List.of(2, 1), new float[] {7, 8}));
        var file = Safetensors.write(tensors, new TreeMap<>(Map.of("a", "b \u00e9")));
        var read = read(file);
        assertEquals(Map.of("a", "b \u00e9"), read.facts());
        assertEquals(List.of(2, 3), tensorOf(read, "weight").shape());
        assertArrayEquals(
                new float[] {1, 2, 3, -4, 5e-40f, 6}, tensorOf(read, "weight").values());
        assertEquals(List.of(2), tensorOf(read, "bias").shape());
        assertEquals(List.of(2, 1), tensorOf(read, "narrow.weight").shape());
        assertEquals(0, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
    }

    private static ForeignTensor tensorOf(ForeignWeights weights, String name) {
        return Objects.requireNonNull(weights.tensors().get(name), name);
    }

    @ParameterizedTest
    @CsvSource({"0x3C00, 1", "0xC000, -2", "0x0001, 5.9604645e-8", "0x7BFF, 65504", "0x3555, 0.33325195", "0x8000, -0.0"
    })
    void halvesHaveTheirValues(String bits, float value) {
        assertEquals(value, SafetensorsEntry.Type.half(Integer.decode(bits).shortValue()));
    }

    @Test
    void aFileThatIsTooShortOrLiesAboutItsHeaderIsRefused() {
        assertTrue(refusal(new byte[0]).contains("not 0 bytes"));
        assertTrue(refusal(new byte[9]).contains("not 9 bytes"));
        for (var length : new long[] {0, 1, 4, 1L << 20, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertTrue(refusal(file(length, "{}", 0)).contains("a safetensors header of 2 to"));
        }
        assertRefused("[]", 0, "a JSON object was expected");
        assertRefused("{ ", 4, "a JSON object was expected");
        assertRefused("{\"a\": ".repeat(5000), 0, "a JSON object was expected");
    }

    @Test
    void anEntryThatIsNoneIsRefused() {
        assertRefused("{\"a\": 3}", 0, "\"dtype\" was expected");
        assertRefused("{\"a\": {\"dtype\": \"F32\"}}", 0, "\"shape\" was expected");
        assertRefused("{" + tensor("a", "I64", "[1]", "[0, 8]") + "}", 8, "one of [F64, F32, F16, BF16] was expected");
        assertRefused("{" + tensor("a", "F32", "[1.5]", "[0, 4]") + "}", 4, "whole numbers were expected");
        assertRefused("{" + tensor("a", "F32", "{}", "[0, 4]") + "}", 4, "an array was expected");
        assertRefused("{" + tensor("a", "F32", "[1]", "[0]") + "}", 4, "4 bytes apart were expected");
        assertRefused("{" + tensor("a", "F32", "[1]", "[0, 9223372036854775807]") + "}", 4, "4 bytes apart");
        assertRefused(
                "{" + tensor("a", "F32", "[1]", "[9223372036854775807, -9223372036854775805]") + "}", 4, "from 0 on");
        assertRefused("{" + tensor("a", "F32", "[1,1,1,1,1]", "[0, 4]") + "}", 4, "at most 4 dimensions");
        assertRefused("{" + tensor("a", "F32", "[0]", "[0, 0]") + "}", 0, "1 to");
        assertRefused("{" + tensor("a", "F32", "[-1, -1]", "[0, 4]") + "}", 4, "1 to");
        assertRefused("{" + tensor("a", "F32", "[4294967296, 4294967296]", "[0, 0]") + "}", 0, "1 to");
        var one = tensor("a", "F32", "[1]", "[0, 4]");
        assertRefused("{" + one + ", " + one + "}", 8, "Duplicate");
    }

    @Test
    void hugeShapesAreRefusedBeforeThereIsRoomForThem() {
        for (var shape : new String[] {"[8192, 8192]", "[4096, 4096, 4]"}) {
            assertRefused("{" + tensor("a", "F32", shape, "[0, 268435456]") + "}", 64, "268435456");
        }
    }

    @Test
    void tensorsThatOverlapOrLeaveGapsAreRefused() {
        var a = tensor("a", "F32", "[2]", "[0, 8]");
        assertRefused("{" + a + ", " + tensor("b", "F32", "[2]", "[4, 12]") + "}", 12, "from 8 on were expected");
        assertRefused("{" + a + ", " + tensor("b", "F32", "[2]", "[0, 8]") + "}", 8, "from 8 on were expected");
        assertRefused("{" + a + ", " + tensor("b", "F32", "[2]", "[12, 20]") + "}", 20, "from 8 on were expected");
        assertRefused("{" + a + "}", 12, "12 bytes were expected");
        assertRefused("{" + a + "}", 4, "4 bytes were expected");
        assertRefused("{" + tensor("a", "F32", "[2]", "[-8, 0]") + "}", 8, "apart were expected");
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        var file = file("{" + tensor("a", "F32", "[2]", "[0, 8]") + "}", 8);
        for (var wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, wrong);
            assertTrue(refusal(file).contains("finite numbers were expected, not " + wrong + " at 1"));
        }
        var tooLarge = file("{" + tensor("a", "F64", "[1]", "[0, 8]") + "}", 8);
        ByteBuffer.wrap(tooLarge).order(ByteOrder.LITTLE_ENDIAN).putDouble(tooLarge.length - 8, 1e300);
        assertTrue(refusal(tooLarge).contains("not Infinity at 0"));
    }

    @Test
    void moreTensorsThanAModelHasAreRefused() {
        var header = new StringBuilder("{");
        for (var i = 0; i < 2000; i++) {
            header.append(i > 0 ? "," : "")
                    .append(tensor("t" + i, "F32", "[1]", "[" + 4 * i + ", " + (4 * i + 4) + "]"));
        }
        assertRefused(header + "}", 8000, "at most 1024 tensors");
    }

    @Test
    void damagedFilesAreReadOrRefusedWithinMilliseconds() throws IOException {
        var header = "{" + tensor("a", "F32", "[2, 3]", "[0, 24]") + ", " + tensor("b", "F16", "[2]", "[24, 28]") + "}";
        var sound = file(header, 28);
        var random = new Random(8);
        var start = System.nanoTime();
        var tries = 20_000;
        for (var i = 0; i < tries; i++) {
            var damaged = sound.clone();
            for (var flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            var cut = random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            try {
                read(cut);
            } catch (UndecodableException expected) {
                assertTrue(String.valueOf(expected.getMessage()).length() < 400);
            }
        }
        assertTrue((System.nanoTime() - start) / tries < 5_000_000);
    }
}

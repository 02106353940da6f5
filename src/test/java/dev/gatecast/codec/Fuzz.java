package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;

/** Throws thousands of broken bytes at a decoder: it answers, soon and without much memory. */
final class Fuzz {
    private static final int CASES = 4000;
    private static final long BYTES_PER_CASE = 4 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzz() {}

    interface Decoder {
        void decode(byte[] bytes) throws UndecodableException;
    }

    static void run(byte[] sound, Decoder decoder) {
        assertTimeout(Duration.ofSeconds(60), () -> {
            var mutations = new Mutations(sound.length);
            for (var i = 0; i < CASES; i++) {
                one(mutations.of(sound), decoder, i);
            }
            for (var length = 0; length < 6; length++) {
                one(new byte[length], decoder, length);
            }
        });
    }

    private static void one(byte[] bytes, Decoder decoder, int number) {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.decode(bytes);
        } catch (UndecodableException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isBlank());
        } catch (RuntimeException | Error escaped) {
            fail("case " + number + ": " + HexFormat.of().formatHex(bytes), escaped);
        }
        var spent = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(spent < BYTES_PER_CASE, () -> "case " + number + " took " + spent + " bytes");
    }
}

package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.codec.avro.AvroActivation;
import dev.gatecast.forecast.Activation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ActivationCodecTest {
    private static final Activation SECOND = new Activation("cd".repeat(32), 983800800000L, 2, "ab".repeat(32));
    private final ActivationCodec codec = new ActivationCodec();

    @Test
    void whatIsWrittenIsRead() throws UndecodableException {
        assertEquals(SECOND, codec.decode(codec.encode(SECOND)));
        var first = new Activation("ab".repeat(32), 0, 1, "");
        assertEquals(first, codec.decode(codec.encode(first)));
    }

    @Test
    void avroItselfReadsAndWritesTheSameBytes() throws IOException {
        var bytes = codec.encode(SECOND);
        var theirs = Generic.read(AvroActivation.getClassSchema(), bytes);
        assertEquals(SECOND.modelId(), theirs.get("model").toString());
        assertEquals(SECOND.effectiveFrom(), theirs.get("effectiveFrom"));
        assertEquals(SECOND.sequence(), theirs.get("sequence"));
        assertEquals(SECOND.previous(), theirs.get("previous").toString());
        assertArrayEquals(bytes, Generic.write(theirs));
    }

    @Test
    void brokenBytesAreRefused() {
        Fuzz.run(codec.encode(SECOND), codec::decode);
        assertThrows(UndecodableException.class, () -> codec.decode(new byte[0]));
    }
}

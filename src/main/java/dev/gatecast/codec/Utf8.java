package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text of bytes that may be anything. */
final class Utf8 {
    private static final int SHOWN = 16;

    private Utf8() {}

    static String text(byte[] bytes, Rejection otherwise) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            var begin = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
            throw new Refusal(otherwise, "UTF-8 text was expected, not bytes beginning with " + begin);
        }
    }
}

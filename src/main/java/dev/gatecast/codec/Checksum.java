package dev.gatecast.codec;

import java.util.zip.CRC32C;

/** CRC32C in the last four bytes, little-endian, of all bytes before them. */
final class Checksum {
    static final int SIZE = 4;

    private Checksum() {}

    /** Fills the last four bytes. {@code bytes} Modified. */
    static void seal(byte[] bytes) {
        var checksum = of(bytes);
        for (var i = 0; i < SIZE; i++) {
            bytes[bytes.length - SIZE + i] = (byte) (checksum >>> (8 * i));
        }
    }

    /** Refuses bytes whose last four do not fit the others. */
    static void check(byte[] bytes, String what) throws UndecodableException {
        if (bytes.length < SIZE) {
            throw new UndecodableException(
                    "a " + what + " with a checksum was expected, not " + bytes.length + " bytes");
        }
        var stored = 0L;
        for (var i = 0; i < SIZE; i++) {
            stored |= (bytes[bytes.length - SIZE + i] & 0xFFL) << (8 * i);
        }
        var checksum = of(bytes);
        if (stored != checksum) {
            throw new UndecodableException("a " + what
                    + " with the checksum %08x was expected, not %08x: its bytes are".formatted(checksum, stored)
                    + " damaged or cut short");
        }
    }

    private static long of(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - SIZE);
        return crc.getValue();
    }
}

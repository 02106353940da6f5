package dev.gatecast.codec;

import java.util.Arrays;
import java.util.Random;

/** Sound bytes made unsound, the same way for the same seed. */
final class Mutations {
    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** One to four random changes. */
    byte[] of(byte[] bytes) {
        var changed = bytes.clone();
        for (var i = random.nextInt(4); i >= 0; i--) {
            changed = change(changed);
        }
        return changed;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        var at = random.nextInt(bytes.length);
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
            case 2 -> flipped(bytes, at);
            case 3 -> with(bytes, at, (byte) random.nextInt());
            case 4 -> huge(bytes, at);
            case 5 -> repeated(bytes, at);
            default -> Arrays.copyOfRange(bytes, at, bytes.length);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        return with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
    }

    /** A number of up to 2^63 where a length may be. */
    private byte[] huge(byte[] bytes, int at) {
        var changed = bytes.clone();
        var length = Math.min(bytes.length - at, 4 + random.nextInt(6));
        Arrays.fill(changed, at, at + length, (byte) 0xFF);
        changed[at + length - 1] = (byte) random.nextInt(128);
        return changed;
    }

    private byte[] repeated(byte[] bytes, int at) {
        var end = Math.min(bytes.length, at + 1 + random.nextInt(30));
        var longer = Arrays.copyOf(bytes, bytes.length + end - at);
        System.arraycopy(bytes, at, longer, end, bytes.length - at);
        return longer;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        var changed = bytes.clone();
        changed[at] = value;
        return changed;
    }
}

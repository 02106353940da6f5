package dev.gatecast.source;

/** Bytes read so far. */
final class ByteCount {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }
}

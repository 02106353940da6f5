package dev.gatecast.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how many bytes went through. */
final class CountedInput extends FilterInputStream {
    private final ByteCount count;

    CountedInput(InputStream input, ByteCount count) {
        super(input);
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        var next = super.read();
        if (next >= 0) {
            count.add(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var read = super.read(bytes, offset, length);
        if (read > 0) {
            count.add(read);
        }
        return read;
    }
}

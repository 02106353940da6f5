package dev.gatecast.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is open only while its buffer is filled: thousands of them can be read side by side without running out
 * of file descriptors.
 */
final class ReopenedFile extends InputStream {
    private final Path path;
    private final ByteCount count;
    private final ByteBuffer buffer;
    private long position;
    private boolean atEnd;

    /**
     * The file from its start.
     *
     * @param room bytes that are read at a time
     * @param count told the number of bytes read from the disk
     */
    ReopenedFile(Path path, int room, ByteCount count) {
        this.path = path;
        this.count = count;
        buffer = ByteBuffer.allocate(room).limit(0);
    }

    @Override
    public int read() throws IOException {
        return filled() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        var some = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, some);
        return some;
    }

    /** At least 1 while there is more: a reader of gzip asks this after each part of a file of several. */
    @Override
    public int available() throws IOException {
        return filled() ? buffer.remaining() : 0;
    }

    /** Whether what has not been read yet begins as gzip does. */
    boolean isGzip() throws IOException {
        return filled()
                && buffer.remaining() > 1
                && (buffer.get(buffer.position()) & 0xff) == 0x1f
                && (buffer.get(buffer.position() + 1) & 0xff) == 0x8b;
    }

    private boolean filled() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        if (atEnd) {
            return false;
        }
        buffer.clear();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (var read = 0; read >= 0 && buffer.hasRemaining(); ) {
                read = channel.read(buffer, position + buffer.position());
            }
        }
        buffer.flip();
        position += buffer.limit();
        count.add(buffer.limit());
        atEnd = !buffer.hasRemaining();
        return !atEnd;
    }
}

package dev.gatecast.backtest;

import dev.gatecast.source.BadSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One file an entity in a folder, named by it; a slash in its name makes a folder. Files are open only while written. */
final class EntityFiles implements AutoCloseable {
    private static final int MOST_WAITING = 1 << 24;

    private final Path folder;
    private final byte[] header;
    private final Map<String, ByteArrayOutputStream> waiting = new TreeMap<>();
    private final Set<String> begun = new HashSet<>();
    private long bytes;

    EntityFiles(Path folder, String header) {
        this.folder = folder;
        this.header = header.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the next rows of an entity go. */
    OutputStream of(String entity) throws IOException {
        if (bytes > MOST_WAITING) {
            flush();
        }
        var rows = waiting.computeIfAbsent(entity, unused -> new ByteArrayOutputStream());
        return new OutputStream() {
            @Override
            public void write(int one) {
                rows.write(one);
                bytes++;
            }

            @Override
            public void write(byte[] some, int offset, int length) {
                rows.write(some, offset, length);
                bytes += length;
            }
        };
    }

    private void flush() throws IOException {
        for (var rows : waiting.entrySet()) {
            append(rows.getKey(), rows.getValue().toByteArray());
        }
        waiting.clear();
        bytes = 0;
    }

    private void append(String entity, byte[] rows) throws IOException {
        var file = folder.resolve(entity + ".csv").normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new BadSource("the entity " + entity + " would have its file outside " + folder);
        }
        Files.createDirectories(file.getParent());
        var first = begun.add(entity);
        var last = first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, last)) {
            if (first) {
                out.write(header);
            }
            out.write(rows);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}

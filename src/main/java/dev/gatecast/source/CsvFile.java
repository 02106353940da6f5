package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * One CSV file, plain or gzip, and the name it gives an entity.
 *
 * @param path the file
 * @param name its name with folders below the one given, without extension, {@code /} between
 * @param room bytes that are read at a time
 */
record CsvFile(Path path, String name, int room) {
    private static final int ROOM = 1 << 16;
    private static final int ROOM_OF_MANY = 1 << 13;
    private static final int MANY = 100;
    private static final int LARGEST_CELLS = 1 << 22;
    private static final int LARGEST_RECORD = 1 << 27;

    /** All files that the paths stand for, folders sorted by name; never empty. */
    static List<CsvFile> all(List<Path> paths) {
        var files = new ArrayList<CsvFile>();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else if (Files.isReadable(path)) {
                files.add(new CsvFile(path, withoutExtension(path.getFileName().toString()), ROOM));
            } else {
                throw new BadSource(path + ": no such file, or not readable");
            }
        }
        return files.size() < MANY
                ? files
                : files.stream().map(CsvFile::oneOfMany).toList();
    }

    private CsvFile oneOfMany() {
        return new CsvFile(path, name, ROOM_OF_MANY);
    }

    /** Refuses two files that would be one entity. */
    static void requireDistinctNames(List<CsvFile> files) {
        var seen = new HashMap<String, Path>();
        for (var file : files) {
            var other = seen.put(file.name, file.path);
            if (other != null) {
                throw new BadSource(other + " and " + file.path + " would both be the entity " + file.name
                        + "; name the folder above them instead");
            }
        }
    }

    private static List<CsvFile> below(Path folder) {
        try (var walk = Files.walk(folder)) {
            var files = walk.filter(Files::isRegularFile)
                    .filter(path -> isCsv(path.getFileName().toString()))
                    .map(path -> new CsvFile(path, relativeName(folder, path), ROOM))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
            if (files.isEmpty()) {
                throw new BadSource(folder + ": no *.csv or *.csv.gz in this folder or below it");
            }
            return files;
        } catch (IOException e) {
            throw new BadSource(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String relativeName(Path folder, Path path) {
        return withoutExtension(folder.relativize(path).toString().replace('\\', '/'));
    }

    private static boolean isCsv(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".csv.gz");
    }

    private static String withoutExtension(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz")) {
            return withoutExtension(name.substring(0, name.length() - 3));
        }
        return lower.endsWith(".csv") ? name.substring(0, name.length() - 4) : name;
    }

    long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new BadSource(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens the file.
     *
     * @param bytes told the number of bytes read from the disk
     */
    CsvReader<CsvRecord> open(char separator, ByteCount bytes) {
        try {
            var handler = CsvRecordHandler.of(limits ->
                    limits.maxFields(LARGEST_CELLS).maxFieldSize(LARGEST_RECORD).maxRecordSize(LARGEST_RECORD));
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .detectBomHeader(true)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .maxBufferSize(LARGEST_RECORD)
                    .build(handler, unzipped(new ReopenedFile(path, room, bytes)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadSource(path + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    /** By the first two bytes, whatever the name says. */
    private InputStream unzipped(ReopenedFile raw) throws IOException {
        return raw.isGzip() ? new GZIPInputStream(raw, room) : raw;
    }
}

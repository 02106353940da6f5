package dev.gatecast.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Properties;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker's data directory, locked for one broker at a time.
 *
 * <p>Its {@code broker.properties} says which format wrote it, so that an older program refuses a newer directory
 * before it touches a byte. The log lies in {@code log/}.
 */
final class BrokerDirectory implements AutoCloseable {
    private static final String LOCK = "broker.lock";
    private static final String MARK = "broker.properties";
    private static final String LEVEL = "metadata.level";
    private static final String VERSION = "metadata.version";

    private final Path root;
    private final boolean temporary;
    private final FileChannel lock;

    private BrokerDirectory(Path root, boolean temporary, FileChannel lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** A new directory that is removed at the end. */
    static BrokerDirectory temporary() {
        try {
            var root = Files.createTempDirectory("gatecast-broker-");
            return new BrokerDirectory(root, true, lock(root));
        } catch (IOException e) {
            throw new BrokerException("No temporary directory could be made for the broker: " + e, e);
        }
    }

    /** A directory that is kept; made when it is absent. */
    static BrokerDirectory kept(Path root) {
        try {
            Files.createDirectories(root);
            if (!Files.isWritable(root)) {
                throw new BrokerException("The data directory " + root + " is not writable. " + WAY_OUT);
            }
            var directory = new BrokerDirectory(root, false, lock(root));
            directory.refuseNewer();
            return directory;
        } catch (IOException e) {
            throw new BrokerException("The data directory " + root + " cannot be used (" + e + "). " + WAY_OUT, e);
        }
    }

    private static final String WAY_OUT = "Give this user the right to write there, or choose another directory";

    private static FileChannel lock(Path root) throws IOException {
        var channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (taken(channel)) {
            channel.close();
            throw new BrokerException("The data directory " + root
                    + " is in use by another broker. Stop it, or choose another directory");
        }
        return channel;
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private void refuseNewer() throws IOException {
        var known = MetadataVersion.latestProduction();
        var mark = new Properties();
        if (Files.exists(root.resolve(MARK))) {
            try (var in = Files.newInputStream(root.resolve(MARK))) {
                mark.load(in);
            }
        }
        if (level(mark) > known.featureLevel()) {
            close();
            throw new BrokerException("The data directory " + root + " was written by a newer broker (metadata version "
                    + mark.getProperty(VERSION) + "; this one reads up to " + known
                    + "). Start the newer Gatecast again, or choose another directory");
        }
    }

    private int level(Properties mark) {
        var text = mark.getProperty(LEVEL, "0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BrokerException(root.resolve(MARK) + " is damaged: " + LEVEL + " is '" + text
                    + "', not a number. Restore the file or choose another directory");
        }
    }

    /** Notes the format, once the log is formatted. */
    void mark(MetadataVersion version) {
        var mark = LEVEL + "=" + version.featureLevel() + "\n" + VERSION + "=" + version + "\n";
        try {
            Files.writeString(root.resolve(MARK), mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean formatted() {
        return Files.exists(log().resolve("meta.properties"));
    }

    Path log() {
        return root.resolve("log");
    }

    Path root() {
        return root;
    }

    /** Frees the lock and removes a temporary directory. */
    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                remove(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

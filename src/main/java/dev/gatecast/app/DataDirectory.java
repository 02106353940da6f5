package dev.gatecast.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder under {@code data.dir}. Its file {@code format} says which format wrote it, so that an older program refuses
 * a newer folder before it touches a byte.
 *
 * @param root the folder
 */
record DataDirectory(Path root) {
    private static final int FORMAT = 1;
    private static final String MARK = "format";

    static DataDirectory of(GatecastConfig config) {
        return new DataDirectory(config.path("data.dir").toAbsolutePath().normalize());
    }

    /** Where the state stores lie. */
    Path state() {
        return root.resolve("state");
    }

    /**
     * Makes it ready to be written to.
     *
     * @throws UserError when it cannot be, or belongs to a newer version
     */
    void claim() {
        try {
            Files.createDirectories(root);
            var mark = root.resolve(MARK);
            if (Files.exists(mark)) {
                refuseNewer(Files.readString(mark).strip());
            }
            Files.writeString(mark, FORMAT + "\n");
        } catch (IOException e) {
            throw new UserError("data.dir=" + root + " cannot be written to (" + e
                    + "); give this user the right to, or choose another folder");
        }
    }

    private void refuseNewer(String format) {
        if (!format.matches("\\d{1,9}")) {
            throw new UserError("data.dir=" + root + ": the file " + MARK + " is damaged: a number was expected, not '"
                    + format + "'; restore it or choose another folder");
        }
        if (Integer.parseInt(format) > FORMAT) {
            throw new UserError("data.dir=" + root + " was written by a newer Gatecast (format " + format
                    + "; this one knows up to " + FORMAT + "); start the newer one, or choose another folder");
        }
    }
}

package dev.gatecast.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a command writes to, looked at before the work that fills it. */
final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes a folder where it is absent.
     *
     * @throws UserError if it cannot be made, is a file, or takes no files
     */
    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "gatecast", ".try"));
        } catch (FileAlreadyExistsException e) {
            throw new UserError(folder + " is a file; a folder was expected");
        } catch (IOException e) {
            throw new UserError("nothing can be written to the folder " + folder + ": "
                    + (e.getMessage() == null ? e : e.getClass().getSimpleName() + " " + e.getMessage()));
        }
    }
}

package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void anAbsentFolderIsMadeAndTakenAgain() throws IOException {
        var directory = new DataDirectory(folder.resolve("a/b"));
        directory.claim();
        directory.claim();
        assertEquals("1\n", Files.readString(folder.resolve("a/b/format")));
    }

    @Test
    void aNewerFolderIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(folder.resolve("format"), "2\n");
        refused("was written by a newer Gatecast (format 2; this one knows up to 1)", folder);
        assertEquals("2\n", Files.readString(folder.resolve("format")));
    }

    @Test
    void aDamagedMarkIsRefused() throws IOException {
        Files.writeString(folder.resolve("format"), "??");
        refused("a number was expected, not '??'", folder);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        refused("cannot be written to", folder.resolve("file/below"));
    }

    private static void refused(String why, Path root) {
        var error = assertThrows(UserError.class, () -> new DataDirectory(root).claim());
        assertTrue(String.valueOf(error.getMessage()).contains(why), error::getMessage);
    }
}

package dev.gatecast.app;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A model in a file: the same bytes as on the models topic. */
final class ModelFile {
    private static final long LARGEST = 1L << 30;

    private ModelFile() {}

    /**
     * Reads a model.
     *
     * @throws UserError if there is no such file, or it is no model
     */
    static Model read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UserError(file + " is no model: it has more than " + LARGEST + " bytes");
            }
            return new ModelCodec().decode(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UserError("model file " + file + " does not exist");
        } catch (IOException e) {
            throw new UserError("model file " + file + " cannot be read: " + e);
        } catch (UndecodableException e) {
            throw new UserError(file + " is no model that can be used: " + e.getMessage());
        }
    }

    /**
     * Makes sure, before the work that leads to a model, that its file can be written; makes the folder where it is
     * absent.
     *
     * @throws UserError if it cannot
     */
    static void requireWritable(Path file) {
        var folder = file.toAbsolutePath().getParent();
        OutputFolder.make(folder == null ? file : folder);
        if (Files.isDirectory(file)) {
            throw new UserError("--model-out: " + file + " is a folder; a file was expected");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new UserError("--model-out: " + file + " exists and may not be written");
        }
    }

    /**
     * Writes a model, making the folder where it is absent.
     *
     * @throws UserError if the file cannot be written
     */
    static void write(Model model, Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, new ModelCodec().encode(model));
        } catch (IOException e) {
            throw new UserError("model file " + file + " cannot be written: " + e);
        }
    }
}

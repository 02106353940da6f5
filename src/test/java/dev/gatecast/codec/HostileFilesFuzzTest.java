package dev.gatecast.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Whatever a file holds, a reader gives a model or says that it is none; nothing else is thrown, and no memory is taken that
 * the file does not back. A build tries the recorded inputs; {@code JAZZER_FUZZ=1 mvn test
 * -Djazzer.hooks=true -Dtest=HostileFilesFuzzTest#NAME}
 * looks for new ones for a minute.
 */
class HostileFilesFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void safetensors(byte[] bytes) throws IOException {
        try {
            Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
        } catch (UndecodableException expected) {
            requireShort(expected);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void keras(byte[] bytes) {
        try {
            KerasFile.weights(bytes);
        } catch (UndecodableException expected) {
            requireShort(expected);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void kerasArchive(byte[] bytes) {
        try {
            KerasFile.archive(bytes);
        } catch (UndecodableException expected) {
            requireShort(expected);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void model(byte[] bytes) {
        if (bytes.length >= SingleObject.HEADER + Checksum.SIZE) { // past the two doors that a flipped bit never passes
            System.arraycopy(ModelCodec.OBJECT.header(), 0, bytes, 0, SingleObject.HEADER);
            Checksum.seal(bytes);
        }
        try {
            new ModelCodec().decode(bytes);
        } catch (UndecodableException expected) {
            requireShort(expected);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void recipe(byte[] bytes) {
        try {
            var text = new RecipeText(
                    bytes.length > 0 && bytes[0] == '{' ? RecipeText.json(bytes) : RecipeText.properties(bytes));
            ImportedFeatures.read(text, 0);
            text.finish();
        } catch (UndecodableException expected) {
            requireShort(expected);
        }
    }

    private static void requireShort(UndecodableException refused) {
        if (String.valueOf(refused.getMessage()).length() > 4000) {
            throw new IllegalStateException(
                    "a message of " + String.valueOf(refused.getMessage()).length());
        }
    }
}

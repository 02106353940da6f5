package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.support.Models;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** Exports of today, so that a search begins where a file is read, checked and run to its end. */
    static Stream<byte[]> exports() {
        return Stream.of(Models.random(1, 3, 2), Models.directed(1), Models.withContext(1, Models.categories("a", "b")))
                .map(ModelExport.Target.SAFETENSORS::bytes);
    }

    @MethodSource("exports")
    @FuzzTest(maxDuration = "1m")
    void wholeImport(byte[] bytes) throws IOException {
        try {
            var file = Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
            var text = new RecipeText(ImportCheckTest.facts(file));
            ModelImport.imported(file, text, "export");
            text.finish();
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

    /** Of today's form, so that a search begins where a model is read to its end. */
    static Stream<byte[]> models() {
        var fleet = new Fleet(
                Transform.LOG,
                new float[] {1, -1},
                new Fleet.Moments(0.1, 4),
                new Fleet.Moments(0.1, 4),
                0.3,
                new Fleet.Rest(2, 0.5, 24, 0.25, 1.5, 0.125));
        var lineage = new Lineage(new TreeMap<>(Map.of("seed", "1")));
        var ofTargets = new TreeMap<>(Map.of(
                "heat", Models.random(1).recipe(), "load", Models.random(2).recipe()));
        var ofAll = Stream.of(
                        Models.random(1).recipe(),
                        Models.directed(1).recipe(),
                        Models.random(1).recipe().with(fleet),
                        Models.withContext(1, new Context(Models.days(), List.of()))
                                .recipe(),
                        Models.withContext(1, Models.fields("load", "wind")).recipe(),
                        Models.withContext(1, Models.categories("express", "local"))
                                .recipe())
                .map(recipe -> new ModelCodec().name(recipe, lineage));
        return Stream.concat(ofAll, Stream.of(new ModelCodec().name(ofTargets, lineage)))
                .map(new ModelCodec()::encode);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aSearchBeginsWithSoundModels(byte[] bytes) throws UndecodableException {
        assertArrayEquals(bytes, new ModelCodec().encode(new ModelCodec().decode(bytes)));
    }

    @MethodSource("models")
    @FuzzTest(maxDuration = "1m")
    void model(byte[] bytes) {
        if (bytes.length >= SingleObject.HEADER + Checksum.SIZE) { // past the two doors that a flipped bit never passes
            if (!ModelCodec.SECOND.begins(bytes)) {
                System.arraycopy(ModelCodec.OBJECT.header(), 0, bytes, 0, SingleObject.HEADER);
            }
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

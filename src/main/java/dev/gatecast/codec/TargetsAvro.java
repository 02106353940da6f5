package dev.gatecast.codec;

import dev.gatecast.forecast.Recipe;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;

/** Recipes of targets that have one of their own, as {@code schemas/targets.avsc} has it: a part of the model's bytes. */
final class TargetsAvro {
    private static final String NAME = "targets";

    private TargetsAvro() {}

    /** Adds the part, where there is more than one recipe. {@code parts} Modified. */
    static void put(SortedMap<String, Recipe> recipes, SortedMap<String, byte[]> parts) {
        if (!recipes.isEmpty()) {
            parts.put(NAME, ContextAvro.bytes(out -> write(recipes, out)));
        }
    }

    /** Takes the part out. */
    static Part take(SortedMap<String, byte[]> parts) {
        var part = parts.remove(NAME);
        return new Part(part == null ? new byte[0] : part);
    }

    /** What was taken out; nothing where there was none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(byte[] bytes) {
        /** All recipes by target, the model's own among them; empty where that is everybody's. */
        SortedMap<String, Recipe> recipes(Recipe own) throws IOException, UndecodableException {
            var recipes = new TreeMap<String, Recipe>();
            if (bytes.length == 0) {
                return recipes;
            }
            var in = DecoderFactory.get().binaryDecoder(bytes, null);
            recipes.put(in.readString(), own);
            for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
                for (var i = 0L; i < block; i++) {
                    recipes.put(in.readString(), recipe(in));
                }
            }
            if (!in.isEnd()) {
                throw new UndecodableException("bytes left after the end of a model's " + NAME);
            }
            return recipes;
        }

        private static Recipe recipe(BinaryDecoder in) throws IOException, UndecodableException {
            return ModelCodec.recipe(ModelCodec.parts(in), in);
        }
    }

    private static void write(SortedMap<String, Recipe> recipes, BinaryEncoder out) throws IOException {
        var first = recipes.firstKey();
        var others = new TreeMap<>(recipes);
        others.remove(first);
        out.writeString(first);
        out.writeArrayStart();
        out.setItemCount(others.size());
        for (var other : others.entrySet()) {
            out.startItem();
            out.writeString(other.getKey());
            ModelCodec.write(ModelCodec.parts(other.getValue(), Collections.emptySortedMap()), out);
            RecipeAvro.write(other.getValue(), out);
        }
        out.writeArrayEnd();
    }
}

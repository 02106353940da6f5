package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroModel;
import dev.gatecast.codec.avro.AvroModel2;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/**
 * Models as canonical bytes, in Avro: {@code schemas/model.avsc}, or {@code schemas/model-2.avsc} for one that needs more
 * than that can say. Each model has one encoding, and the SHA-256 of it is
 * its id. Bytes that are damaged, cut short, of unknown shape or not in that one encoding are refused.
 */
public final class ModelCodec implements Codec<Model> {
    private static final int RECIPE = 4096; // bytes, features and sizes
    private static final int CATEGORY = 4 * TraitFields.LONGEST; // bytes, the longest name
    private static final int TENSOR = 32; // bytes, lengths and shape

    static final SingleObject OBJECT = new SingleObject(AvroModel.getClassSchema());
    static final SingleObject SECOND = new SingleObject(AvroModel2.getClassSchema());

    /** Names a recipe: the model that it is, with its id and fingerprint. */
    public Model name(Recipe recipe, Lineage lineage) {
        return named(new Whole(recipe, Collections.emptySortedMap()), lineage);
    }

    /** Names a model with a recipe for the series of each of its targets, by name, at least one. */
    public Model name(SortedMap<String, Recipe> recipes, Lineage lineage) {
        return named(new Whole(recipes.values().iterator().next(), recipes), lineage);
    }

    private static Model named(Whole whole, Lineage lineage) {
        return named(whole, lineage, encode(whole, lineage));
    }

    /**
     * What a model does.
     *
     * @param recipe its own
     * @param targets all recipes by target, that one among them; empty where it is everybody's
     */
    private record Whole(Recipe recipe, SortedMap<String, Recipe> targets) {}

    /**
     * At most how many bytes a model will have, without its lineage.
     *
     * @param networks how many of the architecture it has
     * @param levels of its quantiles
     * @param expert values that its linear expert looks at
     */
    public static long mostBytes(Architecture architecture, int networks, int levels, int expert) {
        long tensors = 0;
        for (var entry : architecture.tensors().entrySet()) {
            tensors += TENSOR
                    + entry.getKey().length()
                    + (long) Float.BYTES * entry.getValue().size();
        }
        long names = (long) CATEGORY * architecture.options().categories().rows();
        int horizons = architecture.head().horizons();
        return RECIPE
                + names
                + 8L * levels * (1 + horizons)
                + LinearAvro.mostBytes(expert, horizons)
                + networks * tensors;
    }

    @Override
    public byte[] encode(Model model) {
        return encode(new Whole(model.recipe(), model.recipes()), model.lineage());
    }

    @Override
    public Model decode(byte[] bytes) throws UndecodableException {
        boolean second = SECOND.begins(bytes);
        var object = second ? SECOND : OBJECT;
        object.check(bytes);
        Checksum.check(bytes, "model");
        var model = object.decode(bytes, in -> {
            var parts = second ? parts(in) : new TreeMap<String, byte[]>();
            var targets = TargetsAvro.take(parts);
            var recipe = recipe(parts, in);
            var whole = new Whole(recipe, targets.recipes(recipe));
            var lineage = lineage(in);
            in.skipFixed(Checksum.SIZE);
            return named(whole, lineage, bytes);
        });
        if (!Arrays.equals(bytes, encode(model))) {
            throw new UndecodableException("the canonical bytes of a model were expected, not another encoding of it");
        }
        return model;
    }

    /** A recipe after its parts. {@code parts} Modified. */
    static Recipe recipe(SortedMap<String, byte[]> parts, BinaryDecoder in) throws IOException, UndecodableException {
        var fleet = FleetAvro.take(parts);
        var linear = LinearAvro.take(parts);
        return RecipeAvro.read(in, ContextAvro.read(parts), fleet, linear);
    }

    private static byte[] encode(Whole whole, Lineage lineage) {
        var recipe = whole.recipe;
        var parts = parts(recipe, whole.targets);
        var object = parts.isEmpty() ? OBJECT : SECOND;
        var bytes = object.encode(RecipeAvro.size(recipe) + 1024, out -> {
            if (!parts.isEmpty()) {
                write(parts, out);
            }
            RecipeAvro.write(recipe, out);
            write(lineage, out);
            out.writeFixed(new byte[Checksum.SIZE]);
        });
        Checksum.seal(bytes);
        return bytes;
    }

    private static Model named(Whole whole, Lineage lineage, byte[] bytes) {
        var id = HexFormat.of().formatHex(sha256().digest(bytes));
        var digest = sha256();
        parts(whole.recipe, whole.targets).forEach((name, value) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(value);
        });
        var fingerprint =
                ByteBuffer.wrap(digest.digest(RecipeAvro.bytes(whole.recipe))).getLong();
        return whole.targets.isEmpty()
                ? new Model(id, fingerprint, whole.recipe, lineage)
                : Model.ofTargets(id, fingerprint, whole.targets, lineage);
    }

    /** What a recipe needs beyond itself, and the other recipes of its model. */
    static SortedMap<String, byte[]> parts(Recipe recipe, SortedMap<String, Recipe> targets) {
        var parts = ContextAvro.parts(recipe.spec().context());
        FleetAvro.put(recipe.fleet(), parts);
        LinearAvro.put(recipe.linear(), parts);
        TargetsAvro.put(targets, parts);
        return parts;
    }

    /** Parts, sorted by name. */
    static void write(SortedMap<String, byte[]> parts, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(parts.size());
        for (var part : parts.entrySet()) {
            out.startItem();
            out.writeString(part.getKey());
            out.writeBytes(part.getValue());
        }
        out.writeArrayEnd();
    }

    /** The same, read. */
    static SortedMap<String, byte[]> parts(BinaryDecoder in) throws IOException {
        var parts = new TreeMap<String, byte[]>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                var name = in.readString();
                var value = in.readBytes(null);
                parts.put(name, Arrays.copyOf(value.array(), value.limit()));
            }
        }
        return parts;
    }

    private static void write(Lineage lineage, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(lineage.entries().size());
        for (var entry : lineage.entries().entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            out.writeString(entry.getValue());
        }
        out.writeArrayEnd();
    }

    private static Lineage lineage(BinaryDecoder in) throws IOException {
        var entries = new TreeMap<String, String>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                entries.put(in.readString(), in.readString());
            }
        }
        return new Lineage(entries);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

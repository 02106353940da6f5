package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroModel;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/**
 * Models as canonical bytes, in Avro ({@code schemas/model.avsc}): each model has one encoding, and the SHA-256 of it is
 * its id. Bytes that are damaged, cut short, of unknown shape or not in that one encoding are refused.
 */
public final class ModelCodec implements Codec<Model> {
    static final SingleObject OBJECT = new SingleObject(AvroModel.getClassSchema());

    /** Names a recipe: the model that it is, with its id and fingerprint. */
    public Model name(Recipe recipe, Lineage lineage) {
        return named(recipe, lineage, encode(recipe, lineage));
    }

    @Override
    public byte[] encode(Model model) {
        return encode(model.recipe(), model.lineage());
    }

    @Override
    public Model decode(byte[] bytes) throws UndecodableException {
        OBJECT.check(bytes);
        Checksum.check(bytes, "model");
        var model = OBJECT.decode(bytes, in -> {
            var recipe = RecipeAvro.read(in);
            var lineage = lineage(in);
            in.skipFixed(Checksum.SIZE);
            return named(recipe, lineage, bytes);
        });
        if (!Arrays.equals(bytes, encode(model))) {
            throw new UndecodableException("the canonical bytes of a model were expected, not another encoding of it");
        }
        return model;
    }

    private static byte[] encode(Recipe recipe, Lineage lineage) {
        var bytes = OBJECT.encode(RecipeAvro.size(recipe) + 1024, out -> {
            RecipeAvro.write(recipe, out);
            write(lineage, out);
            out.writeFixed(new byte[Checksum.SIZE]);
        });
        Checksum.seal(bytes);
        return bytes;
    }

    private static Model named(Recipe recipe, Lineage lineage, byte[] bytes) {
        var id = HexFormat.of().formatHex(sha256().digest(bytes));
        var fingerprint =
                ByteBuffer.wrap(sha256().digest(RecipeAvro.bytes(recipe))).getLong();
        return new Model(id, fingerprint, recipe, lineage);
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

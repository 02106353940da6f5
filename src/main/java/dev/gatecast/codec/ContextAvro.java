package dev.gatecast.codec;

import dev.gatecast.feature.Categories;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Covariate;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.FeatureSpec.Spread;
import dev.gatecast.feature.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * What a model sees beside its target, as parts of its bytes. Each part is there only where the model needs it; its bytes
 * are the Avro encoding of the record in {@code schemas} that has its name.
 */
final class ContextAvro {
    private static final String ALIGNED = "aligned";
    private static final String CATEGORIES = "categories";
    private static final String DAYS = "days";
    private static final String FIELDS = "fields";
    private static final String FUTURE = "future";

    /** Names of the parts that there may be. */
    static final List<String> NAMES = List.of(ALIGNED, CATEGORIES, DAYS, FIELDS, FUTURE);

    private ContextAvro() {}

    /** The parts by name. */
    static SortedMap<String, byte[]> parts(Context context) {
        var parts = new TreeMap<String, byte[]>();
        if (!context.days().equals(Days.NONE)) {
            parts.put(DAYS, bytes(out -> DaysAvro.write(context.days(), out)));
        }
        if (context.days().aligned()) {
            parts.put(ALIGNED, bytes(out -> out.writeBoolean(true)));
        }
        if (!context.past().isEmpty()) {
            parts.put(FIELDS, bytes(out -> write(context.past(), out)));
        }
        if (!context.categories().equals(Categories.NONE)) {
            parts.put(CATEGORIES, bytes(out -> write(context.categories(), out)));
        }
        if (!context.future().equals(Future.NONE)) {
            parts.put(FUTURE, bytes(out -> {
                write(context.future().fields(), out);
                out.writeInt(context.future().steps());
            }));
        }
        return parts;
    }

    /** The context of parts. */
    static Context read(SortedMap<String, byte[]> parts) throws IOException, UndecodableException {
        var days = Days.NONE;
        var past = List.<Covariate>of();
        var categories = Categories.NONE;
        var future = Future.NONE;
        var aligned = false;
        for (var part : parts.entrySet()) {
            var in = DecoderFactory.get().binaryDecoder(part.getValue(), null);
            switch (part.getKey()) {
                case ALIGNED -> aligned = in.readBoolean();
                case DAYS -> days = DaysAvro.read(in);
                case FIELDS -> past = covariates(in);
                case CATEGORIES -> categories = categories(in);
                case FUTURE -> future = new Future(covariates(in), in.readInt());
                default ->
                    throw new UndecodableException(
                            "a model of parts that this Gatecast knows was expected, not one with "
                                    + Shown.of(part.getKey()) + ": a newer one wrote it, upgrade this one");
            }
            if (!in.isEnd()) {
                throw new UndecodableException("bytes left after the end of a model's " + part.getKey());
            }
        }
        return new Context(aligned ? days.align() : days, past, categories, future);
    }

    private static void write(Categories categories, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(categories.names().size());
        for (var name : categories.names()) {
            out.startItem();
            out.writeString(name);
        }
        out.writeArrayEnd();
        out.writeInt(categories.width());
    }

    private static Categories categories(BinaryDecoder in) throws IOException {
        var names = new ArrayList<String>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                names.add(in.readString());
            }
        }
        return new Categories(names, in.readInt());
    }

    private static void write(List<Covariate> past, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(past.size());
        for (var covariate : past) {
            out.startItem();
            out.writeString(covariate.name());
            out.writeDouble(covariate.spread().training());
            out.writeDouble(covariate.spread().floor());
        }
        out.writeArrayEnd();
    }

    private static List<Covariate> covariates(BinaryDecoder in) throws IOException {
        var past = new ArrayList<Covariate>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                past.add(new Covariate(in.readString(), new Spread(in.readDouble(), in.readDouble())));
            }
        }
        return past;
    }

    /** What a writer writes. */
    static byte[] bytes(SingleObject.Writer writer) {
        var bytes = new ByteArrayOutputStream();
        var out = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            writer.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}

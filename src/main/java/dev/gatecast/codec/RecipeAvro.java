package dev.gatecast.codec;

import dev.gatecast.feature.Categories;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.FeatureSpec.Spread;
import dev.gatecast.feature.FeatureSpec.Windows;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Correction;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The recipe's part of a model's bytes. */
final class RecipeAvro {
    private RecipeAvro() {}

    /** About how many bytes it takes. */
    static int size(Recipe recipe) {
        var floats = recipe.networks().get(0).architecture().tensors().values().stream()
                .mapToInt(Architecture.Shape::size)
                .sum();
        return 1024 + recipe.networks().size() * (1024 + Float.BYTES * floats);
    }

    /** The part by itself. */
    static byte[] bytes(Recipe recipe) {
        var bytes = new ByteArrayOutputStream(size(recipe));
        try {
            var out = EncoderFactory.get().binaryEncoder(bytes, null);
            write(recipe, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static void write(Recipe recipe, BinaryEncoder out) throws IOException {
        write(recipe.spec(), out);
        write(recipe.networks().get(0).architecture(), out);
        FloatsAvro.write(recipe.levels(), out);
        out.writeInt(recipe.warmUp());
        out.writeLong(recipe.correction().from());
        FloatsAvro.write(recipe.correction().widths(), out);
        out.writeDouble(recipe.correction().least());
        out.writeArrayStart();
        out.setItemCount(recipe.networks().size());
        for (var network : recipe.networks()) {
            out.startItem();
            TensorsAvro.write(network.tensors(), out);
        }
        out.writeArrayEnd();
    }

    static Recipe read(BinaryDecoder in, Context context, @Nullable Fleet fleet, @Nullable LinearForecast linear)
            throws IOException, UndecodableException {
        var spec = spec(in, context);
        var architecture = architecture(in, context.categories());
        var levels = FloatsAvro.read(in);
        var warmUp = in.readInt();
        var correction = new Correction(in.readLong(), FloatsAvro.read(in), in.readDouble());
        var networks = new ArrayList<Network>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                networks.add(new Network(architecture, TensorsAvro.read(in)));
            }
        }
        return new Recipe(spec, networks, levels, warmUp, correction, fleet, linear);
    }

    private static void write(FeatureSpec spec, BinaryEncoder out) throws IOException {
        out.writeString(spec.transform().name());
        out.writeInt(spec.seasons().shorter());
        out.writeInt(spec.seasons().longer());
        out.writeInt(spec.windows().level());
        out.writeInt(spec.windows().profile());
        out.writeInt(spec.windows().ring());
        out.writeLong(spec.cadence());
        out.writeBoolean(spec.calendar());
        out.writeDouble(spec.spread().training());
        out.writeDouble(spec.spread().floor());
        out.writeArrayStart();
        out.setItemCount(spec.inputNames().size());
        for (var name : spec.inputNames()) {
            out.startItem();
            out.writeString(name);
        }
        out.writeArrayEnd();
        InputChoiceAvro.write(spec.choice(), out);
    }

    private static FeatureSpec spec(BinaryDecoder in, Context context) throws IOException, UndecodableException {
        var transform = constant("transform", Transform.values(), in.readString());
        var seasons = new Seasons(in.readInt(), in.readInt());
        var windows = new Windows(in.readInt(), in.readInt(), in.readInt());
        var cadence = in.readLong();
        var calendar = in.readBoolean();
        var spread = new Spread(in.readDouble(), in.readDouble());
        var names = names(in);
        var choice = InputChoiceAvro.read(new InputChoice.Standard(calendar, context), names, in);
        var spec = new FeatureSpec(transform, seasons, windows, cadence, choice, spread);
        if (!names.equals(spec.inputNames())) {
            throw new UndecodableException(
                    "a model with the inputs " + spec.inputNames() + " was expected, not with " + names);
        }
        return spec;
    }

    private static List<String> names(BinaryDecoder in) throws IOException {
        var names = new ArrayList<String>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                names.add(in.readString());
            }
        }
        return names;
    }

    private static void write(Architecture architecture, BinaryEncoder out) throws IOException {
        out.writeString(architecture.cell().name());
        out.writeInt(architecture.inputs());
        out.writeInt(architecture.hidden());
        out.writeInt(architecture.layers());
        var head = architecture.head();
        out.writeInt(head.profile());
        out.writeInt(head.extras());
        out.writeInt(head.units());
        out.writeInt(head.horizons());
        out.writeString(head.output().text());
        var options = architecture.options();
        out.writeBoolean(options.learnedStart());
        out.writeInt(options.elapsed());
        out.writeString(options.attention().name());
        out.writeInt(options.memory());
    }

    private static Architecture architecture(BinaryDecoder in, Categories categories)
            throws IOException, UndecodableException {
        return new Architecture(
                constant("cell", CellKind.values(), in.readString()),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                new Architecture.Head(
                        in.readInt(), in.readInt(), in.readInt(), in.readInt(), Output.of(in.readString())),
                new Architecture.Options(
                        in.readBoolean(),
                        in.readInt(),
                        constant("attention", Attention.values(), in.readString()),
                        in.readInt(),
                        new Architecture.Categories(categories.rows(), categories.width())));
    }

    /** The constant of a name. */
    static <E extends Enum<E>> E constant(String what, E[] constants, String name) throws UndecodableException {
        for (var constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new UndecodableException(
                what + ": one of " + Arrays.toString(constants) + " was expected, not " + Shown.of(name));
    }
}

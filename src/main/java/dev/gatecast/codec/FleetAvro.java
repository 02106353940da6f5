package dev.gatecast.codec;

import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Fleet.Moments;
import dev.gatecast.forecast.Fleet.Rest;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** What is known of a model's new entities, as {@code schemas/fleet.avsc} has it: a part of the model's bytes. */
final class FleetAvro {
    private static final String NAME = "fleet";

    private FleetAvro() {}

    /** Adds the part, where there is one. {@code parts} Modified. */
    static void put(@Nullable Fleet fleet, SortedMap<String, byte[]> parts) {
        if (fleet != null) {
            parts.put(NAME, ContextAvro.bytes(out -> write(fleet, out)));
        }
    }

    /** Takes the part out; null where there is none. {@code parts} Modified. */
    static @Nullable Fleet take(SortedMap<String, byte[]> parts) throws IOException, UndecodableException {
        var part = parts.remove(NAME);
        if (part == null) {
            return null;
        }
        var in = DecoderFactory.get().binaryDecoder(part, null);
        var fleet = read(in);
        if (!in.isEnd()) {
            throw new UndecodableException("bytes left after the end of a model's " + NAME);
        }
        return fleet;
    }

    private static void write(Fleet fleet, BinaryEncoder out) throws IOException {
        out.writeString(fleet.transform().name());
        FloatsAvro.write(fleet.course(), out);
        write(fleet.level(), out);
        write(fleet.spread(), out);
        out.writeDouble(fleet.covariance());
        var rest = fleet.rest();
        out.writeDouble(rest.variance());
        out.writeDouble(rest.step());
        out.writeInt(rest.season());
        out.writeDouble(rest.ofSeason());
        out.writeDouble(rest.left());
        out.writeDouble(rest.leftStep());
    }

    private static void write(Moments moments, BinaryEncoder out) throws IOException {
        out.writeDouble(moments.mean());
        out.writeDouble(moments.variance());
    }

    private static Fleet read(BinaryDecoder in) throws IOException, UndecodableException {
        var transform = RecipeAvro.constant("transform", Transform.values(), in.readString());
        var course = FloatsAvro.read(in);
        var level = new Moments(in.readDouble(), in.readDouble());
        var spread = new Moments(in.readDouble(), in.readDouble());
        var covariance = in.readDouble();
        var rest = new Rest(
                in.readDouble(), in.readDouble(), in.readInt(), in.readDouble(), in.readDouble(), in.readDouble());
        return new Fleet(transform, course, level, spread, covariance, rest);
    }
}

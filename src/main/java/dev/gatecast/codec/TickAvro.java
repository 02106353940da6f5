package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroTick;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A record that is a tick in Avro.
 *
 * @param members entity, time and fields by name
 */
record TickAvro(Map<String, Object> members) implements RawTick {
    private static final SingleObject OBJECT = new SingleObject(AvroTick.getClassSchema());

    static TickAvro read(byte[] value) throws Refusal {
        try {
            return new TickAvro(OBJECT.decode(value, TickAvro::members));
        } catch (UndecodableException e) {
            throw new Refusal(Rejection.UNDECODABLE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable Object get(String field) {
        return members.get(field);
    }

    /** The tick's bytes; fields that are missing are left out. */
    static byte[] write(Tick tick, List<String> fields) {
        return OBJECT.encode(64 + 24 * fields.size(), out -> {
            out.writeString(tick.entity());
            out.writeLong(tick.time());
            write(tick.values(), fields, out);
        });
    }

    private static void write(double[] values, List<String> fields, BinaryEncoder out) throws IOException {
        var present = 0;
        for (var value : values) {
            present += Double.isNaN(value) ? 0 : 1;
        }
        out.writeMapStart();
        out.setItemCount(present);
        for (var i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                out.startItem();
                out.writeString(fields.get(i));
                out.writeDouble(values[i]);
            }
        }
        out.writeMapEnd();
    }

    private static Map<String, Object> members(BinaryDecoder in) throws IOException {
        var members = new HashMap<String, Object>();
        var entity = in.readString();
        var time = in.readLong();
        for (var block = in.readMapStart(); block != 0; block = in.mapNext()) {
            for (var i = 0L; i < block; i++) {
                members.put(in.readString(), in.readDouble());
            }
        }
        members.put("entity", entity);
        members.put("time", time);
        return members;
    }
}

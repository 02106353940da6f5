package dev.gatecast.codec;

import dev.gatecast.feature.Days;
import dev.gatecast.feature.Zone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Time zones and holidays, as {@code schemas/days.avsc} has them. */
final class DaysAvro {
    private DaysAvro() {}

    static void write(Days days, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(days.zones().size());
        for (var zone : days.zones()) {
            out.startItem();
            out.writeString(zone.name());
            longs(zone.from(), out);
            ints(zone.offsets(), out);
        }
        out.writeArrayEnd();
        out.writeBoolean(days.year());
        ints(days.holidays().dates(), out);
        out.writeInt(days.holidays().steps());
    }

    static Days read(BinaryDecoder in) throws IOException {
        var zones = new ArrayList<Zone>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                zones.add(new Zone(in.readString(), longs(in), ints(in)));
            }
        }
        return new Days(zones, in.readBoolean(), new Days.Holidays(ints(in), in.readInt()));
    }

    private static void ints(List<Integer> numbers, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(numbers.size());
        for (var number : numbers) {
            out.startItem();
            out.writeInt(number);
        }
        out.writeArrayEnd();
    }

    private static List<Integer> ints(BinaryDecoder in) throws IOException {
        var numbers = new ArrayList<Integer>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                numbers.add(in.readInt());
            }
        }
        return numbers;
    }

    private static void longs(List<Long> numbers, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(numbers.size());
        for (var number : numbers) {
            out.startItem();
            out.writeLong(number);
        }
        out.writeArrayEnd();
    }

    private static List<Long> longs(BinaryDecoder in) throws IOException {
        var numbers = new ArrayList<Long>();
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) {
                numbers.add(in.readLong());
            }
        }
        return numbers;
    }
}

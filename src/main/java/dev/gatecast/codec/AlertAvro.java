package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroAlert;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Alert.Channel;
import dev.gatecast.event.Alert.Driver;
import dev.gatecast.event.Alert.Episode;
import dev.gatecast.event.Alert.Evidence;
import dev.gatecast.event.Alert.Phase;
import dev.gatecast.event.Alert.Surprise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Alerts in Avro, field by field. */
final class AlertAvro {
    private static final SingleObject OBJECT = new SingleObject(AvroAlert.getClassSchema());
    private static final SingleObject WITHOUT_DRIVERS = OBJECT.without("drivers"); // as alerts were at first
    private static final int MOST_DRIVERS = 1000;
    private static final List<Phase> PHASES = List.of(Phase.OPEN, Phase.UPDATE, Phase.CLOSE); // the schema's order
    private static final List<Channel> CHANNELS = List.of(Channel.RANGE, Channel.LEVEL, Channel.FLAT, Channel.POINT);
    private static final int NULL = 0; // branch of an optional number
    private static final int NUMBER = 1;

    private AlertAvro() {}

    static byte[] encode(Alert alert) {
        return OBJECT.encode(256, out -> {
            out.writeString(alert.entity());
            out.writeLong(alert.time());
            out.writeEnum(PHASES.indexOf(alert.phase()));
            write(alert.episode(), out);
            write(alert.surprise(), out);
            write(alert.evidence(), out);
            write(alert.episode().drivers(), out);
        });
    }

    static Alert decode(byte[] bytes) throws UndecodableException {
        return WITHOUT_DRIVERS.begins(bytes)
                ? WITHOUT_DRIVERS.decode(bytes, AlertAvro::withoutDrivers)
                : OBJECT.decode(bytes, AlertAvro::withDrivers);
    }

    private static Alert withoutDrivers(BinaryDecoder in) throws IOException {
        return new Alert(
                in.readString(), in.readLong(), PHASES.get(in.readEnum()), episode(in), surprise(in), evidence(in));
    }

    private static Alert withDrivers(BinaryDecoder in) throws IOException {
        var alert = withoutDrivers(in);
        var episode = alert.episode();
        var all = new Episode(episode.openedAt(), episode.rows(), episode.peak(), episode.model(), drivers(in));
        return new Alert(alert.entity(), alert.time(), alert.phase(), all, alert.surprise(), alert.evidence());
    }

    private static void write(List<Driver> drivers, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(drivers.size());
        for (var driver : drivers) {
            out.startItem();
            out.writeString(driver.input());
            out.writeFloat(driver.effect());
        }
        out.writeArrayEnd();
    }

    private static List<Driver> drivers(BinaryDecoder in) throws IOException {
        var drivers = new ArrayList<Driver>();
        for (var count = in.readArrayStart(); count > 0; count = in.arrayNext()) {
            if (count > MOST_DRIVERS - drivers.size()) {
                throw new IOException("at most " + MOST_DRIVERS + " drivers were expected");
            }
            for (var i = 0; i < count; i++) {
                drivers.add(new Driver(in.readString(), in.readFloat()));
            }
        }
        return drivers;
    }

    private static void write(Episode episode, BinaryEncoder out) throws IOException {
        out.writeLong(episode.openedAt());
        out.writeLong(episode.rows());
        out.writeDouble(episode.peak());
        out.writeString(episode.model());
    }

    private static Episode episode(BinaryDecoder in) throws IOException {
        return new Episode(in.readLong(), in.readLong(), in.readDouble(), in.readString());
    }

    private static void write(Surprise surprise, BinaryEncoder out) throws IOException {
        out.writeDouble(surprise.level());
        out.writeDouble(surprise.score());
        out.writeEnum(CHANNELS.indexOf(surprise.channel()));
    }

    private static Surprise surprise(BinaryDecoder in) throws IOException {
        return new Surprise(in.readDouble(), in.readDouble(), CHANNELS.get(in.readEnum()));
    }

    private static void write(Evidence evidence, BinaryEncoder out) throws IOException {
        out.writeDouble(evidence.value());
        optional(evidence.expected(), out);
        optional(evidence.lower(), out);
        optional(evidence.upper(), out);
        out.writeDouble(evidence.fastMean());
        out.writeDouble(evidence.slowMean());
    }

    private static Evidence evidence(BinaryDecoder in) throws IOException {
        return new Evidence(
                in.readDouble(), optional(in), optional(in), optional(in), in.readDouble(), in.readDouble());
    }

    private static void optional(double number, BinaryEncoder out) throws IOException {
        if (Double.isNaN(number)) {
            out.writeIndex(NULL);
        } else {
            out.writeIndex(NUMBER);
            out.writeDouble(number);
        }
    }

    private static double optional(BinaryDecoder in) throws IOException {
        var branch = in.readIndex();
        if (branch != NULL && branch != NUMBER) {
            throw new IOException("null or a number was expected, not branch " + branch + " of two");
        }
        return branch == NULL ? Double.NaN : in.readDouble();
    }
}

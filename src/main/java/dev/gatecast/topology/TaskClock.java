package dev.gatecast.topology;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.forecast.StreamClock.Door;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The stream clock of a task, with the bytes that the state store keeps of it, held ticks included.
 *
 * <p>Version 2: a byte of version, the time (8), the number of entities seen (4) and their hashes (4 each), the number of
 * held ticks (4), and of each its time (8), its entity's hash (4), the length of its record (4) and {@link HeldRecord its
 * bytes}. Version 1, which is still read: the time (8) and a count (8) of refused ticks that nothing needs any more.
 */
final class TaskClock {
    private static final byte VERSION = 2;
    private static final byte COUNTING = 1;
    private static final int COUNTING_BYTES = 1 + 2 * Long.BYTES;

    private final StreamClock<Record<byte[], Incoming>> clock;
    private boolean changed;

    /** One that goes on from {@code clock}. */
    TaskClock(StreamClock<Record<byte[], Incoming>> clock) {
        this.clock = clock;
    }

    /** Takes, holds or refuses a tick, and those held before it with it. */
    void offer(Tick tick, Record<byte[], Incoming> record, Door<Record<byte[], Incoming>> door) {
        changed = true;
        clock.offer(tick.time(), tick.entity(), record, door);
    }

    /** Time of the newest tick taken, milliseconds since the epoch; -1 before the first. */
    long time() {
        return clock.time();
    }

    /** Whether it may differ from what was last written or read. */
    boolean changed() {
        return changed;
    }

    byte[] write() {
        changed = false;
        int[] seen = clock.seen();
        var held = clock.held();
        var records = held.stream().map(tick -> HeldRecord.write(tick.tick())).toList();
        int length = records.stream().mapToInt(bytes -> bytes.length).sum();
        var out = ByteBuffer.allocate(
                1 + Long.BYTES + 2 * Integer.BYTES + seen.length * Integer.BYTES + held.size() * 16 + length);
        out.put(VERSION).putLong(clock.time()).putInt(seen.length);
        for (int entity : seen) {
            out.putInt(entity);
        }
        out.putInt(held.size());
        for (int i = 0; i < held.size(); i++) {
            out.putLong(held.get(i).time()).putInt(held.get(i).entity());
            out.putInt(records.get(i).length).put(records.get(i));
        }
        return out.array();
    }

    void read(byte[] bytes) {
        changed = false;
        var in = ByteBuffer.wrap(bytes);
        byte version = bytes.length == 0 ? 0 : in.get();
        if (version == COUNTING && bytes.length == COUNTING_BYTES) {
            clock.restore(in.getLong(), new int[0], List.of());
        } else if (version == VERSION) {
            long time = in.getLong();
            clock.restore(time, seen(in), held(in));
        } else {
            throw new IllegalStateException(
                    "task clock: expected version 1 or 2, got " + bytes.length + " bytes of version " + version);
        }
    }

    private static int[] seen(ByteBuffer in) {
        int[] seen = new int[in.getInt()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.getInt();
        }
        return seen;
    }

    private static List<StreamClock.Held<Record<byte[], Incoming>>> held(ByteBuffer in) {
        var held = new ArrayList<StreamClock.Held<Record<byte[], Incoming>>>();
        for (int left = in.getInt(); left > 0; left--) {
            long time = in.getLong();
            int entity = in.getInt();
            byte[] record = new byte[in.getInt()];
            in.get(record);
            held.add(new StreamClock.Held<>(time, entity, HeldRecord.read(record)));
        }
        return held;
    }
}

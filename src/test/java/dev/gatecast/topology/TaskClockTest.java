package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.StreamClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskClockTest {
    private static final DeadLetters.Position HERE = new DeadLetters.Position("ticks", 3, 42);

    private final List<Record<byte[], Incoming>> taken = new ArrayList<>();
    private final StreamClock.Door<Record<byte[], Incoming>> door = new StreamClock.Door<>() {
        @Override
        public void take(Record<byte[], Incoming> record) {
            taken.add(record);
        }

        @Override
        public void refuse(Record<byte[], Incoming> record, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public @Nullable Record<byte[], Incoming> keep(Record<byte[], Incoming> record) {
            return HeldRecord.of(record, HERE);
        }
    };

    private static TaskClock clock() {
        return new TaskClock(new StreamClock<>(1_000, 100));
    }

    private static Record<byte[], Incoming> record(String value, long time) {
        var headers = new RecordHeaders();
        headers.add("of-the-user", new byte[] {1, 2});
        headers.add("null", null);
        return new Record<>(bytes("key"), new Incoming.OfTicks(bytes(value)), time, headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void offer(TaskClock clock, String entity, long time) {
        clock.offer(new Tick(entity, time, new double[] {1}), record(entity + time, time), door);
    }

    @Test
    void goesOnFromItsBytesWithTheTicksThatWait() {
        var clock = clock();
        offer(clock, "a", 5_000);
        offer(clock, "b", 5_000);
        offer(clock, "a", 90_000);
        assertTrue(clock.changed());
        var written = clock.write();
        assertFalse(clock.changed());

        var again = clock();
        again.read(written);
        assertEquals(5_000, again.time());
        assertArrayEquals(written, again.write());
        offer(again, "b", 90_001);
        assertEquals(4, taken.size());
        var held = taken.get(2);
        assertArrayEquals(bytes("key"), held.key());
        assertArrayEquals(bytes("a90000"), held.value().bytes());
        assertEquals(90_000, held.timestamp());
        assertArrayEquals(
                new byte[] {1, 2}, held.headers().lastHeader("of-the-user").value());
        assertNull(held.headers().lastHeader("null").value());
        assertEquals(HERE, new DeadLetters.Position("other", 0, 0).orOrigin(held.headers()));
    }

    /** What the first version wrote after a tick at 5 s and seven refused ones. */
    @Test
    void readsTheBytesOfTheFirstVersion() {
        var clock = clock();
        clock.read(HexFormat.of().parseHex("01" + "0000000000001388" + "0000000000000007"));
        assertEquals(5_000, clock.time());
        offer(clock, "a", 6_000);
        assertEquals(1, taken.size());
    }

    @Test
    void refusesOtherBytesByTheirVersion() {
        var newer = ByteBuffer.allocate(30).put((byte) 3).array();
        var error = assertThrows(IllegalStateException.class, () -> clock().read(newer));
        assertTrue(String.valueOf(error.getMessage()).contains("30 bytes of version 3"), error::getMessage);
        assertThrows(IllegalStateException.class, () -> clock().read(new byte[0]));
    }

    @Test
    void doesNotHoldARecordOfWhichAHundredDoNotFit() {
        assertNull(HeldRecord.of(record("x".repeat(HeldRecord.LARGEST), 1), HERE));
    }
}

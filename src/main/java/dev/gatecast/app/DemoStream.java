package dev.gatecast.app;

import dev.gatecast.event.Tick;
import dev.gatecast.kafka.KafkaFault;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The demo's ticks that are not yet on the topic, and their way there. Ends at any point where it is told to stop. */
final class DemoStream implements AutoCloseable {
    private static final long DRAIN_LIMIT_SECONDS = 120;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TickSender sender;
    private final List<Tick> missing;
    private final long newest;
    private final Pace pace;
    private final StopSignal stop;

    private DemoStream(TickSender sender, List<Tick> missing, long newest, Pace pace, StopSignal stop) {
        this.sender = sender;
        this.missing = missing;
        this.newest = newest;
        this.pace = pace;
        this.stop = stop;
    }

    /** What is missing on the topic, as it is now. */
    static DemoStream open(Cluster cluster, GatecastConfig config, Pace pace, StopSignal stop) {
        var there = AlreadyThere.on(cluster);
        var missing = DemoData.ticks(TickSettings.fields(config)).stream()
                .filter(tick -> !there.contains(tick))
                .toList();
        var sender = new TickSender(cluster, TickSettings.writer(config), stop);
        return new DemoStream(sender, missing, there.newest(), pace, stop);
    }

    /** Event time of the first tick that is missing, milliseconds since the epoch. */
    OptionalLong first() {
        return missing.stream().mapToLong(Tick::time).findFirst();
    }

    /** Event time of the newest tick that was there, milliseconds since the epoch; Long.MIN_VALUE without any. */
    long newest() {
        return newest;
    }

    /** How many ticks are missing between two event times, the second excluded. */
    int count(long from, long until) {
        return between(from, until).size();
    }

    /** Sends what is missing between two event times, the second excluded, at the pace of the demo. */
    void send(long from, long until) {
        send(from, until, pace);
    }

    /** The same as fast as it can. */
    void sendAtOnce(long from, long until) {
        send(from, until, new Pace(0));
    }

    private void send(long from, long until, Pace pace) {
        stop.check();
        sender.send(between(from, until), pace);
        stop.check();
    }

    private List<Tick> between(long from, long until) {
        return missing.stream()
                .filter(tick -> tick.time() >= from && tick.time() < until)
                .toList();
    }

    /** Waits for what goes on aside. */
    void await(Future<?> aside) {
        try {
            while (!done(aside)) {
                stop.check();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the second training", e);
        }
    }

    private static boolean done(Future<?> aside) throws ExecutionException, InterruptedException {
        try {
            aside.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Waits until every airport's last tick has been forecast. */
    void drain(Serving serving) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_LIMIT_SECONDS);
        while (!reached(serving, DemoCalendar.LAST_HOUR)) {
            if (stop.asked(LOOK_NANOS)) {
                stop.check();
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaFault("the topology did not reach the end of the stream within " + DRAIN_LIMIT_SECONDS
                        + " s; it is " + serving.streams().state());
            }
        }
    }

    private static boolean reached(Serving serving, long time) {
        var streams = serving.streams();
        var names = streams.entities("", DemoData.ENTITIES + 1);
        return names.size() >= DemoData.ENTITIES
                && names.stream().allMatch(name -> streams.entity(name)
                        .filter(entity -> entity.lastTime() >= time)
                        .isPresent());
    }

    @Override
    public void close() {
        sender.close();
    }
}

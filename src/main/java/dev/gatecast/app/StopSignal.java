package dev.gatecast.app;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM or Ctrl-C, for a command that closes things in order: it asks at points of its choice whether it is to end, and
 * the process waits up to a minute until it has. No thread is interrupted, since Kafka's clients do not bear that while
 * they close. Thread-safe.
 */
final class StopSignal implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final String command;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "gatecast-stop");

    /** Listens until it is closed. */
    StopSignal(String command) {
        this.command = command;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process is to end. */
    boolean asked() {
        return asked.getCount() == 0;
    }

    /**
     * Goes on unless the process is to end.
     *
     * @throws CancellationException if it is
     */
    void check() {
        if (asked()) {
            throw new CancellationException("stopped");
        }
    }

    /**
     * Waits.
     *
     * @param nanos how long; nothing when not above 0
     * @return true as soon as the process is to end, or the thread is interrupted
     */
    boolean asked(long nanos) {
        try {
            return asked.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Asks for the end from inside. */
    void ask() {
        asked.countDown();
    }

    private void stop() {
        ask();
        try {
            if (!closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(command + ": not closed within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it runs already
        }
    }
}

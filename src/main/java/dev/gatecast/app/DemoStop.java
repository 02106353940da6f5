package dev.gatecast.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C: the demo's thread is interrupted, and the process ends when that has closed everything, or after
 * a minute. Closed by the thread that made it.
 */
final class DemoStop implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Thread demo = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "gatecast-stop");
    private boolean allowed;
    private boolean asked;

    DemoStop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Lets the demo's thread be interrupted from now on; before that, a stop waits. */
    synchronized void allow() throws InterruptedException {
        allowed = true;
        if (asked) {
            throw new InterruptedException("stopped");
        }
    }

    /** Ends the interruption, so that what is closed next can wait for its threads. */
    synchronized void forbid() {
        allowed = false;
        if (asked) {
            Thread.interrupted();
        }
    }

    /** Whether the process is to end. */
    synchronized boolean asked() {
        return asked;
    }

    private void stop() {
        ask();
        try {
            if (!closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gatecast demo: not closed within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void ask() {
        asked = true;
        if (allowed) {
            demo.interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!asked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}

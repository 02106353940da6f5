package dev.gatecast.model;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that help a caller of {@link Backprop} who works too. Handing over allocates nothing: each thread has one place for
 * what it does next, and looks there for tens of microseconds before it sleeps. What finds every place taken runs on the
 * caller's thread.
 *
 * <p>Daemon threads. {@link #close} ends them after what they are at; what has been handed over and not begun may be left.
 */
public final class Helpers implements Executor, AutoCloseable {
    private static final int LOOKS = 2000;

    /** A sleeper looks again now and then, though whoever hands something over wakes it. */
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    private final Helper[] helpers;
    private int next; // of one caller at a time
    private volatile boolean closed;

    /**
     * Starts threads.
     *
     * @param count 0 or more; with 0 everything runs on the caller's
     */
    public Helpers(int count) {
        helpers = new Helper[count];
        for (var i = 0; i < count; i++) {
            helpers[i] = new Helper();
        }
        for (var helper : helpers) {
            helper.thread.start();
        }
    }

    /**
     * Hands a task to the next thread whose place is free. One thread at a time may call it.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the helpers have been sent home");
        }
        for (var tries = 0; tries < helpers.length; tries++) {
            var helper = helpers[next];
            next = next + 1 < helpers.length ? next + 1 : 0;
            if (helper.takes(task)) {
                return;
            }
        }
        task.run();
    }

    @Override
    public void close() {
        closed = true;
        for (var helper : helpers) {
            LockSupport.unpark(helper.thread);
        }
    }

    private final class Helper {
        private final AtomicReference<@Nullable Runnable> place = new AtomicReference<>();
        private final Thread thread = new Thread(this::serve, "gatecast-helper");

        Helper() {
            thread.setDaemon(true);
        }

        boolean takes(Runnable task) {
            if (!place.compareAndSet(null, task)) {
                return false;
            }
            LockSupport.unpark(thread);
            return true;
        }

        private void serve() {
            while (!closed) {
                var task = place.getAndSet(null);
                if (task == null) {
                    await();
                } else {
                    run(task);
                }
            }
        }

        private void await() {
            for (var look = 0; look < LOOKS; look++) {
                if (closed || place.get() != null) {
                    return;
                }
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(this, LONGEST_SLEEP);
            Thread.interrupted(); // only closing ends a helper; a flag left behind would keep it from sleeping
        }

        /** What a task throws is told as that of any thread, and the thread goes on. */
        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}

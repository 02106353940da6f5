package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does the lanes' work of one block after another: on threads of its own, or on the caller's where one is enough. */
final class Crew implements AutoCloseable {
    private final @Nullable ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();

    Crew(int size) {
        threads = size == 1
                ? null
                : Executors.newFixedThreadPool(size, task -> {
                    var thread = new Thread(task, "gatecast-backtest");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Starts one task a lane; the last ones have been waited for. */
    void start(List<Runnable> tasks) {
        if (threads == null) {
            tasks.forEach(Runnable::run);
        } else {
            tasks.forEach(task -> running.add(threads.submit(task)));
        }
    }

    /** Waits for what was started; what a task threw is thrown here. */
    void await() {
        try {
            for (var task : running) {
                task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("a lane of the backtest failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the backtest was interrupted", e);
        }
        running.clear();
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}

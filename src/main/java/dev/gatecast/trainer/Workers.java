package dev.gatecast.trainer;

import dev.gatecast.model.Helpers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Threads that share work without deciding anything: results come in the order of the items, whichever thread made them.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final Helpers helpers;

    Workers(int count) {
        this.threads = pool(count);
        this.helpers = new Helpers(count - 1);
    }

    private static ExecutorService pool(int count) {
        return Executors.newFixedThreadPool(count, task -> {
            var thread = new Thread(task, "gatecast-trainer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Applies a function to all items.
     *
     * @throws CancellationException if this thread was interrupted; its interrupted flag stays set
     */
    <T, R> List<R> all(List<T> items, Function<T, R> function) {
        var futures = new ArrayList<Future<R>>();
        for (var item : items) {
            futures.add(threads.submit(() -> function.apply(item)));
        }
        var results = new ArrayList<R>();
        try {
            for (var future : futures) {
                results.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("training was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
        return results;
    }

    /** Threads for a caller who works too, so one fewer. */
    Executor helpers() {
        return helpers;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        helpers.close();
    }
}

package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpersTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Of all helpers that live. */
    static long[] ids() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("gatecast-helper"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private static Thread on(Helpers helpers) throws InterruptedException {
        var future = new CompletableFuture<Thread>();
        helpers.execute(() -> future.complete(Thread.currentThread()));
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("nobody ran the task", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everythingHandedOverIsRunOnce(int count) {
        assertTimeoutPreemptively(LONG, () -> {
            var ran = new AtomicInteger();
            var all = new CountDownLatch(5000);
            try (var helpers = new Helpers(count)) {
                for (var i = 0; i < 5000; i++) {
                    helpers.execute(() -> {
                        ran.incrementAndGet();
                        all.countDown();
                    });
                }
                all.await();
            }
            assertEquals(5000, ran.get());
        });
    }

    @Test
    void withoutHelpersAllRunsOnTheCallersThread() throws InterruptedException {
        try (var helpers = new Helpers(0)) {
            assertSame(Thread.currentThread(), on(helpers));
        }
    }

    @Test
    void whatFindsEveryPlaceTakenRunsOnTheCallersThread() {
        assertTimeoutPreemptively(LONG, () -> {
            var begun = new CountDownLatch(1);
            var hold = new CountDownLatch(1);
            try (var helpers = new Helpers(1)) {
                helpers.execute(() -> {
                    begun.countDown();
                    assertTrue(within(hold));
                });
                begun.await();
                var ran = new AtomicReference<Thread>();
                helpers.execute(() -> {}); // waits in the only place
                helpers.execute(() -> ran.set(Thread.currentThread()));
                assertSame(Thread.currentThread(), ran.get());
                hold.countDown();
            }
        });
    }

    private static boolean within(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void anInterruptedHelperHelpsOn() throws InterruptedException {
        try (var helpers = new Helpers(1)) {
            var thread = on(helpers);
            assertNotSame(Thread.currentThread(), thread);
            for (var i = 0; i < 100; i++) {
                thread.interrupt();
                assertSame(thread, on(helpers));
            }
        }
    }

    @Test
    void whatATaskThrowsIsToldAndTheHelperHelpsOn() throws InterruptedException {
        try (var helpers = new Helpers(1)) {
            var thread = on(helpers);
            var told = new CompletableFuture<Throwable>();
            thread.setUncaughtExceptionHandler((at, thrown) -> told.complete(thrown));
            helpers.execute(() -> {
                throw new IllegalStateException("as meant");
            });
            assertEquals("as meant", told.join().getMessage());
            assertSame(thread, on(helpers));
        }
    }

    @Test
    void afterTheEndNothingIsTakenAndTheThreadsEnd() throws InterruptedException {
        var helpers = new Helpers(1);
        var thread = on(helpers);
        helpers.close();
        thread.join(20_000);
        assertTrue(!thread.isAlive(), "the helper still lives");
        assertThrows(RejectedExecutionException.class, () -> helpers.execute(() -> {}));
    }
}

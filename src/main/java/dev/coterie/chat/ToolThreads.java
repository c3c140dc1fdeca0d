package dev.coterie.chat;

import dev.coterie.error.CancelledException;
import dev.coterie.language.Message;
import dev.coterie.tools.ToolResult;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs tools aside, so that one that hangs holds up no answer. A tool whose time is up is only
 * asked to stop: one that does not listen keeps its thread, and once all are kept no other tool
 * runs until one of them ends. Thread-safe.
 */
final class ToolThreads {
    private final Duration longest;
    private final Semaphore free;

    /**
     * @param longest time of one tool
     * @param most tools that may run at once
     */
    ToolThreads(Duration longest, int most) {
        this.longest = longest;
        this.free = new Semaphore(most);
    }

    /**
     * @throws TimeoutException if it takes too long
     * @throws RejectedExecutionException if as many run as may
     * @throws CancelledException if the answer is interrupted
     */
    ToolResult run(Supplier<ToolResult> tool) throws TimeoutException {
        if (!free.tryAcquire()) throw new RejectedExecutionException("too many tools hang");
        var result = new FutureTask<>(tool::get);
        start(result);
        try {
            return result.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Message.of("llm.cancelled"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } finally {
            result.cancel(true);
        }
    }

    private void start(Runnable work) {
        Runnable whole =
                () -> {
                    try {
                        work.run();
                    } finally {
                        free.release();
                    }
                };
        var thread = new Thread(whole, "chat-tool");
        thread.setDaemon(true);
        thread.start();
    }
}

package dev.coterie.api;

import dev.coterie.error.RefusedException;
import dev.coterie.language.Message;
import dev.coterie.run.Event;
import dev.coterie.run.EventLog;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events from the event log. Streams have threads of their own, so that they never hold
 * a request thread; a reader that is gone is noticed at the next write, a heartbeat at the latest.
 */
final class EventStream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final int STREAMS = 256;
    private static final Set<String> TERMINAL = Set.of("job.end", "message.end", "error");

    private final EventLog events;
    private final Duration heartbeat;
    private final ThreadPoolExecutor threads;
    private volatile boolean closing;

    EventStream(EventLog events, Duration heartbeat) {
        this.events = events;
        this.heartbeat = heartbeat;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        STREAMS,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            var thread = new Thread(task, "stream");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Streams what an owner said and says, until its terminal event.
     *
     * @param rendering the data of an event in the reader's language
     * @param ended true once the owner will say no more
     */
    void send(Context ctx, String owner, Function<Event, String> rendering, BooleanSupplier ended) {
        long after = after(ctx);
        ctx.status(200);
        var response = ctx.res();
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        ctx.future(
                () -> {
                    try {
                        return CompletableFuture.runAsync(
                                () -> run(response, owner, after, rendering, ended), threads);
                    } catch (RejectedExecutionException e) {
                        throw new RefusedException(Message.of("api.busy"));
                    }
                });
    }

    private void run(
            jakarta.servlet.http.HttpServletResponse response,
            String owner,
            long after,
            Function<Event, String> rendering,
            BooleanSupplier ended) {
        try {
            OutputStream out = response.getOutputStream();
            write(out, "retry: 2000\n\n");
            long last = after;
            while (!closing) {
                // Asked before the look: an end after the look is found by the next one.
                boolean over = ended.getAsBoolean();
                List<Event> found = events.await(owner, last, over ? Duration.ZERO : heartbeat);
                for (Event event : found) {
                    last = event.number();
                    write(out, frame(event, rendering.apply(event)));
                    if (TERMINAL.contains(event.type())) return;
                }
                if (found.isEmpty()) {
                    if (over) return;
                    write(out, ": still here\n\n");
                }
            }
        } catch (IOException e) {
            log.debug("a stream's reader is gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String frame(Event event, String data) {
        return "id: "
                + event.number()
                + "\nevent: "
                + event.type()
                + "\ndata: "
                + data.replace("\n", "\ndata: ")
                + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static long after(Context ctx) {
        Optional<String> asked =
                Optional.ofNullable(ctx.header("Last-Event-ID")).or(() -> Call.query(ctx, "after"));
        if (asked.isEmpty()) return 0;
        if (!asked.get().matches("\\d{1,15}")) throw Call.wrong("?after");
        return Long.parseLong(asked.get());
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
    }
}

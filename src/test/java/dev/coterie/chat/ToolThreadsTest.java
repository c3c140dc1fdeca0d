package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coterie.tools.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ToolThreadsTest {
    private static final ToolResult NOTHING =
            new ToolResult(
                    "get_segment",
                    "-",
                    Map.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0);

    @Test
    void toolsThatHangAreNoMoreThanMayRunAtOnce() throws TimeoutException {
        var threads = new ToolThreads(Duration.ofMillis(50), 2);
        var end = new CountDownLatch(1);
        var begun = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            assertThrows(TimeoutException.class, () -> threads.run(() -> deaf(begun, end)));
        }
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    RejectedExecutionException.class, () -> threads.run(() -> deaf(begun, end)));
        }
        assertEquals(2, begun.get());
        end.countDown();
        Awaitility.await()
                .ignoreException(RejectedExecutionException.class)
                .until(() -> threads.run(() -> NOTHING) == NOTHING);
    }

    /** Goes on until its end whoever asks it to stop. */
    private static ToolResult deaf(AtomicInteger begun, CountDownLatch end) {
        begun.incrementAndGet();
        boolean asked = false;
        while (true) {
            try {
                end.await();
                if (asked) Thread.currentThread().interrupt();
                return NOTHING;
            } catch (InterruptedException e) {
                asked = true;
            }
        }
    }
}

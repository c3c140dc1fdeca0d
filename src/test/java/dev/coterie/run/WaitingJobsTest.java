package dev.coterie.run;

import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class WaitingJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aJobThatFailsToGoOnDoesNotKeepTheOthersWaiting() {
        Set<String> gone = ConcurrentHashMap.newKeySet();
        try (var waiting = new WaitingJobs(Clock.fixed(NOW, ZoneOffset.UTC))) {
            waiting.add("broken", NOW.minusSeconds(1));
            waiting.start(
                    job -> {
                        gone.add(job);
                        if (job.equals("broken")) throw new IllegalStateException("no such row");
                    });
            await().atMost(Duration.ofSeconds(5)).until(() -> gone.contains("broken"));
            waiting.add("whole", NOW.minusSeconds(1));
            await().atMost(Duration.ofSeconds(5)).until(() -> gone.contains("whole"));
        }
    }
}

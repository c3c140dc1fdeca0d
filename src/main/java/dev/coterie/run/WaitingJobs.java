package dev.coterie.run;

import dev.coterie.language.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When jobs that wait go on. What they wait for stands in the ledger. Thread-safe. */
final class WaitingJobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WaitingJobs.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration GIVES_UP = Duration.ofHours(24);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Clock clock;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        var thread = new Thread(task, "job-timer");
                        thread.setDaemon(true);
                        return thread;
                    });

    WaitingJobs(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param due gets the id of each job whose time has come, once
     */
    void start(Consumer<String> due) {
        long millis = LOOK_EVERY.toMillis();
        timer.scheduleWithFixedDelay(() -> look(due), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void look(Consumer<String> due) {
        Instant now = clock.instant();
        until.forEach(
                (job, then) -> {
                    if (!now.isBefore(then) && until.remove(job, then)) tell(due, job, now);
                });
    }

    /** Whatever one job fails with, the timer goes on for the others and for its next try. */
    private void tell(Consumer<String> due, String job, Instant now) {
        try {
            due.accept(job);
        } catch (RuntimeException e) {
            log.error("job {} did not go on; it is tried again", job, e);
            until.putIfAbsent(job, now.plus(SHORTEST));
        }
    }

    void add(String job, Instant then) {
        until.put(job, then);
    }

    /** True once a job has waited so long that nobody counts on it any more. */
    boolean hopeless(Instant created) {
        return created.plus(GIVES_UP).isBefore(clock.instant());
    }

    /**
     * When to try again: as long from now as the job is old, so that the pauses double; at least
     * what the reason asks for.
     */
    Instant next(Instant created, Message reason) {
        Instant now = clock.instant();
        Duration age = Duration.between(created, now);
        Duration pause = age.compareTo(SHORTEST) < 0 ? SHORTEST : age;
        if (pause.compareTo(LONGEST) > 0) pause = LONGEST;
        if (reason.arguments().get("seconds") instanceof Number seconds) {
            Duration asked = Duration.ofSeconds(seconds.longValue());
            if (asked.compareTo(pause) > 0) pause = asked;
        }
        return now.plus(pause);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

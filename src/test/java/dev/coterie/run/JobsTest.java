package dev.coterie.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue of work: ends, cancellations and the stop of the server. */
class JobsTest {
    @TempDir Path folder;

    private Database database;
    private Jobs jobs;
    private String project;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        jobs = new Jobs(database, new EventLog(database), Clock.systemUTC());
        project =
                new Projects(database, Clock.systemUTC())
                        .create("Shop", Language.ENGLISH, false)
                        .id();
    }

    @AfterEach
    void close() {
        jobs.close();
        database.close();
    }

    /** Work that does what it is told and writes nothing else. */
    private record Told(Function<Job, Jobs.Ending> does) implements Jobs.Work {
        @Override
        public Jobs.Ending execute(Job job, JobProgress progress) {
            return does.apply(job);
        }

        @Override
        public void begun(Transaction t, Job job) {
            // Nothing stands for this work but the job itself.
        }

        @Override
        public void ended(Transaction t, Job job, State state, Optional<Failure> failure) {
            // As above.
        }
    }

    private Job begin(String type, Function<Job, Jobs.Ending> does) {
        jobs.register(type, new Told(does));
        Job job = database.write(t -> jobs.add(t, type, project, "subject", "{}"));
        jobs.submit(job);
        return job;
    }

    private void awaitState(Job job, State state) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jobs.get(job.id()).state() == state);
    }

    /** The moment at which a cancellation is committed and the worker has not heard of it. */
    private void cancelUnheard(Job job) {
        database.change(t -> t.change("update job set cancel = 1 where id = ?", job.id()));
    }

    @Test
    void aJobThatIsCancelledWhileItGoesToWaitDoesNotGoOn() {
        Job job =
                begin(
                        "parks",
                        begun -> {
                            cancelUnheard(begun);
                            throw new Parked(Message.of("llm.rate_limited"));
                        });
        awaitState(job, State.CANCELLED);
    }

    @Test
    void aJobThatIsCancelledAtItsLastMomentWritesNothing() {
        var written = new AtomicBoolean();
        Job job =
                begin(
                        "ends",
                        begun -> {
                            cancelUnheard(begun);
                            return t -> {
                                written.set(true);
                                return Jobs.NOTHING_MORE;
                            };
                        });
        awaitState(job, State.CANCELLED);
        assertFalse(written.get());
    }

    @Test
    void aCancelledJobLeavesNoMarkBehind() {
        var go = new CountDownLatch(1);
        Job running =
                begin(
                        "waits",
                        begun -> {
                            uninterrupted(go);
                            return t -> Jobs.NOTHING_MORE;
                        });
        awaitState(running, State.RUNNING);
        Job queued = database.write(t -> jobs.add(t, "waits", project, "subject", "{}"));
        jobs.submit(queued);

        assertEquals(State.CANCELLED, jobs.cancel(queued.id()).state());
        assertEquals(State.RUNNING, jobs.cancel(running.id()).state());
        assertFalse(jobs.mustStop(queued.id()));
        assertTrue(jobs.mustStop(running.id()));

        go.countDown();
        awaitState(running, State.CANCELLED);
        await().atMost(Duration.ofSeconds(5)).until(() -> !jobs.mustStop(running.id()));
    }

    @Test
    void whatFollowsAnEndingIsDoneOnceTheEndingIsCommitted() {
        var seen = new AtomicReference<State>();
        Job job = begin("follows", begun -> t -> () -> seen.set(jobs.get(begun.id()).state()));
        awaitState(job, State.SUCCEEDED);
        await().atMost(Duration.ofSeconds(5)).until(() -> seen.get() == State.SUCCEEDED);
    }

    @Test
    void whatFollowsAnEndingThatIsNotCommittedIsNotDone() {
        var followed = new AtomicBoolean();
        Job job =
                begin(
                        "breaks",
                        begun ->
                                t -> {
                                    t.change("delete from project where id = ?", begun.project());
                                    t.change("insert into setting (name) values ('broken')");
                                    return () -> followed.set(true);
                                });
        awaitState(job, State.FAILED);
        assertFalse(followed.get());
    }

    @Test
    void jobsThatDoNotStopAreWaitedForTogether() {
        var go = new CountDownLatch(1);
        try {
            for (String type : List.of("one", "two", "three", "four")) {
                Job job =
                        begin(
                                type,
                                begun -> {
                                    uninterrupted(go);
                                    return t -> Jobs.NOTHING_MORE;
                                });
                awaitState(job, State.RUNNING);
            }
            // Each for itself would be eight seconds.
            assertTimeoutPreemptively(
                    Duration.ofSeconds(6), () -> jobs.close(Duration.ofSeconds(2)));
        } finally {
            go.countDown();
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}

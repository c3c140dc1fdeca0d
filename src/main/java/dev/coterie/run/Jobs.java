package dev.coterie.run;

import dev.coterie.error.CancelledException;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of long work: one worker a type. A job that a crash or a stop interrupted is found by
 * its epoch at the next start and begins again; its effects are written in the same transaction as
 * its end, so they happen once.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    /** Less than the server has for its whole stop. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(4);

    private final Database database;
    private final EventLog events;
    private final Clock clock;
    private final JobTable table;
    private final Map<String, Work> works = new ConcurrentHashMap<>();
    private final Map<String, ExecutorService> workers = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final WaitingJobs waiting;
    private final PatientWrites patient;
    private volatile boolean closing;

    Jobs(Database database, EventLog events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.table = new JobTable(database, events, clock);
        this.waiting = new WaitingJobs(clock);
        this.patient = new PatientWrites(database, () -> closing);
    }

    /** What a type of job does. */
    interface Work {
        /**
         * @return what to write in the transaction that ends the job
         */
        Ending execute(Job job, JobProgress progress);

        /**
         * Lets the ending be written; work whose outcome others may change meanwhile holds what
         * keeps them away.
         */
        default void end(Job job, Runnable ending) {
            ending.run();
        }

        /** Written in the transaction that ends a job without success. */
        void ended(Transaction t, Job job, State state, Optional<Failure> failure);

        /** Written in the transaction that begins the job, again after a crash. */
        void begun(Transaction t, Job job);
    }

    /** What the work of a job writes in the transaction that ends it. */
    interface Ending {
        /**
         * @return what to do once that is committed, so that nobody reads of what was not
         */
        Runnable write(Transaction t);
    }

    /** For endings after whose commit there is nothing to do. */
    static final Runnable NOTHING_MORE = () -> {};

    void register(String type, Work work) {
        works.put(type, work);
        workers.put(
                type,
                Executors.newSingleThreadExecutor(
                        task -> {
                            var thread = new Thread(task, "job-" + type);
                            thread.setDaemon(true);
                            return thread;
                        }));
    }

    /** Takes up what an earlier start of the server left. */
    void start() {
        List<Job> open = database.write(this::takeUp);
        waiting.start(this::resume);
        if (!open.isEmpty()) log.info("jobs: {} taken up after the last stop", open.size());
        open.forEach(this::submit);
    }

    private List<Job> takeUp(Transaction t) {
        for (Job job : table.in(t, State.RUNNING)) {
            if (table.askedToStop(t, job)) end(t, job, State.CANCELLED, Optional.empty());
        }
        table.adopt(t);
        table.in(t, State.WAITING)
                .forEach(job -> waiting.add(job.id(), Instant.parse(job.until().orElseThrow())));
        return table.in(t, State.QUEUED);
    }

    /** Takes up a job whose waiting is over; one that was cancelled meanwhile is left. */
    private void resume(String id) {
        try {
            database.write(t -> table.queueAgain(t, id)).ifPresent(this::submit);
        } catch (StorageException e) {
            log.warn("job {} goes on later: {}", id, e.code());
            waiting.add(id, clock.instant().plusSeconds(2));
        }
    }

    public Job get(String id) {
        return database.read(t -> table.get(t, id));
    }

    /** What waits for the language model to write about a run or a brief. */
    public Optional<Job> waiting(String subject) {
        return database.read(t -> table.waiting(t, subject));
    }

    /** Newest first; filters that are empty do not filter. */
    public List<Job> list(Optional<String> project, Optional<String> state) {
        return database.read(t -> table.list(t, project, state));
    }

    /** Everything the job's work warned of. */
    public List<Notice> warnings(String id) {
        return database.read(t -> table.warnings(t, id));
    }

    /**
     * @throws ConflictException if it has ended
     */
    public Job cancel(String id) {
        Job job = database.write(t -> cancel(t, id));
        // Its worker may have ended it in between: then the mark that stops the work is of no use.
        if (job.state() == State.RUNNING) {
            cancelled.add(id);
            if (get(id).state() != State.RUNNING) cancelled.remove(id);
        }
        events.wake();
        return job;
    }

    private Job cancel(Transaction t, String id) {
        Job found = table.get(t, id);
        if (found.state().ended()) {
            throw new ConflictException(Message.of("run.job_ended"));
        }
        table.askToStop(t, id);
        if (found.state() == State.QUEUED || found.state() == State.WAITING) {
            end(t, found, State.CANCELLED, Optional.empty());
        }
        return table.get(t, id);
    }

    /** Adds a job to a transaction; call {@link #submit} once it is committed. */
    Job add(Transaction t, String type, String project, String subject, String request) {
        return table.add(t, type, project, subject, request);
    }

    /** Adds a job that waits to a transaction; one of its type and subject is enough. */
    void addWaiting(
            Transaction t,
            String type,
            String project,
            String subject,
            String request,
            Message reason) {
        if (table.waits(t, type, subject)) return;
        park(t, table.add(t, type, project, subject, request), reason);
    }

    private void park(Transaction t, Job job, Message reason) {
        Instant until = waiting.next(Instant.parse(job.createdAt()), reason);
        table.park(t, job, until, reason);
        waiting.add(job.id(), until);
        log.info("job {} waits until {}: {}", job.id(), until, reason.key());
    }

    void submit(Job job) {
        workers.get(job.type()).execute(() -> perform(job.id()));
    }

    boolean mustStop(String id) {
        return closing || cancelled.contains(id);
    }

    void stage(Job job, Stage next, Optional<Stage> previous, long previousMillis) {
        write(
                job,
                t -> {
                    var took = OptionalLong.of(previousMillis);
                    previous.ifPresent(p -> table.tellStage(t, job, p, took));
                    table.stage(t, job, next);
                });
        log.info("job {}: {}", job.id(), next.word());
    }

    void progress(Job job, Optional<Stage> stage, Job.Done done) {
        write(job, t -> table.progress(t, job, stage, done));
    }

    void notice(Job job, Notice notice) {
        write(job, t -> table.warn(t, job, notice));
    }

    /** A write of a job at work; refused if the job is no longer this start's. */
    private void write(Job job, Consumer<Transaction> work) {
        database.change(
                t -> {
                    if (!table.mine(t, job))
                        throw new CancelledException(Message.of("run.cancelled"));
                    work.accept(t);
                });
        events.wake();
    }

    private void perform(String id) {
        try {
            work(id);
        } catch (StorageException e) {
            // Its row cannot be written, so only the log can tell; the next start takes it up.
            log.error("job {} cannot go on: its state cannot be written", id, e);
            events.wake();
        } finally {
            cancelled.remove(id);
        }
    }

    private void work(String id) {
        Optional<Job> claimed =
                patient.write("the start of job " + id, t -> claim(t, id)).flatMap(job -> job);
        if (claimed.isEmpty()) return;
        Job job = claimed.get();
        Work work = works.get(job.type());
        var progress = new JobProgress(this, job);
        try {
            Ending ending = work.execute(job, progress);
            progress.flush();
            work.end(job, () -> succeed(job, progress, ending));
        } catch (Parked e) {
            park(job, e.reason());
        } catch (CancelledException e) {
            // A stopping server leaves the job as it is: the next start takes it up.
            if (!closing) finish(job, t -> end(t, job, State.CANCELLED, Optional.empty()));
        } catch (CoterieException e) {
            log.warn("job {} failed: {}", id, e.code());
            fail(job, new Failure(e.code(), e.message()));
        } catch (RuntimeException | Error e) {
            log.error("job {} failed", id, e);
            fail(job, new Failure("internal", Message.of("run.internal")));
        }
    }

    private void succeed(Job job, JobProgress progress, Ending ending) {
        patient.write("the end of job " + job.id(), t -> succeed(t, job, progress, ending))
                .ifPresent(Runnable::run);
        events.wake();
    }

    private Runnable succeed(Transaction t, Job job, JobProgress progress, Ending ending) {
        if (!table.mine(t, job)) return NOTHING_MORE;
        if (table.askedToStop(t, job)) {
            end(t, job, State.CANCELLED, Optional.empty());
            return NOTHING_MORE;
        }
        var took = OptionalLong.of(progress.stageMillis());
        progress.stage().ifPresent(stage -> table.tellStage(t, job, stage, took));
        Runnable committed = ending.write(t);
        table.end(t, job, State.SUCCEEDED, Optional.empty());
        return committed;
    }

    private void park(Job job, Message reason) {
        if (waiting.hopeless(Instant.parse(job.createdAt()))) {
            fail(job, new Failure("model_away", reason));
            return;
        }
        finish(
                job,
                t -> {
                    if (table.askedToStop(t, job)) {
                        end(t, job, State.CANCELLED, Optional.empty());
                        return;
                    }
                    works.get(job.type()).ended(t, job, State.WAITING, Optional.empty());
                    park(t, job, reason);
                });
    }

    private void fail(Job job, Failure failure) {
        if (!closing) finish(job, t -> end(t, job, State.FAILED, Optional.of(failure)));
    }

    private Optional<Job> claim(Transaction t, String id) {
        if (closing) return Optional.empty();
        Optional<Job> claimed = table.claim(t, id);
        claimed.ifPresent(job -> works.get(job.type()).begun(t, job));
        return claimed;
    }

    /** Writes the end of a job. */
    private void finish(Job job, Consumer<Transaction> work) {
        patient.change(
                "the end of job " + job.id(),
                t -> {
                    if (table.mine(t, job)) work.accept(t);
                });
        events.wake();
    }

    private void end(Transaction t, Job job, State state, Optional<Failure> failure) {
        works.get(job.type()).ended(t, job, state, failure);
        table.end(t, job, state, failure);
    }

    @Override
    public void close() {
        close(STOPS_WITHIN);
    }

    /**
     * @param patience how long the jobs at work are waited for, all together
     */
    void close(Duration patience) {
        closing = true;
        waiting.close();
        workers.values().forEach(ExecutorService::shutdownNow);
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (ExecutorService worker : workers.values()) {
                if (!worker.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    log.warn("a job did not stop in time; the next start takes it up");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.coterie.run;

import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The jobs in the ledger. A job belongs to the start of the server that holds its epoch: what an
 * earlier start left is {@link #adopt adopted} before anything is claimed.
 */
final class JobTable {
    private final Database database;
    private final EventLog events;
    private final Clock clock;

    JobTable(Database database, EventLog events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    Job get(Transaction t, String id) {
        return t.first("select * from job where id = ?", Job::of, id)
                .orElseThrow(() -> Projects.missing("job", id));
    }

    /** Newest first; filters that are empty do not filter. */
    List<Job> list(Transaction t, Optional<String> project, Optional<String> state) {
        return t.list(
                "select * from job where (?1 is null or project = ?1) and (?2 is null or state ="
                        + " ?2) order by created_at desc, id limit 1000",
                Job::of,
                project,
                state);
    }

    /** Those of one state, the oldest first. */
    List<Job> in(Transaction t, State state) {
        return t.list(
                "select * from job where state = ? order by created_at, id", Job::of, state.word());
    }

    Optional<Job> waiting(Transaction t, String subject) {
        return t.first(
                "select * from job where subject = ? and state = 'waiting'", Job::of, subject);
    }

    boolean waits(Transaction t, String type, String subject) {
        return t.count(
                        "select count(*) as n from job where type = ? and subject = ? and state ="
                                + " 'waiting'",
                        type,
                        subject)
                > 0;
    }

    List<Notice> warnings(Transaction t, String id) {
        return t.list(
                "select data from event where owner = ? and type = 'job.warning' order by number",
                row -> LedgerJson.read(row.text("data"), Notice.class),
                id);
    }

    /** What an earlier start left becomes this one's, queued again unless it waits. */
    void adopt(Transaction t) {
        t.change(
                "update job set state = 'queued', epoch = ? where state in ('queued', 'running')"
                        + " and epoch < ?",
                database.epoch(),
                database.epoch());
        t.change("update job set epoch = ? where state = 'waiting'", database.epoch());
    }

    Job add(Transaction t, String type, String project, String subject, String request) {
        String id = Ids.random("job_");
        t.change(
                "insert into job (id, type, project, subject, state, epoch, request, created_at)"
                        + " values (?, ?, ?, ?, 'queued', ?, ?, ?)",
                id,
                type,
                project,
                subject,
                database.epoch(),
                request,
                Projects.now(clock));
        return get(t, id);
    }

    void park(Transaction t, Job job, Instant until, Message reason) {
        t.change(
                "update job set state = 'waiting', until = ?, reason = ? where id = ?",
                until.toString(),
                LedgerJson.write(reason),
                job.id());
    }

    /** A job whose waiting is over; empty if it was cancelled meanwhile. */
    Optional<Job> queueAgain(Transaction t, String id) {
        int taken =
                t.change("update job set state = 'queued' where id = ? and state = 'waiting'", id);
        return taken == 1 ? Optional.of(get(t, id)) : Optional.empty();
    }

    /** Empty if the job is no longer queued, or is another start's. */
    Optional<Job> claim(Transaction t, String id) {
        int claimed =
                t.change(
                        "update job set state = 'running', started_at = ? where id = ? and state ="
                                + " 'queued' and epoch = ?",
                        Projects.now(clock),
                        id,
                        database.epoch());
        return claimed == 1 ? Optional.of(get(t, id)) : Optional.empty();
    }

    /** True while the job is at work and this start's. */
    boolean mine(Transaction t, Job job) {
        return t.count(
                        "select count(*) as n from job where id = ? and epoch = ? and state ="
                                + " 'running'",
                        job.id(),
                        database.epoch())
                == 1;
    }

    void askToStop(Transaction t, String id) {
        t.change("update job set cancel = 1 where id = ?", id);
    }

    /** True if a cancellation was accepted, whether or not the worker has heard of it. */
    boolean askedToStop(Transaction t, Job job) {
        return t.count("select cancel as n from job where id = ?", job.id()) == 1;
    }

    void stage(Transaction t, Job job, Stage next) {
        t.change(
                "update job set stage = ?, done = null, total = null, unit = null, rate = null, eta"
                        + " = null where id = ?",
                next.word(),
                job.id());
        tellStage(t, job, next, OptionalLong.empty());
    }

    /**
     * @param millis how long the stage took; empty where it begins
     */
    void tellStage(Transaction t, Job job, Stage stage, OptionalLong millis) {
        events.append(
                t,
                job.id(),
                "job.stage",
                LedgerJson.write(new JobEvents.StageEvent(stage.word(), millis)));
    }

    void progress(Transaction t, Job job, Optional<Stage> stage, Job.Done done) {
        t.change(
                "update job set done = ?, total = ?, unit = ?, rate = ?, eta = ? where id = ?",
                done.done(),
                done.total(),
                done.unit(),
                done.rate().isPresent() ? done.rate().getAsDouble() : null,
                done.eta().isPresent() ? done.eta().getAsLong() : null,
                job.id());
        String word = stage.map(Stage::word).orElse("");
        events.append(
                t,
                job.id(),
                "job.progress",
                LedgerJson.write(new JobEvents.ProgressEvent(word, done)));
    }

    void warn(Transaction t, Job job, Notice notice) {
        events.append(t, job.id(), "job.warning", LedgerJson.write(notice));
    }

    void end(Transaction t, Job job, State state, Optional<Failure> failure) {
        t.change(
                "update job set state = ?, problem = ?, finished_at = ? where id = ?",
                state.word(),
                failure.map(LedgerJson::write),
                Projects.now(clock),
                job.id());
        events.append(t, job.id(), "job.end", "{}");
    }
}

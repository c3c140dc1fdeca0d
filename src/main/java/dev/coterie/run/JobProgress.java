package dev.coterie.run;

import dev.coterie.error.CancelledException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The listener a job's work reports to: keeps the latest figures, writes them to the ledger at most
 * once a second, and stops the work when it was cancelled. Thread-safe.
 */
final class JobProgress implements RunListener {
    private static final long SECOND = 1_000_000_000L;

    private final Jobs jobs;
    private final Job job;
    private final List<Notice> notices = new ArrayList<>();
    private Optional<Stage> stage = Optional.empty();
    private Optional<Job.Done> latest = Optional.empty();
    private boolean unsaved;
    private long stageStart = System.nanoTime();
    private long stageFirstDone = -1;
    private long lastSaved;

    JobProgress(Jobs jobs, Job job) {
        this.jobs = jobs;
        this.job = job;
    }

    @Override
    public synchronized void begin(Stage next) {
        flush();
        long now = System.nanoTime();
        long took = (now - stageStart) / 1_000_000;
        stageStart = now;
        stageFirstDone = -1;
        latest = Optional.empty();
        jobs.stage(job, next, stage, took);
        stage = Optional.of(next);
    }

    @Override
    public synchronized void advance(long done, long total, Unit unit) {
        long now = System.nanoTime();
        if (stageFirstDone < 0) stageFirstDone = done;
        double seconds = (now - stageStart) / (double) SECOND;
        // The first report may hold what a cache knew: it is no measure of speed.
        double rate = seconds <= 0 ? 0 : (done - stageFirstDone) / seconds;
        boolean known = rate > 0 && seconds > 0.5;
        latest =
                Optional.of(
                        new Job.Done(
                                done,
                                total,
                                unit.name().toLowerCase(Locale.ROOT),
                                known ? OptionalDouble.of(rate) : OptionalDouble.empty(),
                                known && total >= done
                                        ? OptionalLong.of((long) Math.ceil((total - done) / rate))
                                        : OptionalLong.empty()));
        unsaved = true;
        if (now - lastSaved >= SECOND) flush();
    }

    @Override
    public synchronized void notice(Notice notice) {
        notices.add(notice);
        jobs.notice(job, notice);
    }

    @Override
    public void checkCancelled() {
        if (jobs.mustStop(job.id())) {
            throw new CancelledException(Message.of("run.cancelled"));
        }
    }

    /** Writes what was not written yet. */
    synchronized void flush() {
        if (!unsaved || latest.isEmpty()) return;
        jobs.progress(job, stage, latest.get());
        unsaved = false;
        lastSaved = System.nanoTime();
    }

    /** Milliseconds since the stage at work began. */
    synchronized long stageMillis() {
        return (System.nanoTime() - stageStart) / 1_000_000;
    }

    synchronized Optional<Stage> stage() {
        return stage;
    }
}

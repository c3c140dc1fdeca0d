package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.GroupNames;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run as a job: analyses the data and writes what was found, at once with the job's end. */
final class RunWork implements Jobs.Work {
    private static final Logger log = LoggerFactory.getLogger(RunWork.class);

    private final Database database;
    private final Datasets datasets;
    private final Runs runs;
    private final Rewording rewording;
    private final Clock clock;

    RunWork(Database database, Datasets datasets, Runs runs, Rewording rewording, Clock clock) {
        this.database = database;
        this.datasets = datasets;
        this.runs = runs;
        this.rewording = rewording;
        this.clock = clock;
    }

    @Override
    public void begun(Transaction t, Job job) {
        t.change(
                "update run set state = 'running', started_at = ? where id = ?",
                Projects.now(clock),
                job.subject());
    }

    @Override
    public Jobs.Ending execute(Job job, JobProgress progress) {
        Run run = runs.get(job.subject());
        Optional<FinishedRun> before = published(run.project(), progress);
        var outcome =
                analyse(run, before.map(b -> Comparisons.predecessor(b, entries(b))), progress);
        progress.checkCancelled();
        FinishedRun finished = finished(run, before, outcome);
        Analysis analysis = finished.analysis();
        Optional<Changes> changes = before.map(b -> Comparisons.between(b, finished));
        byte[] segmentation = LedgerJson.pack(outcome.found());
        byte[] description = LedgerJson.pack(analysis.description());
        String notices = LedgerJson.write(analysis.notices());
        Optional<byte[]> packed = changes.map(LedgerJson::pack);
        String summary =
                LedgerJson.write(
                        Run.Summary.of(run.settings(), analysis, changes.map(Run.Matched::of)));
        return t -> {
            t.change(
                    "insert or replace into run_result (run, segmentation, description,"
                            + " notices, changes) values (?, ?, ?, ?, ?)",
                    run.id(),
                    segmentation,
                    description,
                    notices,
                    packed);
            t.change(
                    "update run set state = 'succeeded', summary = ?, finished_at = ? where id"
                            + " = ?",
                    summary,
                    Projects.now(clock),
                    run.id());
            Lineage.write(t, run, finished.segmentIds());
            EditLedger.takeOn(t, finished, Projects.now(clock));
            // The first finished run of a project publishes itself.
            t.change(
                    "update project set published_run = ? where id = ? and published_run is"
                            + " null",
                    run.id(),
                    run.project());
            rewording.await(t, run, analysis.description());
            FinishedRun ended = finished.as(Runs.get(t, run.id()));
            return () -> runs.install(ended);
        };
    }

    /** The run with the ids that its segments have or get, and the customers placed in them. */
    private FinishedRun finished(
            Run run, Optional<FinishedRun> before, SegmentationRun.Outcome outcome) {
        List<String> ids =
                Lineage.ids(
                        before.map(FinishedRun::segmentIds).orElse(List.of()),
                        outcome.succession(),
                        outcome.found().k());
        return new FinishedRun(run, outcome.analysis(), ids, outcome.found(), outcome.placed());
    }

    /** The run that answers now; one that cannot be read again is none, with a notice. */
    private Optional<FinishedRun> published(String project, JobProgress progress) {
        Optional<String> id = database.read(t -> Projects.get(t, project).publishedRun());
        try {
            return id.map(runs::finished);
        } catch (CoterieException | UncheckedIOException e) {
            log.warn("run {} cannot be matched to: {}", id.orElseThrow(), e.getMessage());
            progress.notice(Notice.warning(Message.of("run.not_matched"), 1));
            return Optional.empty();
        }
    }

    private List<SegmentEntry> entries(FinishedRun of) {
        return database.read(t -> Segments.list(t, of.run().id()));
    }

    private SegmentationRun.Outcome analyse(
            Run run, Optional<Predecessor> predecessor, JobProgress progress) {
        if (run.cutFrom().isPresent()) {
            FinishedRun from = runs.finished(run.cutFrom().get());
            var asFound = from.analysis().with(from.found(), from.analysis().description());
            var known =
                    GroupNames.of(from.analysis().description(), from.analysis().segmentation());
            return runs.stages(run.id()).cut(asFound, known, run.settings(), predecessor, progress);
        }
        Dataset dataset = datasets.get(run.dataset());
        return runs.stages(run.id())
                .execute(datasets.sources(dataset), run.settings(), predecessor, progress);
    }

    @Override
    public void ended(Transaction t, Job job, State state, Optional<Failure> failure) {
        t.change(
                "update run set state = ?, problem = ?, finished_at = ? where id = ?",
                state.word(),
                failure.map(LedgerJson::write),
                Projects.now(clock),
                job.subject());
    }
}

package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.GroupNames;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.segment.Segmentation;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs: started as jobs, published, and brought back to memory when something asks. */
public final class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);
    private static final int IN_MEMORY = 4;

    private final Database database;
    private final Jobs jobs;
    private final Datasets datasets;
    private final UploadFolder folder;
    private final SegmentationRun segmentationRun;
    private final Clock clock;
    private final Rewording rewording;
    private final Map<String, CompletableFuture<FinishedRun>> loaded =
            new LinkedHashMap<>(16, 0.75f, true);

    Runs(
            Database database,
            Jobs jobs,
            Datasets datasets,
            UploadFolder folder,
            SegmentationRun segmentationRun,
            Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.datasets = datasets;
        this.folder = folder;
        this.segmentationRun = segmentationRun;
        this.clock = clock;
        this.rewording = new Rewording(database, jobs, this);
        jobs.register("run", new RunWork());
        jobs.register(Rewording.TYPE, rewording);
    }

    /**
     * Starts a run.
     *
     * @param dataset the dataset, or empty for the project's latest
     * @throws InvalidInputException {@code too_few_customers} if its data cannot carry one
     * @throws ConflictException {@code roles_not_confirmed} if a column needs a decision
     */
    public Job start(String projectId, Optional<String> dataset, RunSettings settings) {
        folder.requireRoom();
        Project project = database.read(t -> Projects.get(t, projectId));
        Dataset data = dataset(project, dataset);
        data.summary()
                .refusal()
                .ifPresent(
                        refusal -> {
                            throw new InvalidInputException(refusal.message());
                        });
        int undecided = data.summary().undecided().size();
        if (undecided > 0) {
            throw new ConflictException(Message.of("run.roles_not_confirmed", "count", undecided));
        }
        Job job =
                database.write(
                        t -> {
                            String id = Ids.random("run_");
                            Job added = jobs.add(t, "run", project.id(), id, "{}");
                            insert(
                                    t,
                                    id,
                                    project,
                                    data.id(),
                                    settings.withRoles(data.choices()),
                                    Optional.empty(),
                                    added);
                            return added;
                        });
        jobs.submit(job);
        return job;
    }

    /** The named dataset of a project, or its latest. */
    public Dataset dataset(Project project, Optional<String> id) {
        return database.read(
                t -> {
                    Dataset found =
                            Datasets.get(
                                    t,
                                    id.or(() -> Datasets.latest(t, project.id()))
                                            .orElseThrow(
                                                    () ->
                                                            new ConflictException(
                                                                    Message.of("run.no_dataset"))));
                    if (!found.project().equals(project.id())) {
                        throw Projects.missing("dataset", found.id());
                    }
                    return found;
                });
    }

    /**
     * Starts a run that cuts the tree of a finished one at another number of segments.
     *
     * @param settings the finished run's own, with that number
     * @throws ConflictException {@code not_finished} if it has not succeeded
     */
    public Job startCut(Run from, RunSettings settings) {
        folder.requireRoom();
        requireFinished(from);
        Job job =
                database.write(
                        t -> {
                            String id = Ids.random("run_");
                            Job added = jobs.add(t, "run", from.project(), id, "{}");
                            insert(
                                    t,
                                    id,
                                    Projects.get(t, from.project()),
                                    from.dataset(),
                                    settings,
                                    Optional.of(from.id()),
                                    added);
                            return added;
                        });
        jobs.submit(job);
        return job;
    }

    private void insert(
            Transaction t,
            String id,
            Project project,
            String dataset,
            RunSettings settings,
            Optional<String> cutFrom,
            Job job) {
        long number = t.count("select next_run as n from project where id = ?", project.id());
        t.change("update project set next_run = next_run + 1 where id = ?", project.id());
        t.change(
                "insert into run (id, project, dataset, number, state, settings, job, created_at,"
                        + " cut_from) values (?, ?, ?, ?, 'queued', ?, ?, ?, ?)",
                id,
                project.id(),
                dataset,
                number,
                LedgerJson.write(settings),
                job.id(),
                Projects.now(clock),
                cutFrom);
    }

    public Run get(String id) {
        return database.read(t -> get(t, id));
    }

    static Run get(Transaction t, String id) {
        return t.first("select * from run where id = ?", Run::of, id)
                .orElseThrow(() -> Projects.missing("run", id));
    }

    /** Newest first. */
    public List<Run> list(String project) {
        return database.read(
                t ->
                        t.list(
                                "select * from run where project = ? order by number desc",
                                Run::of,
                                Projects.get(t, project).id()));
    }

    /** The run that a request means: the named one, or the project's published one. */
    public Run inForce(Project project, Optional<String> pinned) {
        String id =
                pinned.or(project::publishedRun)
                        .orElseThrow(
                                () -> new ConflictException(Message.of("run.no_published_run")));
        Run run = get(id);
        if (!run.project().equals(project.id())) throw Projects.missing("run", id);
        return run;
    }

    public Run publish(String id) {
        return database.write(
                t -> {
                    Run run = get(t, id);
                    requireFinished(run);
                    t.change(
                            "update project set published_run = ? where id = ?",
                            run.id(),
                            run.project());
                    return run;
                });
    }

    /**
     * @throws ConflictException if it is published or at work
     */
    public void delete(String id) {
        database.change(
                t -> {
                    Run run = get(t, id);
                    Project project = Projects.get(t, run.project());
                    if (project.publishedRun().equals(Optional.of(id))) {
                        throw new ConflictException(Message.of("run.is_published"));
                    }
                    boolean awaited =
                            t.count(
                                            "select count(*) as n from run where cut_from = ? and"
                                                    + " state in ('queued', 'running')",
                                            id)
                                    > 0;
                    if (!run.state().ended() || awaited) {
                        throw new ConflictException(Message.of("run.job_in_progress"));
                    }
                    t.change("delete from event where owner = ?", run.job());
                    t.change("delete from job where subject = ? and state = 'waiting'", id);
                    t.change("delete from run where id = ?", id);
                    Lineage.removeOrphans(t, run.project());
                });
        synchronized (loaded) {
            loaded.remove(id);
        }
    }

    private static void requireFinished(Run run) {
        if (run.state() != State.SUCCEEDED) {
            throw new ConflictException(Message.of("run.not_finished", "number", run.number()));
        }
    }

    /**
     * The run's analysis, rebuilt from the uploads and the stored outcome if it is not in memory.
     *
     * @throws ConflictException {@code not_finished} if it has not succeeded
     */
    public FinishedRun finished(String id) {
        CompletableFuture<FinishedRun> future;
        boolean mine = false;
        synchronized (loaded) {
            future = loaded.get(id);
            if (future == null) {
                future = new CompletableFuture<>();
                mine = true;
                remember(id, future);
            }
        }
        if (mine) load(id, future);
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private void load(String id, CompletableFuture<FinishedRun> future) {
        try {
            future.complete(restore(id));
        } catch (RuntimeException | Error e) {
            synchronized (loaded) {
                loaded.remove(id);
            }
            future.completeExceptionally(e);
        }
    }

    private void remember(String id, CompletableFuture<FinishedRun> future) {
        loaded.put(id, future);
        var oldest = loaded.entrySet().iterator();
        while (loaded.size() > IN_MEMORY && oldest.hasNext()) {
            if (oldest.next().getValue().isDone()) oldest.remove();
        }
    }

    private FinishedRun restore(String id) {
        long start = System.nanoTime();
        Run run = get(id);
        requireFinished(run);
        Dataset dataset = datasets.get(run.dataset());
        byte[][] stored =
                database.read(
                        t ->
                                t.first(
                                                "select * from run_result where run = ?",
                                                row ->
                                                        new byte[][] {
                                                            row.bytes("segmentation"),
                                                            row.bytes("description")
                                                        },
                                                id)
                                        .orElseThrow(() -> Projects.missing("run", id)));
        Analysis analysis =
                segmentationRun.restore(
                        datasets.sources(dataset),
                        asBalanced(run),
                        LedgerJson.unpack(stored[0], Segmentation.class),
                        LedgerJson.unpack(stored[1], Description.class));
        FinishedRun restored = database.read(t -> standing(t, run, analysis));
        log.info("run {} restored in {} ms", id, (System.nanoTime() - start) / 1_000_000);
        return restored;
    }

    /** A run as people left it. */
    private FinishedRun standing(Transaction t, Run run, Analysis analysis) {
        var found = new FinishedRun(run, analysis, Lineage.segmentIds(t, run.id()));
        Optional<EditLedger.Stored> stored = EditLedger.stored(t, run.id());
        Map<String, String> placed = EditLedger.placed(t, run.id());
        if (stored.isEmpty() && placed.isEmpty()) return found;
        var standing =
                new EditLedger.Before(
                                stored.map(EditLedger.Stored::cut)
                                        .orElse(analysis.segmentation().hierarchy().cut()),
                                found.segmentIds(),
                                placed,
                                analysis.description())
                        .standing(found);
        Analysis after =
                standing.over(
                        run,
                        analysis,
                        analysis.segmentation(),
                        segmentationRun,
                        stored.map(EditLedger.Stored::description));
        return found.with(run, after, standing);
    }

    /** The stages that made the runs. */
    SegmentationRun stages() {
        return segmentationRun;
    }

    /** Puts a changed run in the place of the one in memory. */
    void install(FinishedRun changed) {
        synchronized (loaded) {
            remember(changed.run().id(), CompletableFuture.completedFuture(changed));
        }
    }

    /** Writes the figures that lists show after its segments changed. */
    Run resummarised(Transaction t, String id, Analysis analysis) {
        Run run = get(t, id);
        t.change(
                "update run set summary = ? where id = ?",
                LedgerJson.write(
                        summary(run, analysis, run.summary().flatMap(Run.Summary::matched))),
                id);
        return get(t, id);
    }

    /** The run's settings with the balance that was found, so that it is not looked for again. */
    private static RunSettings asBalanced(Run run) {
        return run.summary().map(s -> run.settings().with(s.balance())).orElse(run.settings());
    }

    /** Brings the published runs to memory, so that the first visitor need not wait. */
    void warm() {
        List<String> published =
                database.read(
                        t ->
                                t.list(
                                        "select published_run from project where published_run is"
                                                + " not null order by created_at limit ?",
                                        row -> row.text("published_run"),
                                        IN_MEMORY));
        for (String id : published) {
            try {
                finished(id);
            } catch (CoterieException e) {
                log.warn("run {} cannot be restored: {}", id, e.code());
            } catch (RuntimeException e) {
                log.error("run {} cannot be restored", id, e);
            }
        }
    }

    private final class RunWork implements Jobs.Work {
        @Override
        public void begun(Transaction t, Job job) {
            t.change(
                    "update run set state = 'running', started_at = ? where id = ?",
                    Projects.now(clock),
                    job.subject());
        }

        @Override
        public Consumer<Transaction> execute(Job job, JobProgress progress) {
            Run run = get(job.subject());
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
            String summary = LedgerJson.write(summary(run, analysis, changes.map(Run.Matched::of)));
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
                install(finished.as(get(t, run.id())));
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
                return id.map(Runs.this::finished);
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
                FinishedRun from = Runs.this.finished(run.cutFrom().get());
                var asFound = from.analysis().with(from.found(), from.analysis().description());
                return segmentationRun.cut(
                        asFound,
                        GroupNames.of(
                                from.analysis().description(), from.analysis().segmentation()),
                        run.settings(),
                        predecessor,
                        progress);
            }
            Dataset dataset = datasets.get(run.dataset());
            return segmentationRun.execute(
                    datasets.sources(dataset), run.settings(), predecessor, progress);
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

    private static Run.Summary summary(Run run, Analysis analysis, Optional<Run.Matched> matched) {
        var segmentation = analysis.segmentation();
        return new Run.Summary(
                analysis.customers().customers(),
                analysis.customers().texts().size(),
                analysis.customers().events().count(),
                segmentation.k(),
                segmentation.outliers(),
                Arrays.stream(segmentation.stability()).average().orElse(0),
                segmentation.reason(),
                analysis.embeddings().map(e -> e.encoder().name()),
                analysis.description().textLanguage(),
                Optional.of(segmentation.method()),
                analysis.featureModel().balance(),
                analysis.featureModel().shares(),
                writer(run, analysis.description().segments()),
                analysis.notices(),
                matched);
    }

    /** {@code llm} if the model wrote any of the run's texts. */
    private static String writer(Run run, List<SegmentProfile> segments) {
        return segments.stream()
                .map(s -> s.wording(run.settings().language()))
                .map(Wording::writer)
                .map(w -> w.word())
                .max(String::compareTo)
                .orElse("builtin");
    }
}

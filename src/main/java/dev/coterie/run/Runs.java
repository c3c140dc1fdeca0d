package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs: started as jobs, published, and brought back to memory when something asks. */
public final class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final Database database;
    private final Jobs jobs;
    private final Datasets datasets;
    private final UploadFolder folder;
    private final SegmentationRun segmentationRun;
    private final ModelUsage usage;
    private final Clock clock;
    private final LoadedRuns loaded;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Runs(
            Database database,
            Jobs jobs,
            Datasets datasets,
            UploadFolder folder,
            SegmentationRun segmentationRun,
            ModelUsage usage,
            Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.datasets = datasets;
        this.folder = folder;
        this.segmentationRun = segmentationRun;
        this.usage = usage;
        this.clock = clock;
        this.loaded = new LoadedRuns(database, datasets, segmentationRun);
        var rewording = new Rewording(database, jobs, this);
        jobs.register("run", new RunWork(database, datasets, this, rewording, clock));
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
    void delete(String id) {
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
                    t.change(
                            "delete from event where owner = ? or owner in (select m.id from"
                                    + " message m join chat c on m.chat = c.id where c.run = ?)",
                            run.job(),
                            id);
                    t.change("delete from job where subject = ? and state = 'waiting'", id);
                    StoredAnswers.forget(
                            t,
                            t.list(
                                    "select ?1 as id union all select id from brief where run = ?1"
                                            + " union all select id from chat where run = ?1",
                                    row -> row.text("id"),
                                    id));
                    t.change("delete from run where id = ?", id);
                    Lineage.removeOrphans(t, run.project());
                });
    }

    /** Drops runs that are deleted from memory. */
    void forget(Set<String> deleted) {
        loaded.forget(deleted);
        locks.keySet().removeAll(deleted);
    }

    static void requireFinished(Run run) {
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
        return loaded.get(id);
    }

    /** A run's analysis with the names that people have given its segments by now. */
    public Analysis named(FinishedRun run) {
        return run.called(database.read(t -> Lineage.names(t, run.run().id())));
    }

    /** One change of a run at a time; changes of different runs do not wait for one another. */
    <T> T locked(String run, Supplier<T> change) {
        synchronized (locks.computeIfAbsent(run, id -> new Object())) {
            return change.get();
        }
    }

    /** Puts a changed run in the place of the one in memory. */
    void install(FinishedRun changed) {
        loaded.put(changed);
    }

    /** Brings the published runs to memory, so that the first visitor need not wait. */
    void warm() {
        loaded.warm();
    }

    /** The stages that made the runs. */
    SegmentationRun stages() {
        return segmentationRun;
    }

    /** The same for a run that is put down what they use. */
    SegmentationRun stages(String run) {
        return segmentationRun.metered(usage.meter(ModelUsage.For.RUN, run));
    }

    /** Writes the figures that lists show after its segments changed. */
    Run resummarised(Transaction t, String id, Analysis analysis) {
        Run run = get(t, id);
        t.change(
                "update run set summary = ? where id = ?",
                LedgerJson.write(
                        Run.Summary.of(
                                run.settings(),
                                analysis,
                                run.summary().flatMap(Run.Summary::matched))),
                id);
        return get(t, id);
    }
}

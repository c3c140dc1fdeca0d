package dev.coterie.run;

import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.Workbench;
import dev.coterie.store.Database;
import dev.coterie.store.Row;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The marketing briefs of a project, written as jobs. */
public final class Briefs {
    private final Database database;
    private final Jobs jobs;
    private final Runs runs;
    private final BriefWriter writer;
    private final Clock clock;

    Briefs(Database database, Jobs jobs, Runs runs, BriefWriter writer, Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.runs = runs;
        this.writer = writer;
        this.clock = clock;
        jobs.register("brief", new BriefWork());
    }

    /**
     * A brief that was asked for.
     *
     * @param segment id
     * @param state as of its job
     * @param content once it is written
     */
    public record Entry(
            String id,
            String project,
            String run,
            String segment,
            int number,
            BriefRequest request,
            State state,
            Optional<Brief> content,
            String createdAt) {
        static Entry of(Row row) {
            byte[] content = row.bytes("content");
            return new Entry(
                    row.text("id"),
                    row.text("project"),
                    row.text("run"),
                    row.text("segment"),
                    (int) row.number("number"),
                    LedgerJson.read(row.text("request"), BriefRequest.class),
                    State.of(row.text("state")),
                    content.length == 0
                            ? Optional.empty()
                            : Optional.of(LedgerJson.unpack(content, Brief.class)),
                    row.text("created_at"));
        }
    }

    private static final String ENTRIES =
            "select b.*, i.number from brief b join run_segment i on b.run = i.run and b.segment ="
                    + " i.segment ";

    /**
     * @param run the run whose figures it uses; empty: the published one, or the newest that has
     *     the segment
     * @throws dev.coterie.error.NotFoundException if the project or the run has no such segment
     */
    public Job make(
            String projectId, String segmentId, Optional<String> run, BriefRequest request) {
        return make(Ids.random("brf_"), projectId, segmentId, run, request).orElseThrow();
    }

    /**
     * @param id of the brief
     * @return empty if that brief exists: it is made once
     */
    Optional<Job> make(
            String id,
            String projectId,
            String segmentId,
            Optional<String> run,
            BriefRequest request) {
        Optional<Job> made =
                database.write(
                        t -> {
                            if (find(t, id).isPresent()) return Optional.<Job>empty();
                            Project project = Projects.get(t, projectId);
                            SegmentEntry segment =
                                    run.map(r -> Segments.get(t, segmentId, r))
                                            .orElseGet(() -> Segments.get(t, segmentId));
                            if (segment.number() < 1 || !belongs(t, segment, project)) {
                                throw Projects.missing("segment", segmentId);
                            }
                            t.change(
                                    "insert into brief (id, project, run, segment, request, state,"
                                            + " created_at) values (?, ?, ?, ?, ?, 'queued', ?)",
                                    id,
                                    project.id(),
                                    segment.run(),
                                    segment.id(),
                                    LedgerJson.write(request),
                                    Projects.now(clock));
                            return Optional.of(jobs.add(t, "brief", project.id(), id, "{}"));
                        });
        made.ifPresent(jobs::submit);
        return made;
    }

    private static boolean belongs(Transaction t, SegmentEntry segment, Project project) {
        return Runs.get(t, segment.run()).project().equals(project.id());
    }

    public Entry get(String id) {
        return database.read(t -> get(t, id));
    }

    private static Entry get(Transaction t, String id) {
        return find(t, id).orElseThrow(() -> Projects.missing("brief", id));
    }

    private static Optional<Entry> find(Transaction t, String id) {
        return t.first(ENTRIES + "where b.id = ?", Entry::of, id);
    }

    /** The brief of this id, if it was asked for. */
    public Optional<Entry> find(String id) {
        return database.read(t -> find(t, id));
    }

    /** The newest finished brief of a run for a segment. */
    Optional<Workbench.Written> newest(String run, String segment) {
        return database.read(
                t ->
                        t.first(
                                        ENTRIES
                                                + "where b.run = ? and b.segment = ? and b.state ="
                                                + " 'succeeded' order by b.created_at desc, b.id",
                                        Entry::of,
                                        run,
                                        segment)
                                .flatMap(
                                        e ->
                                                e.content()
                                                        .map(
                                                                c ->
                                                                        new Workbench.Written(
                                                                                e.id(), c))));
    }

    /** Newest first. */
    public List<Entry> list(String project) {
        return database.read(
                t ->
                        t.list(
                                ENTRIES + "where b.project = ? order by b.created_at desc, b.id",
                                Entry::of,
                                Projects.get(t, project).id()));
    }

    public void delete(String id) {
        database.change(
                t -> {
                    get(t, id);
                    t.change("delete from brief where id = ?", id);
                });
    }

    private final class BriefWork implements Jobs.Work {
        @Override
        public void begun(Transaction t, Job job) {
            t.change("update brief set state = 'running' where id = ?", job.subject());
        }

        @Override
        public Consumer<Transaction> execute(Job job, JobProgress progress) {
            Entry entry = get(job.subject());
            Brief brief =
                    writer.write(
                            runs.finished(entry.run()).analysis(), entry.number(), entry.request());
            Optional<String> name =
                    database.read(
                            t ->
                                    t.first(
                                                    "select name from segment where id = ?",
                                                    row -> row.optionalText("name"),
                                                    entry.segment())
                                            .flatMap(n -> n));
            byte[] content = LedgerJson.pack(name.map(n -> named(brief, n)).orElse(brief));
            return t ->
                    t.change(
                            "update brief set state = 'succeeded', content = ? where id = ?",
                            content,
                            entry.id());
        }

        @Override
        public void ended(Transaction t, Job job, State state, Optional<Failure> failure) {
            t.change("update brief set state = ? where id = ?", state.word(), job.subject());
        }
    }

    /** The brief under the name that a person gave its segment. */
    private static Brief named(Brief brief, String name) {
        return new Brief(
                brief.segment(),
                name,
                brief.goal(),
                brief.channels(),
                brief.language(),
                brief.writer(),
                brief.model(),
                brief.fallback(),
                brief.checks(),
                brief.sections(),
                brief.facts(),
                brief.testPlan(),
                brief.segmentRule());
    }
}

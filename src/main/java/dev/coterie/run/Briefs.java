package dev.coterie.run;

import dev.coterie.brief.Brief;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.BriefCheck;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefRevision;
import dev.coterie.brief.BriefWriter;
import dev.coterie.describe.Description;
import dev.coterie.error.ConflictException;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.run.BriefVersions.SegmentInRun;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import dev.coterie.tools.Workbench;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The marketing briefs of a project: written as jobs, changed by people, checked and renewed. */
public final class Briefs {
    private final Database database;
    private final Jobs jobs;
    private final Runs runs;
    private final BriefWriter writer;
    private final ModelUsage usage;
    private final Clock clock;
    private final BriefVersions versions;

    Briefs(
            Database database,
            Jobs jobs,
            Runs runs,
            BriefWriter writer,
            ModelUsage usage,
            Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.runs = runs;
        this.writer = writer;
        this.usage = usage;
        this.clock = clock;
        this.versions = new BriefVersions(clock);
        jobs.register("brief", new BriefWork());
    }

    /**
     * What a job is to write.
     *
     * @param sections those to be written anew; empty: a new brief
     * @param renew true to take the figures of the published run
     * @param awaited true if it was put off until the language model answers again
     */
    private record Task(List<Key> sections, boolean renew, boolean awaited) {
        Task(List<Key> sections, boolean renew) {
            this(sections, renew, false);
        }

        Set<Key> keys() {
            return sections == null || sections.isEmpty()
                    ? EnumSet.noneOf(Key.class)
                    : EnumSet.copyOf(sections);
        }
    }

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
                            if (BriefEntry.find(t, id).isPresent()) return Optional.<Job>empty();
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

    /**
     * Writes sections anew from the same figures; what people wrote or locked stays.
     *
     * @throws ConflictException if the brief is not written yet, or is out of date: renew it then
     */
    public Job regenerate(String id, Set<Key> sections) {
        if (standing(get(id)).stale())
            throw new ConflictException(Message.of("run.brief_out_of_date"));
        return task(id, new Task(List.copyOf(sections), false));
    }

    /**
     * Writes the whole brief anew from the segment as it stands in the published run; what people
     * wrote or locked stays, with the figures of now.
     *
     * @throws ConflictException if the published run has no such segment any more
     */
    public Job renew(String id) {
        BriefEntry entry = get(id);
        if (now(entry).isEmpty()) throw new ConflictException(Message.of("run.brief_segment_gone"));
        return task(id, new Task(List.of(Key.values()), true));
    }

    private Job task(String id, Task task) {
        Job job =
                database.write(
                        t -> {
                            BriefEntry entry = BriefEntry.get(t, id);
                            if (entry.content().isEmpty() || !entry.state().ended())
                                throw BriefVersions.notReady();
                            return jobs.add(
                                    t, "brief", entry.project(), id, LedgerJson.write(task));
                        });
        jobs.submit(job);
        return job;
    }

    public BriefEntry get(String id) {
        return database.read(t -> BriefEntry.get(t, id));
    }

    /** The brief of this id, if it was asked for. */
    public Optional<BriefEntry> find(String id) {
        return database.read(t -> BriefEntry.find(t, id));
    }

    /** The newest finished brief of a run for a segment. */
    Optional<Workbench.Written> newest(String run, String segment) {
        return database.read(t -> BriefEntry.newest(t, run, segment))
                .flatMap(e -> e.content().map(c -> new Workbench.Written(e.id(), c)));
    }

    /** Newest first. */
    public List<BriefEntry> list(String project) {
        return database.read(t -> BriefEntry.list(t, Projects.get(t, project).id()));
    }

    public void delete(String id) {
        database.change(
                t -> {
                    BriefEntry.get(t, id);
                    StoredAnswers.forget(t, Set.of(id));
                    t.change("delete from brief where id = ?", id);
                    t.change("delete from job where subject = ? and state = 'waiting'", id);
                });
    }

    /**
     * Changes the words of a brief.
     *
     * @param change what a person does to it
     * @param ifMatch the etag the caller has seen, if it says so
     * @throws ConflictException {@code lost_update} if the brief changed since
     */
    public BriefEntry change(String id, UnaryOperator<Brief> change, Optional<String> ifMatch) {
        return database.write(
                t -> {
                    BriefEntry entry = BriefEntry.get(t, id);
                    if (ifMatch.isPresent() && !ifMatch.get().equals(entry.etag())) {
                        throw new ConflictException(Message.of("run.lost_update_brief"));
                    }
                    Brief old = entry.content().orElseThrow(BriefVersions::notReady);
                    Brief changed = change.apply(old);
                    if (!changed.equals(old)) {
                        versions.next(
                                t, entry, changed, new SegmentInRun(entry.run(), entry.segment()));
                    }
                    return BriefEntry.get(t, id);
                });
    }

    /** Takes the latest change back, also a regeneration or a renewal. */
    public BriefEntry undo(String id) {
        return database.write(
                t -> {
                    versions.undo(t, BriefEntry.get(t, id));
                    return BriefEntry.get(t, id);
                });
    }

    /** Everything that a person should look at; a brief without is noted as checked. */
    public List<BriefCheck.Note> check(String id) {
        BriefEntry entry = get(id);
        List<BriefCheck.Note> notes = checker(entry).review();
        if (notes.isEmpty()) {
            database.change(
                    t ->
                            t.change(
                                    "update brief set checked = ? where id = ? and version = ?",
                                    entry.version(),
                                    id,
                                    entry.version()));
        }
        return notes;
    }

    /** The same for any text about the segment. */
    public List<BriefCheck.Note> check(String id, String text) {
        return checker(get(id)).review(text);
    }

    private BriefCheck checker(BriefEntry entry) {
        Brief brief = entry.content().orElseThrow(BriefVersions::notReady);
        Description told = runs.named(runs.finished(entry.run())).description();
        return new BriefCheck(told, brief);
    }

    private Description description(String run) {
        return runs.finished(run).analysis().description();
    }

    /** Whether a brief is out of date, and why. */
    public BriefStanding standing(BriefEntry entry) {
        if (entry.content().isEmpty() || database.read(t -> BriefStanding.untouched(t, entry)))
            return BriefStanding.FRESH;
        boolean sameRun = inForce(entry).equals(entry.run());
        BriefStanding standing = BriefStanding.of(entry, now(entry), sameRun, this::description);
        if (!standing.stale()) {
            database.change(t -> versions.upToDate(t, entry.id(), entry.segment()));
        }
        return standing;
    }

    private String inForce(BriefEntry entry) {
        return database.read(t -> Projects.get(t, entry.project()).publishedRun())
                .orElse(entry.run());
    }

    private Optional<SegmentEntry> now(BriefEntry entry) {
        String run = inForce(entry);
        return database.read(
                t -> {
                    // A segment that was merged away before the newer run is found by its heir.
                    Optional<SegmentEntry> there = BriefStanding.heir(t, run, entry.segment());
                    if (there.isPresent() || run.equals(entry.run())) return there;
                    return BriefStanding.heir(t, entry.run(), entry.segment())
                            .flatMap(h -> BriefStanding.heir(t, run, h.id()));
                });
    }

    private final class BriefWork implements Jobs.Work {
        @Override
        public void begun(Transaction t, Job job) {
            t.change("update brief set state = 'running' where id = ?", job.subject());
        }

        @Override
        public Jobs.Ending execute(Job job, JobProgress progress) {
            Task task = LedgerJson.read(job.request(), Task.class);
            if (task.awaited()) requirePresence(job.subject());
            BriefEntry entry = get(job.subject());
            if (entry.content().isEmpty()) {
                Brief brief = written(entry.run(), entry.number(), entry);
                progress.checkCancelled();
                return t -> {
                    versions.first(t, entry, brief);
                    await(t, entry, brief);
                    return Jobs.NOTHING_MORE;
                };
            }
            var of = new SegmentInRun(entry.run(), entry.segment());
            int number = entry.number();
            if (task.renew()) {
                SegmentEntry now =
                        now(entry)
                                .orElseThrow(
                                        () ->
                                                new ConflictException(
                                                        Message.of("run.brief_segment_gone")));
                of = new SegmentInRun(now.run(), now.id());
                number = now.number();
            }
            Brief fresh = written(of.run(), number, entry);
            progress.checkCancelled();
            SegmentInRun from = of;
            Optional<Message> away = fresh.fallback().filter(LanguageModel::passes);
            if (task.awaited() && away.isPresent()) throw new Parked(away.get());
            return t -> {
                // People may have changed the brief while it was being written.
                BriefEntry latest = BriefEntry.get(t, entry.id());
                Brief old = latest.content().orElseThrow();
                versions.next(
                        t, latest, new BriefRevision(old).rewritten(fresh, task.keys()), from);
                if (task.renew()) versions.upToDate(t, entry.id(), from.segment());
                await(t, entry, fresh);
                return Jobs.NOTHING_MORE;
            };
        }

        /**
         * Asked first: restoring a run takes seconds, which a model that is still away makes vain.
         */
        private void requirePresence(String brief) {
            Optional<Message> absence = writerFor(brief).absence();
            if (absence.filter(LanguageModel::passes).isPresent()) throw new Parked(absence.get());
        }

        private BriefWriter writerFor(String brief) {
            return writer.metered(usage.meter(ModelUsage.For.BRIEF, brief));
        }

        /** The narrator's words stand; the model is asked again once it may answer. */
        private void await(Transaction t, BriefEntry entry, Brief brief) {
            var later = new Task(List.copyOf(Brief.worded()), false, true);
            brief.fallback()
                    .filter(LanguageModel::passes)
                    .ifPresent(
                            why ->
                                    jobs.addWaiting(
                                            t,
                                            "brief",
                                            entry.project(),
                                            entry.id(),
                                            LedgerJson.write(later),
                                            why));
        }

        private Brief written(String run, int number, BriefEntry entry) {
            FinishedRun finished = runs.finished(run);
            return writerFor(entry.id())
                    .write(runs.named(finished), number, entry.request())
                    .from(provenance(finished));
        }

        private Brief.Provenance provenance(FinishedRun finished) {
            String version = Briefs.class.getPackage().getImplementationVersion();
            return new Brief.Provenance(
                    finished.run().number(),
                    finished.run().settings().seed(),
                    Projects.now(clock).substring(0, 10),
                    version == null ? "-" : version,
                    finished.analysis().customers().customers());
        }

        @Override
        public void ended(Transaction t, Job job, State state, Optional<Failure> failure) {
            t.change(
                    "update brief set state = case when content is null then ? else 'succeeded' end"
                            + " where id = ?",
                    state.word(),
                    job.subject());
        }
    }
}

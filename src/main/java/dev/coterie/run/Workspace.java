package dev.coterie.run;

import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.ChatEngine;
import dev.coterie.error.CoterieException;
import dev.coterie.llm.LanguageModel;
import dev.coterie.store.Database;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything kept in one data folder: projects, datasets, runs, segments, jobs. The API and the
 * command line call it; nothing else writes to the ledger.
 */
public final class Workspace implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workspace.class);

    private final Database database;
    private final Projects projects;
    private final Datasets datasets;
    private final Runs runs;
    private final Segments segments;
    private final Comparisons comparisons;
    private final SegmentEdits edits;
    private final Briefs briefs;
    private final Chats chats;
    private final Proposals proposals;
    private final Scoring scoring;
    private final Forecasts forecasts = new Forecasts();
    private final Jobs jobs;
    private final EventLog events;
    private final UploadFolder folder;
    private final StoredAnswers answers;
    private final StoredSettings settings;
    private final StoredWordings wordings;
    private final ModelUsage usage;
    private final AtomicBoolean ready = new AtomicBoolean();

    /**
     * @param database closed with the workspace
     * @param requestBytes most bytes of one upload
     */
    public Workspace(
            Database database,
            Intake intake,
            SegmentationRun segmentationRun,
            BriefWriter briefWriter,
            ChatEngine chatEngine,
            Scoring scoring,
            long requestBytes,
            Clock clock) {
        this.database = database;
        this.folder = new UploadFolder(database.folder());
        this.events = new EventLog(database);
        this.jobs = new Jobs(database, events, clock);
        this.projects = new Projects(database, clock);
        this.datasets = new Datasets(database, folder, intake, clock, requestBytes);
        this.wordings = new StoredWordings(database, clock);
        SegmentationRun stages = segmentationRun.remembering(wordings);
        this.usage = new ModelUsage(database);
        this.runs = new Runs(database, jobs, datasets, folder, stages, usage, clock);
        this.segments = new Segments(database, clock);
        this.comparisons = new Comparisons(database, runs);
        this.edits = new SegmentEdits(database, runs, new EditLedger(clock));
        this.briefs = new Briefs(database, jobs, runs, briefWriter, usage, clock);
        this.scoring = scoring;
        this.chats =
                new Chats(
                        database,
                        events,
                        runs,
                        chatEngine,
                        usage,
                        run -> RunWorkbench.of(run, scoring, forecasts, briefs),
                        clock);
        this.proposals = new Proposals(events, runs, chats, briefs);
        this.answers = new StoredAnswers(database, clock);
        this.settings = new StoredSettings(database);
    }

    /** Removes half uploads and takes up interrupted jobs. */
    public void start() {
        folder.removeTemporary();
        datasets.cleanUp();
        answers.start();
        chats.start();
        jobs.start();
        ready.set(true);
        log.info("workspace ready in {}", database.folder());
    }

    /**
     * Restores the published runs and makes ready for questions in the projects' languages, in the
     * background, so that the first visitor need not wait. For a server: once it listens.
     */
    public void warm() {
        var warming = new Thread(this::warmUp, "warm");
        warming.setDaemon(true);
        warming.start();
    }

    private void warmUp() {
        runs.warm();
        try {
            projects.list().stream().map(Project::language).distinct().forEach(chats::warm);
        } catch (CoterieException e) {
            log.warn("chat is not warm: {}", e.code());
        } catch (IllegalStateException e) {
            // A server that stops closes the encoders under this.
            if (ready()) throw e;
        }
    }

    /** True once the ledger is open and interrupted work is taken up. */
    public boolean ready() {
        return ready.get();
    }

    public Projects projects() {
        return projects;
    }

    public Datasets datasets() {
        return datasets;
    }

    public Runs runs() {
        return runs;
    }

    public Segments segments() {
        return segments;
    }

    public Comparisons comparisons() {
        return comparisons;
    }

    public SegmentEdits edits() {
        return edits;
    }

    public Briefs briefs() {
        return briefs;
    }

    public Chats chats() {
        return chats;
    }

    public Proposals proposals() {
        return proposals;
    }

    public Scoring scoring() {
        return scoring;
    }

    public Forecasts forecasts() {
        return forecasts;
    }

    public Jobs jobs() {
        return jobs;
    }

    public EventLog events() {
        return events;
    }

    public ModelUsage usage() {
        return usage;
    }

    public Previews previews() {
        return new Previews(runs);
    }

    public StoredSettings settings() {
        return settings;
    }

    public StoredAnswers answers() {
        return answers;
    }

    /** Bytes that the data folder's disk can still take. */
    public long freeBytes() {
        return database.folder().toFile().getUsableSpace();
    }

    /**
     * Deletes a project with everything in it.
     *
     * @throws dev.coterie.error.ConflictException while a job of it is at work
     */
    public void deleteProject(String id) {
        Set<String> deleted =
                runs.list(id).stream().map(Run::id).collect(Collectors.toUnmodifiableSet());
        projects.delete(id);
        forget(deleted);
        wordings.forget();
        datasets.cleanUp();
    }

    /**
     * Deletes a run with its chats and briefs.
     *
     * @throws dev.coterie.error.ConflictException if it is published or at work
     */
    public void deleteRun(String id) {
        runs.delete(id);
        forget(Set.of(id));
    }

    private void forget(Set<String> deleted) {
        runs.forget(deleted);
        edits.forget(deleted);
        forecasts.forget(deleted);
        chats.forget();
        // Calls do not say which project they were made for.
        runs.stages().languageModel().ifPresent(LanguageModel::forgetCalls);
    }

    @Override
    public void close() {
        ready.set(false);
        chats.close();
        jobs.close();
        database.close();
    }
}

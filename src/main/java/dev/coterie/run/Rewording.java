package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has the language model word the segments of a finished run that the narrator worded because the
 * model was away. Segments that people changed since keep the words they have.
 */
final class Rewording implements Jobs.Work {
    static final String TYPE = "wording";

    private final Database database;
    private final Jobs jobs;
    private final Runs runs;

    Rewording(Database database, Jobs jobs, Runs runs) {
        this.database = database;
        this.jobs = jobs;
        this.runs = runs;
    }

    /** Adds a waiting job to the transaction that ends a run, if the model was away. */
    void await(Transaction t, Run run, Description told) {
        away(told, run.settings().language())
                .ifPresent(why -> jobs.addWaiting(t, TYPE, run.project(), run.id(), "{}", why));
    }

    private static Optional<Message> away(Description told, Language language) {
        return told.segments().stream()
                .flatMap(s -> s.wording(language).fallback().stream())
                .filter(LanguageModel::passes)
                .findFirst();
    }

    @Override
    public Jobs.Ending execute(Job job, JobProgress progress) {
        // Restoring a run takes seconds; a model that is still away makes them vain.
        SegmentationRun stages = runs.stages(job.subject());
        Optional<Message> absence = stages.languageModel().flatMap(LanguageModel::absence);
        if (absence.filter(LanguageModel::passes).isPresent()) throw new Parked(absence.get());
        FinishedRun run = runs.finished(job.subject());
        Language language = run.run().settings().language();
        Description standing = run.analysis().description();
        if (away(standing, language).isEmpty() || changed(run)) {
            return t -> Jobs.NOTHING_MORE;
        }
        progress.begin(Stage.DESCRIBE);
        Description fresh = stages.reword(run.analysis(), run.run().settings(), progress);
        Description told = standing.worded(fresh, language);
        List<String> reworded = reworded(run, standing, told);
        Optional<Message> still = away(fresh, language);
        if (reworded.isEmpty() && still.isPresent()) throw new Parked(still.get());
        Analysis analysis = run.analysis().with(run.analysis().segmentation(), told);
        byte[] packed = LedgerJson.pack(told);
        return t -> {
            if (changed(t, run.run().id())) return Jobs.NOTHING_MORE;
            t.change("update run_result set description = ? where run = ?", packed, run.run().id());
            t.change("update run_cut set description = ? where run = ?", packed, run.run().id());
            for (String id : reworded) {
                t.change("update segment set version = version + 1 where id = ?", id);
            }
            Run now = runs.resummarised(t, run.run().id(), analysis);
            if (still.isPresent()) await(t, now, told);
            FinishedRun worded = run.with(now, analysis, Standing.of(run));
            return () -> runs.install(worded);
        };
    }

    /** An edit that has read the old words must not write them back over the new ones. */
    @Override
    public void end(Job job, Runnable ending) {
        runs.locked(
                job.subject(),
                () -> {
                    ending.run();
                    return true;
                });
    }

    private static List<String> reworded(FinishedRun run, Description before, Description after) {
        var ids = new ArrayList<String>();
        for (SegmentProfile s : after.segments()) {
            boolean same = before.segment(s.number()).orElseThrow().wordings().equals(s.wordings());
            if (!same) ids.add(run.segmentId(s.number()));
        }
        return ids;
    }

    private boolean changed(FinishedRun run) {
        return database.read(t -> changed(t, run.run().id()));
    }

    /** Customers whom it took on as placed from an earlier run are no change of this one. */
    private static boolean changed(Transaction t, String run) {
        return t.count(
                        "select count(*) as n from segment_edit where run = ? and undone = 0 and"
                                + " field in ('merge', 'split', 'move')",
                        run)
                > 0;
    }

    @Override
    public void begun(Transaction t, Job job) {
        // The run has ended long ago.
    }

    @Override
    public void ended(Transaction t, Job job, State state, Optional<Failure> failure) {
        // Whatever became of it, the run has its words.
    }
}

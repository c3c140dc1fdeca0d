package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.segment.Segmentation;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finished runs in memory, the latest asked for; others are brought back from what is stored. */
final class LoadedRuns {
    private static final Logger log = LoggerFactory.getLogger(LoadedRuns.class);
    private static final int MOST = 4;

    private final Database database;
    private final Datasets datasets;
    private final SegmentationRun stages;
    private final Map<String, CompletableFuture<FinishedRun>> loaded =
            new LinkedHashMap<>(16, 0.75f, true);

    LoadedRuns(Database database, Datasets datasets, SegmentationRun stages) {
        this.database = database;
        this.datasets = datasets;
        this.stages = stages;
    }

    /**
     * The run's analysis, rebuilt from the uploads and the stored outcome if it is not in memory.
     *
     * @throws ConflictException {@code not_finished} if it has not succeeded
     */
    FinishedRun get(String id) {
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
        while (loaded.size() > MOST && oldest.hasNext()) {
            if (oldest.next().getValue().isDone()) oldest.remove();
        }
    }

    private FinishedRun restore(String id) {
        long start = System.nanoTime();
        Run run = database.read(t -> Runs.get(t, id));
        Runs.requireFinished(run);
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
                stages.restore(
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
                        stages,
                        stored.map(EditLedger.Stored::description));
        return found.with(run, after, standing);
    }

    /** Puts a changed run in the place of the one in memory. */
    void put(FinishedRun changed) {
        synchronized (loaded) {
            remember(changed.run().id(), CompletableFuture.completedFuture(changed));
        }
    }

    void forget(Set<String> runs) {
        synchronized (loaded) {
            loaded.keySet().removeAll(runs);
        }
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
                                        MOST));
        for (String id : published) {
            try {
                get(id);
            } catch (CoterieException e) {
                log.warn("run {} cannot be restored: {}", id, e.code());
            } catch (RuntimeException e) {
                log.error("run {} cannot be restored", id, e);
            }
        }
    }
}

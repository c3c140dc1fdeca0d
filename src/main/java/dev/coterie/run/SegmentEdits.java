package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.segment.Cut;
import dev.coterie.segment.Segmenter;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Merges and splits of a run's segments and customers placed by hand. Each is one line of the
 * history, can be previewed and taken back, and survives a restart. The changed segments are
 * described again; the others keep their ids, names and words.
 */
public final class SegmentEdits {
    private final Database database;
    private final Runs runs;
    private final EditLedger ledger;

    /** Only the last one is kept: two analyses of a run are a lot of memory. */
    private final AtomicReference<Preview> previewed = new AtomicReference<>();

    private record Preview(FinishedRun before, Standing standing, Analysis analysis) {}

    SegmentEdits(Database database, Runs runs, EditLedger ledger) {
        this.database = database;
        this.runs = runs;
        this.ledger = ledger;
    }

    /**
     * What a change does, or did.
     *
     * @param was for each segment of {@code after} the number 0..k-1 under which the very same
     *     customers stood in {@code before}, or -1
     * @param edit number of the change in the history; empty for a preview
     */
    public record Outcome(FinishedRun before, FinishedRun after, int[] was, Optional<Long> edit) {}

    /**
     * Makes one segment of several: the one with the lowest number stays.
     *
     * @param run in which; empty: the published one, or the newest that has the first of them
     * @param etags of the segments as the caller has seen them; empty: whatever they are
     * @param preview true to see the outcome without changing anything
     * @throws InvalidInputException if they are fewer than two or of different runs
     * @throws ConflictException {@code lost_update} if one of them changed since
     */
    public Outcome merge(
            String projectId,
            List<String> segments,
            Optional<String> run,
            Set<String> etags,
            boolean preview) {
        Set<String> ids = new LinkedHashSet<>(segments);
        List<SegmentEntry> entries =
                database.read(
                        t -> {
                            Projects.get(t, projectId);
                            return ids.stream().map(id -> entry(t, id, run)).toList();
                        });
        if (ids.size() < 2) {
            throw new InvalidInputException(Message.of("run.merge_two"), "/segments", null);
        }
        if (entries.stream().map(SegmentEntry::run).distinct().count() > 1) {
            throw new InvalidInputException(Message.of("run.merge_one_run"), "/segments", null);
        }
        requireProject(projectId, entries.get(0));
        return runs.locked(
                entries.get(0).run(),
                () -> {
                    FinishedRun now = runs.finished(entries.get(0).run());
                    int[] numbers = ids.stream().mapToInt(id -> number(now, id)).sorted().toArray();
                    Cut.Change change = Standing.of(now).cut().merge(numbers);
                    var what =
                            new EditLedger.What(
                                    "merge",
                                    now.segmentId(numbers[0] + 1),
                                    people(numbers),
                                    Integer.toString(numbers[0] + 1));
                    return done(now, after(now, change), what, List.copyOf(ids), etags, preview);
                });
    }

    /**
     * Divides a segment where the tree's last merge joined it: the larger part keeps id and number.
     *
     * @param run in which; empty: the published one, or the newest that has it
     * @throws ConflictException {@code cannot_split} if it is one piece
     */
    public Outcome split(String segment, Optional<String> run, Set<String> etags, boolean preview) {
        SegmentEntry entry = database.read(t -> entry(t, segment, run));
        return runs.locked(
                entry.run(),
                () -> {
                    FinishedRun now = runs.finished(entry.run());
                    int number = number(now, segment);
                    var hierarchy = now.analysis().segmentation().hierarchy();
                    Cut.Change change =
                            hierarchy
                                    .cut()
                                    .split(number, hierarchy.tree())
                                    .orElseThrow(
                                            () ->
                                                    new ConflictException(
                                                            Message.of(
                                                                    "run.cannot_split",
                                                                    "number",
                                                                    number + 1)));
                    int k = change.cut().segments();
                    if (k > Segmenter.MOST_CLUSTERS) {
                        throw new ConflictException(
                                Message.of("run.too_many_segments", "most", k - 1));
                    }
                    String one = Integer.toString(number + 1);
                    var what = new EditLedger.What("split", segment, one, one + ", " + k);
                    return done(now, after(now, change), what, List.of(segment), etags, preview);
                });
    }

    private static SegmentEntry entry(Transaction t, String id, Optional<String> run) {
        return run.map(r -> Segments.get(t, id, r)).orElseGet(() -> Segments.get(t, id));
    }

    /**
     * Places customers in a segment for good; they are no outliers then.
     *
     * @param rows of the run's customers
     * @param segment where to, or empty for the nearest one of each
     * @throws ConflictException {@code segment_would_be_empty}
     */
    public Outcome move(
            String runId,
            List<Integer> rows,
            Optional<String> segment,
            Set<String> etags,
            boolean preview) {
        return runs.locked(
                runId,
                () -> {
                    FinishedRun run = runs.finished(runId);
                    int to = segment.map(id -> number(run, id)).orElse(-1);
                    int[] nearest = run.analysis().segmentation().hierarchy().labels();
                    var placed = new HashMap<>(run.placed());
                    for (int row : rows) placed.put(row, to >= 0 ? to : nearest[row]);
                    return placed(
                            run,
                            placed,
                            rows,
                            to < 0 ? "" : Integer.toString(to + 1),
                            segment.map(List::of).orElse(List.of()),
                            etags,
                            preview);
                });
    }

    /** Gives placed customers back to the segments in which the analysis has them. */
    public Outcome release(String runId, List<Integer> rows, boolean preview) {
        return runs.locked(
                runId,
                () -> {
                    FinishedRun run = runs.finished(runId);
                    var placed = new HashMap<>(run.placed());
                    rows.forEach(placed::remove);
                    return placed(run, placed, rows, "0", List.of(), Set.of(), preview);
                });
    }

    private Outcome placed(
            FinishedRun run,
            Map<Integer, Integer> placed,
            List<Integer> rows,
            String to,
            List<String> seen,
            Set<String> etags,
            boolean preview) {
        Standing now = Standing.of(run);
        var after = new Standing(now.cut(), now.ids(), placed);
        if (rows.isEmpty() || placed.equals(run.placed())) return nothing(run);
        int first = run.analysis().segmentation().labels()[rows.get(0)];
        var what =
                new EditLedger.What(
                        "move", run.segmentId(first + 1), Integer.toString(rows.size()), to);
        return done(run, after, what, seen, etags, preview);
    }

    private static Outcome nothing(FinishedRun run) {
        int[] same = IntStream.range(0, run.analysis().segmentation().k()).toArray();
        return new Outcome(run, run, same, Optional.empty());
    }

    /** The segments after a change of the cut: ids and placed customers go with their segment. */
    private static Standing after(FinishedRun run, Cut.Change change) {
        Standing before = Standing.of(run);
        int[] to = change.to(before.cut());
        var ids = new ArrayList<String>();
        for (int was : change.was()) {
            ids.add(was >= 0 ? before.ids().get(was) : Ids.random("seg_"));
        }
        Map<Integer, Integer> placed =
                before.placed().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> to[e.getValue()]));
        return new Standing(change.cut(), ids, placed);
    }

    private Outcome done(
            FinishedRun before,
            Standing standing,
            EditLedger.What what,
            List<String> seen,
            Set<String> etags,
            boolean preview) {
        if (preview) requireSeen(seen, etags);
        Analysis analysis = planned(before, standing);
        int[] was = Standing.unchanged(before.analysis().segmentation(), analysis.segmentation());
        requireMembers(analysis);
        if (preview) {
            previewed.set(new Preview(before, standing, analysis));
            return new Outcome(
                    before, before.with(before.run(), analysis, standing), was, Optional.empty());
        }
        var edit = new long[1];
        FinishedRun after =
                database.write(
                        t -> {
                            requireSeen(t, seen, etags);
                            edit[0] = ledger.write(t, before, standing, analysis, was, what);
                            Run run = runs.resummarised(t, before.run().id(), analysis);
                            return before.with(run, analysis, standing);
                        });
        runs.install(after);
        forget(Set.of(after.run().id()));
        return new Outcome(before, after, was, Optional.of(edit[0]));
    }

    /** Drops what was previewed of these runs. */
    void forget(Set<String> runs) {
        Preview last = previewed.get();
        if (last != null && runs.contains(last.before().run().id())) {
            previewed.compareAndSet(last, null);
        }
    }

    /** What was previewed last is not worked out again when it is confirmed. */
    private Analysis planned(FinishedRun before, Standing standing) {
        Preview last = previewed.get();
        if (last != null && last.before() == before && last.standing().sameMembers(standing)) {
            return last.analysis();
        }
        return standing.over(
                before.run(), before.analysis(), before.found(), runs.stages(), Optional.empty());
    }

    /**
     * Takes back the latest change of a project's segments that still stands, whatever it was.
     *
     * @param meant number of the change that the caller means; empty: whichever is the latest
     * @throws ConflictException {@code nothing_to_undo}, or {@code lost_update_undo} if another
     *     change came after the one that is meant
     */
    public SegmentEntry.Edit undo(String projectId, Optional<Long> meant) {
        SegmentEntry.Edit last = database.read(t -> Segments.lastEdit(t, projectId));
        if (meant.isPresent() && meant.get() != last.id()) {
            throw new ConflictException(Message.of("run.lost_update_undo"));
        }
        String runId = last.run();
        return runs.locked(
                runId,
                () -> {
                    if (last.ofSegment()) {
                        return database.write(
                                t -> Segments.takeBack(t, latest(t, projectId, last)));
                    }
                    FinishedRun now = runs.finished(runId);
                    var before = database.read(t -> ledger.before(t, last.id()));
                    Standing standing = before.standing(now);
                    Analysis analysis =
                            standing.over(
                                    now.run(),
                                    now.analysis(),
                                    now.found(),
                                    runs.stages(),
                                    Optional.of(before.description()));
                    int[] was =
                            Standing.unchanged(
                                    now.analysis().segmentation(), analysis.segmentation());
                    FinishedRun after =
                            database.write(
                                    t -> {
                                        latest(t, projectId, last);
                                        ledger.takeBack(t, now, standing, analysis, was, last);
                                        Run run = runs.resummarised(t, runId, analysis);
                                        return now.with(run, analysis, standing);
                                    });
                    runs.install(after);
                    forget(Set.of(runId));
                    return database.read(t -> Segments.edit(t, last.id()));
                });
    }

    private static SegmentEntry.Edit latest(
            Transaction t, String projectId, SegmentEntry.Edit expected) {
        SegmentEntry.Edit last = Segments.lastEdit(t, projectId);
        if (last.id() != expected.id()) {
            throw new ConflictException(Message.of("run.lost_update"));
        }
        return last;
    }

    private static int number(FinishedRun run, String id) {
        return run.segmentNumber(id)
                        .orElseThrow(
                                () ->
                                        new NotFoundException(
                                                Message.of("run.segment_gone", "id", id)))
                - 1;
    }

    private void requireProject(String projectId, SegmentEntry entry) {
        String project = database.read(t -> Projects.get(t, projectId)).id();
        if (!runs.get(entry.run()).project().equals(project)) {
            throw Projects.missing("segment", entry.id());
        }
    }

    private void requireSeen(List<String> segments, Set<String> etags) {
        database.read(
                t -> {
                    requireSeen(t, segments, etags);
                    return true;
                });
    }

    private static void requireSeen(Transaction t, List<String> segments, Set<String> etags) {
        if (etags.isEmpty()) return;
        for (String id : segments) {
            if (!etags.contains(Segments.get(t, id).etag())) {
                throw new ConflictException(Message.of("run.lost_update"));
            }
        }
    }

    private static void requireMembers(Analysis analysis) {
        var segmentation = analysis.segmentation();
        for (int s = 0; s < segmentation.k(); s++) {
            if (segmentation.size(s) == 0) {
                throw new ConflictException(
                        Message.of("run.segment_would_be_empty", "number", s + 1));
            }
        }
    }

    private static String people(int[] numbers) {
        return IntStream.of(numbers)
                .mapToObj(n -> Integer.toString(n + 1))
                .collect(Collectors.joining(", "));
    }
}

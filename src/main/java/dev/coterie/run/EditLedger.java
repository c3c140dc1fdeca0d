package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.segment.Cut;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What merges, splits and moves leave in the ledger. Every method runs in one transaction. */
final class EditLedger {
    private final Clock clock;

    EditLedger(Clock clock) {
        this.clock = clock;
    }

    /**
     * A change in the words of the history.
     *
     * @param kind {@code merge}, {@code split} or {@code move}
     * @param segment id of the segment it is listed under
     * @param from numbers of the segments before, or how many customers were moved
     * @param to numbers after; for a move the segment, empty for the nearest one of each, {@code 0}
     *     for the one of the analysis
     */
    record What(String kind, String segment, String from, String to) {}

    /**
     * Everything that a change replaced.
     *
     * @param segments ids in order of their numbers
     * @param placed segment of each customer that had been placed, by the file's id
     */
    record Before(
            Cut cut, List<String> segments, Map<String, String> placed, Description description) {
        Standing standing(FinishedRun run) {
            var rows = new HashMap<Integer, Integer>();
            placed.forEach(
                    (customer, segment) ->
                            run.sourceRow(customer)
                                    .ifPresent(row -> rows.put(row, segments.indexOf(segment))));
            return new Standing(cut, segments, rows);
        }
    }

    /** Writes a change and returns its number in the history. */
    long write(
            Transaction t,
            FinishedRun before,
            Standing after,
            Analysis analysis,
            int[] was,
            What what) {
        Standing standing = Standing.of(before);
        var replaced =
                new Before(
                        standing.cut(),
                        standing.ids(),
                        customers(before, standing),
                        before.analysis().description());
        t.change(
                "insert into segment_edit (segment, run, field, old_value, new_value, at, before)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                what.segment(),
                before.run().id(),
                what.kind(),
                what.from(),
                what.to(),
                Projects.now(clock),
                LedgerJson.pack(replaced));
        long edit = t.count("select last_insert_rowid() as n");
        stand(t, before, after, analysis, was);
        return edit;
    }

    Before before(Transaction t, long edit) {
        return t.first(
                        "select before from segment_edit where id = ?",
                        row -> LedgerJson.unpack(row.bytes("before"), Before.class),
                        edit)
                .orElseThrow();
    }

    void takeBack(
            Transaction t,
            FinishedRun now,
            Standing after,
            Analysis analysis,
            int[] was,
            SegmentEntry.Edit edit) {
        stand(t, now, after, analysis, was);
        t.change("update segment_edit set undone = 1 where id = ?", edit.id());
    }

    private void stand(
            Transaction t, FinishedRun before, Standing after, Analysis analysis, int[] was) {
        String run = before.run().id();
        number(t, before.run(), after.ids());
        for (int s = 0; s < was.length; s++) {
            if (was[s] >= 0) continue;
            t.change("update segment set version = version + 1 where id = ?", after.ids().get(s));
        }
        place(t, before, after);
        t.change(
                "insert or replace into run_cut (run, cut, description) values (?, ?, ?)",
                run,
                LedgerJson.write(after.cut()),
                LedgerJson.pack(analysis.description()));
    }

    /**
     * Gives the segments their numbers. Those that do not stand any more get a negative one, so
     * that undo, briefs and the history still find them.
     */
    private static void number(Transaction t, Run run, List<String> ids) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        t.list(
                "select segment, number from run_segment where run = ?",
                row -> numbers.put(row.text("segment"), row.number("number")),
                run.id());
        long free = numbers.values().stream().mapToLong(n -> n).min().orElse(0);
        free = Math.min(0, free);
        for (Map.Entry<String, Long> entry : numbers.entrySet()) {
            int now = ids.indexOf(entry.getKey()) + 1;
            if (entry.getValue() < 0 || now == entry.getValue()) continue;
            number(t, run, entry.getKey(), --free);
        }
        for (int s = 0; s < ids.size(); s++) {
            if (!numbers.containsKey(ids.get(s))) {
                t.change(
                        "insert into segment (id, project) values (?, ?)",
                        ids.get(s),
                        run.project());
                t.change(
                        "insert into run_segment (run, number, segment) values (?, ?, ?)",
                        run.id(),
                        s + 1,
                        ids.get(s));
            } else if (numbers.get(ids.get(s)) != s + 1) {
                number(t, run, ids.get(s), s + 1);
            }
        }
    }

    private static void number(Transaction t, Run run, String segment, long number) {
        t.change(
                "update run_segment set number = ? where run = ? and segment = ?",
                number,
                run.id(),
                segment);
        t.change("update segment set version = version + 1 where id = ?", segment);
    }

    private void place(Transaction t, FinishedRun before, Standing after) {
        Map<String, String> had = customers(before, Standing.of(before));
        Map<String, String> has = customers(before, after);
        String run = before.run().id();
        for (String customer : had.keySet()) {
            if (has.containsKey(customer)) continue;
            t.change("delete from placed_customer where run = ? and customer = ?", run, customer);
        }
        has.forEach(
                (customer, segment) -> {
                    if (segment.equals(had.get(customer))) return;
                    place(t, run, customer, segment, Projects.now(clock));
                });
    }

    private static void place(
            Transaction t, String run, String customer, String segment, String at) {
        t.change(
                "insert or replace into placed_customer (run, customer, segment, at) values (?, ?,"
                        + " ?, ?)",
                run,
                customer,
                segment,
                at);
    }

    /** Writes the customers that a new run took on with the segments of its predecessor. */
    static void takeOn(Transaction t, FinishedRun run, String at) {
        if (run.placed().isEmpty()) return;
        customers(run, Standing.of(run))
                .forEach((customer, segment) -> place(t, run.run().id(), customer, segment, at));
        t.change(
                "insert or replace into run_cut (run, cut, description) values (?, ?, ?)",
                run.run().id(),
                LedgerJson.write(Standing.of(run).cut()),
                LedgerJson.pack(run.analysis().description()));
    }

    private static Map<String, String> customers(FinishedRun run, Standing standing) {
        var placed = new LinkedHashMap<String, String>();
        standing.placed().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        e ->
                                placed.put(
                                        run.sourceId(e.getKey()),
                                        standing.ids().get(e.getValue())));
        return placed;
    }

    /** Cut and description of a run that people changed. */
    record Stored(Cut cut, Description description) {}

    static Optional<Stored> stored(Transaction t, String run) {
        return t.first(
                "select cut, description from run_cut where run = ?",
                row ->
                        new Stored(
                                LedgerJson.read(row.text("cut"), Cut.class),
                                LedgerJson.unpack(row.bytes("description"), Description.class)),
                run);
    }

    /** The file's ids of a run's placed customers, with the segment they are in. */
    static Map<String, String> placed(Transaction t, String run) {
        var placed = new LinkedHashMap<String, String>();
        t.list(
                "select customer, segment from placed_customer where run = ? order by customer",
                row -> placed.put(row.text("customer"), row.text("segment")),
                run);
        return placed;
    }
}

package dev.coterie.run;

import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names, notes and locks that people gave to segments, with history and undo. */
public final class Segments {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_NOTES = 10_000;

    private final Database database;
    private final Clock clock;

    Segments(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A segment in the published run, or in the newest that has it. */
    public SegmentEntry get(String id) {
        return database.read(t -> get(t, id));
    }

    /**
     * A segment as it stands in a run.
     *
     * @param pinned the run; empty: the project's published one
     * @throws NotFoundException {@code segment_not_in_run} with the runs that have it, or {@code
     *     segment_gone} if none has it any more
     */
    public SegmentEntry get(String id, Optional<String> pinned) {
        return database.read(
                t -> {
                    SegmentEntry usual = get(t, id);
                    return get(t, id, pinned.or(() -> published(t, usual)).orElse(usual.run()));
                });
    }

    static SegmentEntry get(Transaction t, String id, String run) {
        get(t, id);
        return Lineage.entry(t, run, id)
                .filter(entry -> entry.number() > 0)
                .orElseThrow(() -> notIn(t, run, id));
    }

    private static Optional<String> published(Transaction t, SegmentEntry entry) {
        return Projects.get(t, Runs.get(t, entry.run()).project()).publishedRun();
    }

    private static NotFoundException notIn(Transaction t, String run, String id) {
        var runs = Lineage.runsWith(t, id).stream().map(Run::id).toList();
        return new NotFoundException(
                runs.isEmpty()
                        ? Message.of("run.segment_gone", "id", id)
                        : Message.of(
                                "run.segment_not_in_run",
                                "run",
                                run,
                                "runs",
                                String.join(", ", runs)));
    }

    /** A segment in the published run or else the newest that has it, standing or not. */
    static SegmentEntry get(Transaction t, String id) {
        return Lineage.usual(t, id)
                .flatMap(run -> Lineage.entry(t, run, id))
                .orElseThrow(() -> Projects.missing("segment", id));
    }

    /** The segments that stand, by number. */
    public List<SegmentEntry> list(String run) {
        return database.read(t -> list(t, run));
    }

    static List<SegmentEntry> list(Transaction t, String run) {
        return t.list(
                Lineage.ENTRIES + "where i.run = ? and i.number > 0 order by i.number",
                SegmentEntry::of,
                run);
    }

    /** The runs in which a segment stands, newest first. */
    public List<Run> runsWith(String id) {
        return database.read(t -> Lineage.runsWith(t, id));
    }

    /** The segments of a finished run in its own order; one that is only planned has no history. */
    public List<SegmentEntry> of(FinishedRun run) {
        return database.read(
                t -> {
                    var out = new ArrayList<SegmentEntry>();
                    for (String id : run.segmentIds()) {
                        int number = out.size() + 1;
                        out.add(
                                Lineage.entry(t, run.run().id(), id)
                                        .orElseGet(() -> SegmentEntry.planned(id, run.run()))
                                        .numbered(number));
                    }
                    return out;
                });
    }

    /** What to change; what is empty stays. */
    public record Change(Optional<String> name, Optional<String> notes, Optional<Boolean> locked) {}

    /**
     * @param ifMatch the etag the caller has seen, if it says so
     * @throws ConflictException {@code lost_update} if the segment changed since
     */
    public SegmentEntry change(String id, Change change, Optional<String> ifMatch) {
        Optional<String> name = change.name().map(Segments::checkedName);
        Optional<String> notes = change.notes().map(n -> checkedNotes(n));
        return database.write(
                t -> {
                    SegmentEntry before = get(t, id);
                    if (ifMatch.isPresent() && !ifMatch.get().equals(before.etag())) {
                        throw new ConflictException(Message.of("run.lost_update"));
                    }
                    name.ifPresent(n -> set(t, before, "name", before.name(), Optional.of(n)));
                    notes.ifPresent(
                            n ->
                                    set(
                                            t,
                                            before,
                                            "notes",
                                            Optional.of(before.notes()),
                                            Optional.of(n)));
                    change.locked()
                            .ifPresent(
                                    l ->
                                            set(
                                                    t,
                                                    before,
                                                    "locked",
                                                    Optional.of(flag(before.locked())),
                                                    Optional.of(flag(l))));
                    return get(t, id);
                });
    }

    /**
     * The latest change of a project's segments that still stands.
     *
     * @throws ConflictException {@code nothing_to_undo}
     */
    static SegmentEntry.Edit lastEdit(Transaction t, String project) {
        return t.first(
                        HISTORY + " where p.id = ? and e.undone = 0 order by e.id desc limit 1",
                        SegmentEntry.Edit::of,
                        Projects.get(t, project).id())
                .orElseThrow(() -> new ConflictException(Message.of("run.nothing_to_undo")));
    }

    static SegmentEntry.Edit edit(Transaction t, long id) {
        return t.first(HISTORY + " where e.id = ?", SegmentEntry.Edit::of, id).orElseThrow();
    }

    /** Puts back the name, notes or lock that a change replaced. */
    static SegmentEntry.Edit takeBack(Transaction t, SegmentEntry.Edit edit) {
        write(t, edit.segment(), edit.field(), edit.from());
        t.change("update segment_edit set undone = 1 where id = ?", edit.id());
        return edit(t, edit.id());
    }

    /** An edit is of a segment and of no run; its number is the published or else newest run's. */
    private static final String HISTORY =
            "select e.*, (select i.number from run_segment i join run r on i.run = r.id where"
                    + " i.segment = s.id order by r.id = e.run desc, r.id = p.published_run desc,"
                    + " r.number desc limit 1) as number from (select id, segment, field, old_value,"
                    + " new_value, at, undone, before, coalesce(run, (select r.id from run_segment"
                    + " i join run r on i.run = r.id join project p on r.project = p.id where"
                    + " i.segment = segment_edit.segment order by i.number > 0 desc, r.id ="
                    + " p.published_run desc, r.number desc limit 1)) as run from segment_edit) e"
                    + " join segment s on e.segment = s.id join project p on s.project = p.id";

    /** Changes of a project's segments, newest first. */
    public List<SegmentEntry.Edit> history(String project) {
        return database.read(
                t ->
                        t.list(
                                HISTORY + " where p.id = ? order by e.id desc limit 1000",
                                SegmentEntry.Edit::of,
                                Projects.get(t, project).id()));
    }

    /** Number of the latest change of a segment's own words that still stands. */
    public Optional<Long> lastChange(String segment) {
        return database.read(
                t ->
                        t.first(
                                "select id from segment_edit where segment = ? and undone = 0 order"
                                        + " by id desc limit 1",
                                row -> row.number("id"),
                                segment));
    }

    /** The value that the latest standing change of a field replaced. */
    public Optional<String> previous(String segment, String field) {
        return database.read(
                t ->
                        t.first(
                                        "select coalesce(old_value, '') as old_value from"
                                                + " segment_edit where segment = ? and field = ?"
                                                + " and undone = 0 order by id desc limit 1",
                                        row -> row.text("old_value"),
                                        segment,
                                        field)
                                .filter(old -> !old.isEmpty()));
    }

    private void set(
            Transaction t,
            SegmentEntry before,
            String field,
            Optional<String> old,
            Optional<String> next) {
        if (old.equals(next)) return;
        write(t, before.id(), field, next);
        t.change(
                "insert into segment_edit (segment, field, old_value, new_value, at) values (?, ?,"
                        + " ?, ?, ?)",
                before.id(),
                field,
                old,
                next,
                Projects.now(clock));
    }

    private static void write(Transaction t, String id, String field, Optional<String> value) {
        String sql =
                switch (field) {
                    case "name" ->
                            "update segment set name = ?, version = version + 1 where id = ?";
                    case "notes" ->
                            "update segment set notes = coalesce(?, ''), version = version + 1"
                                    + " where id = ?";
                    case "locked" ->
                            "update segment set locked = cast(? as integer), version = version + 1"
                                    + " where id = ?";
                    default -> throw new IllegalArgumentException(field);
                };
        t.change(sql, value, id);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    private static String checkedName(String name) {
        String clean = DisplayName.of(name, Integer.MAX_VALUE);
        if (clean.isEmpty() || clean.codePointCount(0, clean.length()) > LONGEST_NAME) {
            throw new InvalidInputException(
                    Message.of("run.segment_name", "longest", LONGEST_NAME), "/name", null);
        }
        return clean;
    }

    private static String checkedNotes(String notes) {
        if (notes.length() > LONGEST_NOTES) {
            throw new InvalidInputException(
                    Message.of("run.notes_too_long", "longest", LONGEST_NOTES), "/notes", null);
        }
        return notes;
    }
}

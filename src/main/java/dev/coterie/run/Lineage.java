package dev.coterie.run;

import dev.coterie.segment.Succession;
import dev.coterie.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which segment of a project has which number in which of its runs. */
final class Lineage {
    /** A segment in a run; {@code where} and {@code order by} may follow. */
    static final String ENTRIES =
            "select s.*, i.run, i.number, first.id as since_run, first.number as since_number"
                    + " from run_segment i join segment s on i.segment = s.id join run first on"
                    + " first.id = (select r.id from run_segment o join run r on o.run = r.id where"
                    + " o.segment = s.id order by r.number limit 1) ";

    private Lineage() {}

    /** Ids of a run's segments, by number. */
    static List<String> segmentIds(Transaction t, String run) {
        return t.list(
                "select segment from run_segment where run = ? and number > 0 order by number",
                row -> row.text("segment"),
                run);
    }

    /** The names that people gave to segments of a run, by the segment's id. */
    static Map<String, String> names(Transaction t, String run) {
        var names = new HashMap<String, String>();
        t.list(
                "select s.id, s.name from run_segment i join segment s on i.segment = s.id where"
                        + " i.run = ? and s.name is not null",
                row -> names.put(row.text("id"), row.text("name")),
                run);
        return names;
    }

    /** The runs in which a segment stands, newest first. */
    static List<Run> runsWith(Transaction t, String segment) {
        return t.list(
                "select r.* from run r join run_segment i on i.run = r.id where i.segment = ?"
                        + " and i.number > 0 order by r.number desc",
                Run::of,
                segment);
    }

    static Optional<SegmentEntry> entry(Transaction t, String run, String segment) {
        return t.first(
                ENTRIES + "where i.run = ? and i.segment = ?", SegmentEntry::of, run, segment);
    }

    /**
     * The run that a question about a segment means when it names none: the published one, or the
     * newest that has the segment; one in which it stands goes first.
     */
    static Optional<String> usual(Transaction t, String segment) {
        return t.first(
                "select r.id from run_segment i join run r on i.run = r.id join project p on"
                        + " r.project = p.id where i.segment = ? order by i.number > 0 desc, r.id ="
                        + " p.published_run desc, r.number desc limit 1",
                row -> row.text("id"),
                segment);
    }

    /**
     * Ids for the segments of a new run: the predecessor's where one lives on, new ones elsewhere.
     *
     * @param predecessors ids of the predecessor's segments, by number
     * @param segments of the new run
     */
    static List<String> ids(
            List<String> predecessors, Optional<Succession> succession, int segments) {
        var ids = new ArrayList<String>();
        for (int c = 0; c < segments; c++) {
            int from = succession.isEmpty() ? -1 : succession.get().predecessor()[c];
            ids.add(from < 0 ? Ids.random("seg_") : predecessors.get(from));
        }
        return ids;
    }

    /** Writes a new run's segments; one whose last run was deleted meanwhile comes back bare. */
    static void write(Transaction t, Run run, List<String> ids) {
        for (int c = 0; c < ids.size(); c++) {
            t.change(
                    "insert or ignore into segment (id, project) values (?, ?)",
                    ids.get(c),
                    run.project());
            t.change(
                    "insert into run_segment (run, number, segment) values (?, ?, ?)",
                    run.id(),
                    c + 1,
                    ids.get(c));
        }
    }

    /** Removes the segments that no run has any more. */
    static void removeOrphans(Transaction t, String project) {
        t.change(
                "delete from segment where project = ? and id not in (select segment from"
                        + " run_segment)",
                project);
    }
}

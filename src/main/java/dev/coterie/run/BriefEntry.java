package dev.coterie.run;

import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefRequest;
import dev.coterie.store.Row;
import dev.coterie.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A brief that was asked for.
 *
 * @param run whose figures it tells
 * @param segment id
 * @param number of the segment in that run; negative once it was merged into another
 * @param state as of its job
 * @param content once it is written
 * @param version raised by every change
 * @param checked the version in which the check found nothing
 * @param undoable true if a change can be taken back
 * @param segmentVersion of the segment when the figures were taken
 */
public record BriefEntry(
        String id,
        String project,
        String run,
        String segment,
        int number,
        BriefRequest request,
        State state,
        Optional<Brief> content,
        long version,
        OptionalLong checked,
        boolean undoable,
        OptionalLong segmentVersion,
        String createdAt,
        Optional<String> changedAt) {
    private static final String ENTRIES =
            "select b.*, i.number, exists (select 1 from brief_version v where v.brief = b.id) as"
                    + " undoable from brief b join run_segment i on b.run = i.run and b.segment ="
                    + " i.segment ";

    private static BriefEntry of(Row row) {
        byte[] content = row.bytes("content");
        return new BriefEntry(
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
                row.number("version"),
                row.optionalNumber("checked"),
                row.flag("undoable"),
                row.optionalNumber("segment_version"),
                row.text("created_at"),
                row.optionalText("changed_at"));
    }

    static BriefEntry get(Transaction t, String id) {
        return find(t, id).orElseThrow(() -> Projects.missing("brief", id));
    }

    static Optional<BriefEntry> find(Transaction t, String id) {
        return t.first(ENTRIES + "where b.id = ?", BriefEntry::of, id);
    }

    /** The newest finished one of a run for a segment. */
    static Optional<BriefEntry> newest(Transaction t, String run, String segment) {
        return t.first(
                ENTRIES
                        + "where b.run = ? and b.segment = ? and b.state = 'succeeded' order by"
                        + " b.created_at desc, b.id",
                BriefEntry::of,
                run,
                segment);
    }

    /** Newest first. */
    static List<BriefEntry> list(Transaction t, String project) {
        return t.list(
                ENTRIES + "where b.project = ? order by b.created_at desc, b.id",
                BriefEntry::of,
                project);
    }

    /** True if the check found nothing and nothing changed since. */
    public boolean checkedNow() {
        return checked.isPresent() && checked.getAsLong() == version;
    }

    /** Changes when the brief does: for {@code If-Match}. */
    public String etag() {
        return "\"" + id + "-" + version + "\"";
    }
}

package dev.coterie.run;

import dev.coterie.brief.Brief;
import dev.coterie.error.ConflictException;
import dev.coterie.language.Message;
import dev.coterie.store.Transaction;
import java.time.Clock;

/** Writes briefs with what they replaced. Every method runs in one transaction. */
final class BriefVersions {
    private static final int KEPT = 20;

    private final Clock clock;

    BriefVersions(Clock clock) {
        this.clock = clock;
    }

    /** The first content of a brief. */
    void first(Transaction t, BriefEntry entry, Brief brief) {
        t.change(
                "update brief set state = 'succeeded', content = ?, segment_version = ? where id ="
                        + " ?",
                LedgerJson.pack(brief),
                version(t, entry.segment()),
                entry.id());
    }

    /** Other content, of the same run or another. */
    void next(Transaction t, BriefEntry entry, Brief brief, SegmentInRun of) {
        Brief old = entry.content().orElseThrow(BriefVersions::notReady);
        t.change(
                "insert into brief_version (brief, version, run, segment, content) values (?, ?, ?,"
                        + " ?, ?)",
                entry.id(),
                entry.version(),
                entry.run(),
                entry.segment(),
                LedgerJson.pack(old));
        t.change(
                "delete from brief_version where brief = ? and version <= ?",
                entry.id(),
                entry.version() - KEPT);
        write(t, entry, brief, of);
        if (!of.run().equals(entry.run()) || !of.segment().equals(entry.segment())) {
            t.change(
                    "update brief set segment_version = ? where id = ?",
                    version(t, of.segment()),
                    entry.id());
        }
    }

    private void write(Transaction t, BriefEntry entry, Brief brief, SegmentInRun of) {
        t.change(
                "update brief set state = 'succeeded', content = ?, run = ?, segment = ?, version ="
                        + " version + 1, changed_at = ? where id = ?",
                LedgerJson.pack(brief),
                of.run(),
                of.segment(),
                Projects.now(clock),
                entry.id());
    }

    /** Notes that the figures of a brief are those of its segment as it stands now. */
    void upToDate(Transaction t, String brief, String segment) {
        t.change("update brief set segment_version = ? where id = ?", version(t, segment), brief);
    }

    /**
     * Brings back what the latest change replaced.
     *
     * @throws ConflictException {@code nothing_to_undo}
     */
    void undo(Transaction t, BriefEntry entry) {
        record Earlier(long version, SegmentInRun of, Brief brief) {}
        Earlier earlier =
                t.first(
                                "select * from brief_version where brief = ? order by version desc"
                                        + " limit 1",
                                row ->
                                        new Earlier(
                                                row.number("version"),
                                                new SegmentInRun(
                                                        row.text("run"), row.text("segment")),
                                                LedgerJson.unpack(
                                                        row.bytes("content"), Brief.class)),
                                entry.id())
                        .orElseThrow(
                                () -> new ConflictException(Message.of("run.nothing_to_undo")));
        write(t, entry, earlier.brief(), earlier.of());
        // Renewing may have been what is taken back: the figures are to be compared again.
        t.change("update brief set segment_version = null where id = ?", entry.id());
        t.change(
                "delete from brief_version where brief = ? and version = ?",
                entry.id(),
                earlier.version());
    }

    private static Long version(Transaction t, String segment) {
        return t.first(
                        "select version from segment where id = ?",
                        r -> r.number("version"),
                        segment)
                .orElse(null);
    }

    static ConflictException notReady() {
        return new ConflictException(Message.of("run.brief_not_ready"));
    }

    /** A segment as it stands in a run. */
    record SegmentInRun(String run, String segment) {}
}

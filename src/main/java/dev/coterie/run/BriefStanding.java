package dev.coterie.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefChanges;
import dev.coterie.describe.Description;
import dev.coterie.store.Transaction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * How a brief stands to its project as it is now.
 *
 * @param reasons why it is out of date; empty if it is not
 * @param changes figures that are not what the brief says
 * @param name of the segment now
 * @param now the segment that it would be renewed from, in the published run
 */
public record BriefStanding(
        Set<Reason> reasons,
        List<BriefChanges.Change> changes,
        Optional<String> name,
        Optional<SegmentEntry> now) {
    static final BriefStanding FRESH =
            new BriefStanding(Set.of(), List.of(), Optional.empty(), Optional.empty());

    /** Why a brief is out of date. */
    public enum Reason {
        /** A newer run is published. */
        RUN,
        /** Its customers were merged into another segment. */
        MERGED,
        /** The segment has another name. */
        RENAMED,
        /** A merge, a split or a move changed its figures. */
        FIGURES,
        /** No segment of the published run is this one. */
        GONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean stale() {
        return !reasons.isEmpty();
    }

    /**
     * True if nothing happened that could have changed its figures or its name: known without
     * reading a run.
     */
    static boolean untouched(Transaction t, BriefEntry entry) {
        Project project = Projects.get(t, entry.project());
        boolean sameRun = project.publishedRun().map(entry.run()::equals).orElse(true);
        OptionalLong version =
                t.first(
                                "select version from segment where id = ?",
                                row -> OptionalLong.of(row.number("version")),
                                entry.segment())
                        .orElse(OptionalLong.empty());
        return sameRun && entry.number() > 0 && version.equals(entry.segmentVersion());
    }

    /**
     * @param read description of a run as people left it
     */
    static BriefStanding of(
            BriefEntry entry,
            Optional<SegmentEntry> now,
            boolean sameRun,
            Function<String, Description> read) {
        if (entry.content().isEmpty()) return FRESH;
        Brief brief = entry.content().get();
        if (now.isEmpty())
            return new BriefStanding(
                    EnumSet.of(Reason.GONE), List.of(), Optional.empty(), Optional.empty());
        SegmentEntry segment = now.get();
        Description description = read.apply(segment.run());
        var changes = BriefChanges.of(brief, description, segment.number());
        Optional<String> name =
                segment.name()
                        .or(
                                () ->
                                        description
                                                .segment(segment.number())
                                                .map(p -> p.wording(brief.language()).name()));
        var reasons = EnumSet.noneOf(Reason.class);
        if (!sameRun) reasons.add(Reason.RUN);
        if (!segment.id().equals(entry.segment())) reasons.add(Reason.MERGED);
        else if (!name.equals(Optional.of(brief.name()))) reasons.add(Reason.RENAMED);
        if (!changes.isEmpty()) reasons.add(Reason.FIGURES);
        return new BriefStanding(reasons, changes, name, now);
    }

    /** The segment in a run, or the one that its customers were merged into there. */
    static Optional<SegmentEntry> heir(Transaction t, String run, String segment) {
        String id = segment;
        for (int step = 0; step < 100; step++) {
            Optional<SegmentEntry> entry = Lineage.entry(t, run, id);
            if (entry.isEmpty()) return Optional.empty();
            if (entry.get().number() > 0) return entry;
            Optional<String> into = mergedInto(t, run, id);
            if (into.isEmpty() || into.get().equals(id)) return Optional.empty();
            id = into.get();
        }
        return Optional.empty();
    }

    private static Optional<String> mergedInto(Transaction t, String run, String segment) {
        record Merge(String into, String from, EditLedger.Before before) {}
        List<Merge> merges =
                t.list(
                        "select * from segment_edit where run = ? and field = 'merge' and undone ="
                                + " 0 and before is not null order by id desc",
                        row ->
                                new Merge(
                                        row.text("segment"),
                                        row.text("old_value"),
                                        LedgerJson.unpack(
                                                row.bytes("before"), EditLedger.Before.class)),
                        run);
        return merges.stream()
                .filter(
                        m -> {
                            int number = m.before().segments().indexOf(segment) + 1;
                            return number > 0
                                    && Arrays.asList(m.from().split(",\\s*"))
                                            .contains(Integer.toString(number));
                        })
                .map(Merge::into)
                .findFirst();
    }
}

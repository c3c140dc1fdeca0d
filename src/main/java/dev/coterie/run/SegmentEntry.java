package dev.coterie.run;

import dev.coterie.store.Row;
import java.util.List;
import java.util.Optional;

/**
 * A segment as it stands in one run, with what people did to it. Id, name, notes and lock are the
 * segment's own in every run that has it; the number is the run's.
 *
 * @param number 1..k; negative once it was merged into another
 * @param name the name a person gave it; empty: the writer's name stands
 * @param version raised by every change
 * @param since the earliest run of the project that has it
 */
public record SegmentEntry(
        String id,
        String run,
        int number,
        Optional<String> name,
        String notes,
        boolean locked,
        long version,
        Since since) {
    /** A run by its id and its number within the project. */
    public record Since(String run, int number) {}

    static SegmentEntry of(Row row) {
        return new SegmentEntry(
                row.text("id"),
                row.text("run"),
                (int) row.number("number"),
                row.optionalText("name"),
                row.text("notes"),
                row.flag("locked"),
                row.number("version"),
                new Since(row.text("since_run"), (int) row.number("since_number")));
    }

    /** A segment that a change would make. */
    static SegmentEntry planned(String id, Run run) {
        var since = new Since(run.id(), run.number());
        return new SegmentEntry(id, run.id(), 0, Optional.empty(), "", false, 1, since);
    }

    SegmentEntry numbered(int other) {
        return new SegmentEntry(id, run, other, name, notes, locked, version, since);
    }

    /** Changes when the segment does, and is the same in every run: for {@code If-Match}. */
    public String etag() {
        return "\"" + id + "-" + version + "\"";
    }

    /**
     * One change of a segment, or of several together.
     *
     * @param run the run it belongs to
     * @param field {@code name}, {@code notes}, {@code locked}, {@code merge}, {@code split} or
     *     {@code move}
     * @param from value before; numbers of the segments before a merge or split; how many customers
     *     were moved
     * @param to value after; numbers after a merge or split; where customers were moved to, empty
     *     for the nearest segment of each, {@code 0} for that of the analysis
     */
    public record Edit(
            long id,
            String segment,
            String run,
            int number,
            String field,
            Optional<String> from,
            Optional<String> to,
            String at,
            boolean undone) {
        /** True if it changed one segment's own words, and nobody's membership. */
        public boolean ofSegment() {
            return List.of("name", "notes", "locked").contains(field);
        }

        static Edit of(Row row) {
            return new Edit(
                    row.number("id"),
                    row.text("segment"),
                    row.text("run"),
                    (int) row.number("number"),
                    row.text("field"),
                    row.optionalText("old_value"),
                    row.optionalText("new_value"),
                    row.text("at"),
                    row.flag("undone"));
        }
    }
}

package dev.coterie.run;

import dev.coterie.store.Row;
import java.util.Optional;

/**
 * A segment as it stands in one run, with what people did to it. Id, name, notes and lock are the
 * segment's own in every run that has it; the number is the run's.
 *
 * @param number 1..k
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

    /** Changes when the segment does, and is the same in every run: for {@code If-Match}. */
    public String etag() {
        return "\"" + id + "-" + version + "\"";
    }

    /**
     * One change of a segment.
     *
     * @param field {@code name}, {@code notes} or {@code locked}
     */
    public record Edit(
            long id,
            String segment,
            int number,
            String field,
            Optional<String> from,
            Optional<String> to,
            String at,
            boolean undone) {
        static Edit of(Row row) {
            return new Edit(
                    row.number("id"),
                    row.text("segment"),
                    (int) row.number("number"),
                    row.text("field"),
                    row.optionalText("old_value"),
                    row.optionalText("new_value"),
                    row.text("at"),
                    row.flag("undone"));
        }
    }
}

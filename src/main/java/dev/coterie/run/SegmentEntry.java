package dev.coterie.run;

import dev.coterie.store.Row;
import java.util.Optional;

/**
 * What people did to a segment of a run.
 *
 * @param number 1..k
 * @param name the name a person gave it; empty: the writer's name stands
 * @param version raised by every change
 */
public record SegmentEntry(
        String id,
        String run,
        int number,
        Optional<String> name,
        String notes,
        boolean locked,
        long version) {
    static SegmentEntry of(Row row) {
        return new SegmentEntry(
                row.text("id"),
                row.text("run"),
                (int) row.number("number"),
                row.optionalText("name"),
                row.text("notes"),
                row.flag("locked"),
                row.number("version"));
    }

    /** Changes when the segment does: for {@code If-Match}. */
    public String etag() {
        return "\"s" + number + "-" + version + "\"";
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

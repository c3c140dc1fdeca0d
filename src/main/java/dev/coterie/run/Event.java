package dev.coterie.run;

import dev.coterie.store.Row;

/**
 * One thing a job or an answer said.
 *
 * @param number 1, 2, 3… within its owner
 * @param data JSON
 */
public record Event(long number, String type, String data) {
    static Event of(Row row) {
        return new Event(row.number("number"), row.text("type"), row.text("data"));
    }
}

package dev.coterie.collect;

import dev.coterie.language.Notice;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tables of one import with their roles and links.
 *
 * @param tables in the order given
 * @param customerTable index of the table with one row a customer; empty if the customers are the
 *     distinct ids of the linked tables
 * @param links how well each other table's ids are found
 * @param notices about the import as a whole
 */
public record Collected(
        List<Source> tables, OptionalInt customerTable, List<Link> links, List<Notice> notices) {
    public Collected {
        tables = List.copyOf(tables);
        links = List.copyOf(links);
        notices = List.copyOf(notices);
    }

    /** A table and what its columns mean. */
    public record Source(RawTable table, TableSchema schema) {}

    /**
     * One table's link to the customer table.
     *
     * @param fromTable name of the linked table
     * @param fromColumn its id column
     * @param toTable name of the customer table
     * @param rows rows with an id
     * @param matched rows whose id is a customer's
     */
    public record Link(
            String fromTable, String fromColumn, String toTable, long rows, long matched) {
        /** Share of rows matched, 0..1. */
        public double rate() {
            return rows == 0 ? 1 : (double) matched / rows;
        }
    }
}

package dev.coterie.tools;

import java.util.List;
import java.util.Optional;

/**
 * Rows for the reader, bounded.
 *
 * @param columns headings in the answer's language
 * @param rows at most {@value #MOST_ROWS}
 * @param total rows there are in all
 */
public record Table(String title, List<String> columns, List<List<Cell>> rows, long total) {
    public static final int MOST_ROWS = 50;

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().limit(MOST_ROWS).map(List::copyOf).toList();
    }

    /**
     * One cell.
     *
     * @param text as shown, small counts withheld
     * @param fact id of the fact it shows, if it shows one
     */
    public record Cell(String text, Optional<String> fact) {
        public static Cell of(String text) {
            return new Cell(text, Optional.empty());
        }
    }
}

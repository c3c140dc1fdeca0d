package dev.coterie.collect;

import dev.coterie.language.Notice;
import java.util.List;

/**
 * One file as a table of text cells, in file order. Cells are dictionary-encoded by column, so half
 * a million order lines take tens of megabytes.
 *
 * @param name the file's display name, such as {@code orders.csv}
 * @param fingerprint SHA-256 of the file's bytes, hex
 * @param format what was detected over the whole file
 * @param columns in file order, all of the same length
 * @param recordNumbers for each row its 1-based record number, header excluded, counted before
 *     rejects
 * @param lines for each row the 1-based physical line where it starts
 * @param rejects rows that could not be taken
 * @param notices what was found or changed while reading
 */
public record RawTable(
        String name,
        String fingerprint,
        FileFormat format,
        List<RawColumn> columns,
        int[] recordNumbers,
        int[] lines,
        List<Reject> rejects,
        List<Notice> notices) {
    public RawTable {
        columns = List.copyOf(columns);
        rejects = List.copyOf(rejects);
        notices = List.copyOf(notices);
    }

    /** Rows kept. Rows in the file are these plus the rejects. */
    public int rows() {
        return lines.length;
    }
}

package dev.coterie.collect;

import dev.coterie.language.Message;
import java.util.Optional;

/**
 * A row that could not be taken.
 *
 * @param file the file's display name
 * @param record 1-based record, header excluded
 * @param line 1-based physical line where the trouble is
 * @param column the column's name, if one column is to blame
 * @param reason what is wrong and what would be right
 * @param excerpt the start of the row as it stands, at most 200 characters
 */
public record Reject(
        String file,
        long record,
        long line,
        Optional<String> column,
        Message reason,
        String excerpt) {}

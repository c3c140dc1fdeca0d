package dev.coterie.collect;

import dev.coterie.language.Message;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of one column.
 *
 * @param name the column's name in the table (renamed if empty or double)
 * @param role guessed or chosen
 * @param dateOrder the order chosen for a {@link Role#DATE} column
 * @param reason why this role, in words with figures from all rows
 * @param samples up to 3 distinct non-empty values as they stand in the file
 * @param distinct number of distinct non-missing values
 * @param missing rows without a value
 * @param undecided true if a person must choose before the column can be used, as with ambiguous
 *     dates
 * @param confirmed true if a person chose the role
 */
public record ColumnSchema(
        String name,
        Role role,
        Optional<DateOrder> dateOrder,
        Message reason,
        List<String> samples,
        long distinct,
        long missing,
        boolean undecided,
        boolean confirmed) {
    public ColumnSchema {
        samples = List.copyOf(samples);
    }
}

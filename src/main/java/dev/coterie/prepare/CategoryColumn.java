package dev.coterie.prepare;

import java.util.List;

/**
 * A profile category of every customer.
 *
 * @param name column name as in the file
 * @param levels the values as they stand in the file, most frequent first
 * @param codes one per customer: index into levels, or -1 where missing
 */
public record CategoryColumn(String name, List<String> levels, int[] codes) {
    public CategoryColumn {
        levels = List.copyOf(levels);
    }
}

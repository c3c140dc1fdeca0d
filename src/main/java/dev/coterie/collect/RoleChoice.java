package dev.coterie.collect;

import java.util.Optional;

/**
 * A role chosen by a person for one column: {@code [FILE:]COLUMN=ROLE[:FORMAT]} on the command
 * line.
 *
 * @param table file name with or without its endings, or empty for every table that has the column
 * @param column the column's name
 * @param dateOrder for {@link Role#DATE}
 */
public record RoleChoice(
        Optional<String> table, String column, Role role, Optional<DateOrder> dateOrder) {}

package dev.coterie.collect;

import java.util.List;
import java.util.Optional;

/** The columns of one table with their roles, in file order. */
public record TableSchema(String table, List<ColumnSchema> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
    }

    /** The columns that have a role, in file order. */
    public List<ColumnSchema> with(Role role) {
        return columns.stream().filter(c -> c.role() == role).toList();
    }

    public Optional<ColumnSchema> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The customer id column, if the table has one. */
    public Optional<ColumnSchema> id() {
        return with(Role.ID).stream().findFirst();
    }
}

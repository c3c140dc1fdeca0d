package dev.coterie.cli;

import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import java.util.stream.Collectors;

/** A column that a command line names. */
final class TableColumn {
    private TableColumn() {}

    /**
     * @throws NotFoundException naming the columns there are
     */
    static RawColumn of(RawTable table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        Message.of(
                                                "cli.no_such_column",
                                                "column",
                                                name,
                                                "file",
                                                table.name(),
                                                "columns",
                                                table.columns().stream()
                                                        .map(RawColumn::name)
                                                        .collect(Collectors.joining(", ")))));
    }
}

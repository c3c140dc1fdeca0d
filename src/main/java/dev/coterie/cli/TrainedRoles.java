package dev.coterie.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.collect.Collected;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roles that a forecast was trained with, kept beside it: files to be scored get the same
 * roles, whatever their own content would suggest.
 */
record TrainedRoles(List<RoleChoice> choices) {
    private static final String FILE = "roles.json";
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    static TrainedRoles of(Collected collected) {
        var choices = new ArrayList<RoleChoice>();
        for (var source : collected.tables()) {
            for (var column : source.schema().columns()) {
                choices.add(
                        new RoleChoice(
                                Optional.of(source.table().name()),
                                column.name(),
                                column.role(),
                                column.dateOrder()));
            }
        }
        return new TrainedRoles(choices);
    }

    void save(Path model) {
        WholeFile.write(model.resolve(FILE), out -> JSON.writeValue(out, choices));
    }

    static TrainedRoles load(Path model) {
        try {
            return new TrainedRoles(
                    JSON.readValue(model.resolve(FILE).toFile(), new TypeReference<>() {}));
        } catch (IOException e) {
            throw new NotFoundException(
                    Message.of("cli.no_model", "path", model.toString(), "file", FILE), e);
        }
    }

    /**
     * The choices for tables to be scored: a column takes the role of its namesake, first of the
     * file with the same name, else of any file.
     */
    List<RoleChoice> forTables(List<RawTable> tables) {
        var found = new ArrayList<RoleChoice>();
        for (RawTable table : tables) {
            for (var column : table.columns()) {
                namesake(table.name(), column.name())
                        .ifPresent(
                                choice ->
                                        found.add(
                                                new RoleChoice(
                                                        Optional.of(table.name()),
                                                        column.name(),
                                                        choice.role(),
                                                        choice.dateOrder())));
            }
        }
        return found;
    }

    private Optional<RoleChoice> namesake(String table, String column) {
        var same = choices.stream().filter(c -> c.column().equals(column)).toList();
        return same.stream()
                .filter(c -> c.table().orElse("").equals(table))
                .findFirst()
                .or(() -> same.stream().filter(c -> c.role() != Role.TARGET).findFirst())
                .or(() -> same.stream().findFirst());
    }
}

package dev.coterie.collect;

import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guesses what each column means, from all rows, with a reason that gives the figures. Holds no
 * state.
 */
public final class RoleGuesser {
    /** Ids this often different from row to row mean one row a customer. */
    static final double ONE_ROW_EACH = 0.9;

    /**
     * @param allTables every table of the import, this one included
     */
    public TableSchema guess(RawTable table, List<RawTable> allTables) {
        return guess(table, allTables, Map.of());
    }

    /** The same, with the roles that a person chose for some columns. */
    TableSchema guess(RawTable table, List<RawTable> allTables, Map<String, RoleChoice> chosen) {
        var columns = new ArrayList<ColumnFacts>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(ColumnFacts.of(table.columns().get(i), i));
        }
        List<RawTable> others = allTables.stream().filter(t -> t != table).toList();
        Optional<ColumnFacts> id = id(columns, others, chosen);
        TableView view = TableView.of(table, columns, id, others);
        var schemas = new ArrayList<ColumnSchema>();
        for (ColumnFacts column : columns) {
            schemas.add(schema(column, view, chosen));
        }
        return new TableSchema(table.name(), oneOfEach(schemas, view));
    }

    private static Optional<ColumnFacts> id(
            List<ColumnFacts> columns, List<RawTable> others, Map<String, RoleChoice> chosen) {
        for (ColumnFacts column : columns) {
            RoleChoice choice = chosen.get(column.name());
            if (choice != null && choice.role() == Role.ID) return Optional.of(column);
        }
        List<ColumnFacts> free =
                columns.stream().filter(c -> !chosen.containsKey(c.name())).toList();
        return IdGuess.find(free, others);
    }

    private static ColumnSchema schema(
            ColumnFacts column, TableView view, Map<String, RoleChoice> chosen) {
        RoleChoice choice = chosen.get(column.name());
        if (choice != null) {
            boolean undecided =
                    choice.role() == Role.DATE
                            && choice.dateOrder().isEmpty()
                            && column.undecidedDates();
            return schema(
                    column,
                    choice.role(),
                    choice.dateOrder(),
                    Message.of("collect.reason_chosen"),
                    undecided,
                    true);
        }
        Guess guess = new ColumnGuess(column, view).guess();
        boolean undecided = guess.role() == Role.DATE && column.undecidedDates();
        return schema(column, guess.role(), Optional.empty(), guess.reason(), undecided, false);
    }

    private static ColumnSchema schema(
            ColumnFacts column,
            Role role,
            Optional<DateOrder> order,
            Message reason,
            boolean undecided,
            boolean confirmed) {
        return new ColumnSchema(
                column.name(),
                role,
                order,
                reason,
                column.samples(),
                column.distinct(),
                column.missing(),
                undecided,
                confirmed);
    }

    /** Of some roles a table can use one column; the others are left out with that reason. */
    private static List<ColumnSchema> oneOfEach(List<ColumnSchema> schemas, TableView view) {
        Map<Role, ColumnSchema> best = new HashMap<>();
        for (ColumnSchema column : schemas) {
            if (!isSingle(column.role(), view)) continue;
            best.merge(column.role(), column, (a, b) -> better(a, b, view) ? b : a);
        }
        var result = new ArrayList<ColumnSchema>();
        for (ColumnSchema column : schemas) {
            ColumnSchema winner = best.get(column.role());
            boolean loser =
                    winner != null
                            && winner != column
                            && (!column.confirmed() || column.role() == Role.ID);
            result.add(loser ? ignoredFor(column, winner) : column);
        }
        return result;
    }

    private static boolean isSingle(Role role, TableView view) {
        return switch (role) {
            case ID, VALUE, QUANTITY, PRICE, ITEM, EVENT -> true;
            case DATE -> view.transactional();
            default -> false;
        };
    }

    private static boolean better(ColumnSchema now, ColumnSchema next, TableView view) {
        if (now.confirmed() != next.confirmed()) return next.confirmed();
        if (now.role() != Role.ITEM) return false;
        // A readable name serves better than a code.
        return view.facts(next.name()).words() > view.facts(now.name()).words();
    }

    private static ColumnSchema ignoredFor(ColumnSchema column, ColumnSchema winner) {
        return new ColumnSchema(
                column.name(),
                Role.IGNORE,
                Optional.empty(),
                Message.of("collect.reason_other_column", "column", winner.name()),
                column.samples(),
                column.distinct(),
                column.missing(),
                false,
                column.confirmed());
    }

    /** A role and why. */
    record Guess(Role role, Message reason) {}
}

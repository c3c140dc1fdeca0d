package dev.coterie.collect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a table as a whole looks like, for the guess of its columns.
 *
 * @param columns facts in file order
 * @param id the customer id column
 * @param repeated true if customers have several rows
 * @param transactional true if rows are acts with a time and an amount
 */
record TableView(
        RawTable table,
        List<ColumnFacts> columns,
        Optional<ColumnFacts> id,
        boolean repeated,
        boolean transactional) {
    /** From this many rows a customer on, a column that changes from row to row is no profile. */
    private static final double ROWS_EACH = 2;

    static TableView of(
            RawTable table,
            List<ColumnFacts> columns,
            Optional<ColumnFacts> id,
            List<RawTable> others) {
        boolean several =
                id.isPresent()
                        && id.get().distinct() < RoleGuesser.ONE_ROW_EACH * id.get().filled();
        boolean linked = id.isPresent() && others.stream().anyMatch(t -> isCustomerTable(t, id));
        boolean dated = columns.stream().anyMatch(TableView::isDate);
        boolean amounts = hasAmounts(columns);
        boolean named = columns.stream().anyMatch(c -> NameHints.of(c.name()).event());
        boolean texts = columns.stream().anyMatch(TableView::isLongText);
        boolean transactional =
                (several || linked) && !texts && (amounts || dated && (named || several));
        boolean many =
                id.isPresent()
                        && several
                        && (linked
                                || transactional
                                || id.get().filled() >= ROWS_EACH * id.get().distinct());
        return new TableView(table, columns, id, many, transactional);
    }

    ColumnFacts facts(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    static boolean isDate(ColumnFacts column) {
        return column.filled() > 0 && column.dates() * 10 >= column.filled() * 9;
    }

    static boolean isNumeric(ColumnFacts column) {
        return column.filled() > 0 && column.numeric() * 10 >= column.filled() * 8;
    }

    /** Sentences rather than labels. */
    static boolean isLongText(ColumnFacts column) {
        if (column.filled() == 0 || isNumeric(column) || isDate(column)) return false;
        boolean varied = column.distinct() * 3 >= column.filled();
        return varied && (column.words() >= 4 && column.characters() >= 8);
    }

    /**
     * How many customers with several rows have more than one value in a column, as a share; 0 if
     * no customer has several rows.
     */
    double changing(ColumnFacts column) {
        if (id.isEmpty()) return 0;
        RawColumn ids = table.columns().get(id.get().position());
        RawColumn cells = table.columns().get(column.position());
        int[] first = new int[ids.values().size()];
        boolean[] again = new boolean[first.length];
        boolean[] changed = new boolean[first.length];
        Arrays.fill(first, -1);
        for (int row = 0; row < ids.rows(); row++) {
            int customer = ids.code(row);
            if (MissingWords.isMissing(cells.cell(row))) continue;
            if (first[customer] < 0) {
                first[customer] = cells.code(row);
            } else {
                again[customer] = true;
                changed[customer] |= first[customer] != cells.code(row);
            }
        }
        int several = 0;
        int changing = 0;
        for (int customer = 0; customer < first.length; customer++) {
            if (!again[customer] || MissingWords.isMissingMeasure(ids.values().get(customer)))
                continue;
            several++;
            if (changed[customer]) changing++;
        }
        return several == 0 ? 0 : (double) changing / several;
    }

    private static boolean hasAmounts(List<ColumnFacts> columns) {
        boolean quantity = false;
        boolean price = false;
        boolean value = false;
        for (ColumnFacts column : columns) {
            if (!isNumeric(column)) continue;
            NameHints hints = NameHints.of(column.name());
            quantity |= hints.quantity();
            price |= hints.price();
            value |= hints.value();
        }
        return value || quantity && price;
    }

    /** True if another table has the same id column with one row each. */
    private static boolean isCustomerTable(RawTable other, Optional<ColumnFacts> id) {
        for (RawColumn column : other.columns()) {
            boolean sameName = column.name().equalsIgnoreCase(id.get().name());
            boolean customers = NameHints.of(column.name()).customerId();
            if ((sameName || customers)
                    && column.values().size() >= RoleGuesser.ONE_ROW_EACH * column.rows()) {
                return true;
            }
        }
        return false;
    }
}

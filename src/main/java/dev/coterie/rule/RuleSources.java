package dev.coterie.rule;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.Role;
import dev.coterie.collect.TableSchema;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a rule's fields stand in the reader's own tables, so that a rule can be copied as SQL that
 * runs there. A column whose value per customer no SQL could tell in one way (the first of several
 * rows, the most frequent one) is not offered to rules.
 */
public final class RuleSources {
    private static final long DAY = 86_400;
    private static final Set<Role> PROFILE =
            Set.of(Role.NUMBER, Role.YESNO, Role.RATING, Role.CATEGORY, Role.TARGET);

    private final List<Table> tables;
    private final Optional<Table> customerTable;
    private final Optional<LocalDate> asOf;

    private RuleSources(List<Table> tables, int customerTable, Optional<LocalDate> asOf) {
        this.tables = List.copyOf(tables);
        this.customerTable =
                customerTable < 0 ? Optional.empty() : Optional.of(tables.get(customerTable));
        this.asOf = asOf;
    }

    /**
     * @param recipe tells the day from which ages are counted back
     */
    public static RuleSources of(Collected collected, Recipe recipe) {
        int own = collected.customerTable().orElse(-1);
        var tables = new ArrayList<Table>();
        var names = new HashSet<String>();
        for (int i = 0; i < collected.tables().size(); i++) {
            Collected.Source source = collected.tables().get(i);
            String stem = stem(source.table().name());
            String name = names.add(stem) ? stem : source.table().name();
            tables.add(new Table(name, source.table(), source.schema(), i == own));
        }
        long latest = recipe.latestEpochSecond();
        return new RuleSources(
                tables,
                own,
                latest == Long.MIN_VALUE
                        ? Optional.empty()
                        : Optional.of(LocalDate.ofEpochDay(Math.floorDiv(latest, DAY))));
    }

    /** {@code orders} for {@code orders.csv.gz}: what the table is called once it is loaded. */
    private static String stem(String file) {
        String stem = file.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\.[a-z]{2,8}$", "");
        return stem.isEmpty() ? file : stem;
    }

    /** The day from which ages are counted back; empty if the data has no date. */
    Optional<LocalDate> asOf() {
        return asOf;
    }

    List<Table> tables() {
        return tables;
    }

    /** The table with one row a customer; empty if customers are the ids of all tables. */
    Optional<Table> customerTable() {
        return customerTable;
    }

    boolean events() {
        return tables.stream().anyMatch(Table::acts);
    }

    boolean texts() {
        return tables.stream().anyMatch(t -> !t.schema().with(Role.TEXT).isEmpty());
    }

    boolean has(NumberColumn column) {
        if (column.kind() != NumberColumn.Kind.AGE_DAYS) return place(column.name()).isPresent();
        // Only the customer table's dates become ages that a single date can stand for.
        return place(column.name()).filter(p -> p.role() == Role.DATE).isPresent();
    }

    boolean has(CategoryColumn column) {
        return place(column.name()).isPresent();
    }

    /**
     * The place of a profile column; empty if it has none that SQL can tell.
     *
     * @param name as in the customer table: the second column of a name carries its file's
     */
    Optional<Place> place(String name) {
        var taken = new HashSet<String>();
        for (Table table : tables) {
            for (ColumnSchema column : table.schema().columns()) {
                boolean date = column.role() == Role.DATE && table.own();
                if (!PROFILE.contains(column.role()) && !date) continue;
                String free =
                        taken.add(column.name())
                                ? column.name()
                                : column.name() + " (" + table.raw().name() + ")";
                if (free.equals(name)) {
                    return Optional.of(new Place(table, column.name(), column.role()))
                            .filter(Place::tellable);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * @param name as SQL calls it
     * @param own true for the table with one row a customer
     */
    record Table(String name, RawTable raw, TableSchema schema, boolean own) {
        Optional<String> id() {
            return schema.id().map(ColumnSchema::name);
        }

        Optional<String> first(Role role) {
            return schema.with(role).stream().findFirst().map(ColumnSchema::name);
        }

        private boolean has(Role role) {
            return !schema.with(role).isEmpty();
        }

        /** True if the rows are what customers did. */
        boolean acts() {
            return has(Role.VALUE)
                    || has(Role.QUANTITY)
                    || has(Role.PRICE)
                    || has(Role.ITEM)
                    || has(Role.EVENT)
                    || !own && has(Role.DATE) && !has(Role.TEXT) && repeats();
        }

        /** True if some customer has several rows. */
        boolean repeats() {
            Optional<RawColumn> ids = id().flatMap(this::column);
            if (ids.isEmpty()) return false;
            var seen = new boolean[ids.get().values().size()];
            for (int row = 0; row < ids.get().rows(); row++) {
                int code = ids.get().code(row);
                boolean known = !MissingWords.isMissingMeasure(ids.get().values().get(code));
                if (known && seen[code]) return true;
                seen[code] = true;
            }
            return false;
        }

        Optional<RawColumn> column(String name) {
            return raw.columns().stream().filter(c -> c.name().equals(name)).findFirst();
        }
    }

    /** A column of a table. */
    record Place(Table table, String column, Role role) {
        /** A mean over rows is told by SQL; of other values only one a customer is. */
        private boolean tellable() {
            if (role == Role.TARGET) return false;
            if (table.own()) return true;
            if (table.id().isEmpty()) return false;
            boolean mean = role == Role.RATING || role == Role.NUMBER && table.acts();
            return mean || !table.repeats();
        }

        Condition.Spellings spellings() {
            List<String> cells = table.column(column).map(RawColumn::values).orElse(List.of());
            return role == Role.YESNO ? new YesNoCells(cells) : new LevelCells(cells);
        }
    }

    /** A level as its cells stand in the file: some have blanks around them. */
    private record LevelCells(List<String> cells) implements Condition.Spellings {
        @Override
        public List<String> of(Object value) {
            List<String> found = cells.stream().filter(c -> c.strip().equals(value)).toList();
            return found.isEmpty() ? List.of(value.toString()) : found.stream().sorted().toList();
        }

        @Override
        public boolean numeric() {
            return false;
        }
    }

    /** The cells that say yes, or no. */
    private record YesNoCells(List<String> cells) implements Condition.Spellings {
        @Override
        public List<String> of(Object value) {
            int wanted = Boolean.TRUE.equals(value) ? 1 : 0;
            return cells.stream()
                    .filter(c -> MissingWords.yesNo(c).filter(v -> v == wanted).isPresent())
                    .sorted()
                    .toList();
        }

        @Override
        public boolean numeric() {
            return cells.stream()
                    .filter(c -> MissingWords.yesNo(c).isPresent())
                    .allMatch(c -> c.strip().matches("[01](\\.0)?"));
        }
    }
}

package dev.coterie.rule;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.proof.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a rule as one standard SQL query on the reader's own tables, named like the files. Figures
 * of events and means over rows stand in common table expressions with their formula.
 *
 * <p>Dates are compared as {@code 'YYYY-MM-DD'}, missing values are {@code NULL}. Coterie never
 * runs the query.
 */
final class RuleSql {
    private static final String CUSTOMER = "c";

    private final RuleSources sources;

    /** Computed columns by the common table expression that computes them. */
    private final Map<String, Figures> figures = new LinkedHashMap<>();

    private RuleSql(RuleSources sources) {
        this.sources = sources;
    }

    /** The query; empty conditions select every customer. */
    static String of(RuleSources sources, List<Condition> conditions) {
        return new RuleSql(sources).query(conditions);
    }

    /**
     * The conditions alone on columns named like the rule's fields: a filter for a customer system.
     */
    static String filter(List<Condition> conditions) {
        return String.join(
                " AND ",
                conditions.stream().map(c -> c.sql(named(c.field()), new AsNamed())).toList());
    }

    private static String named(RuleField field) {
        return switch (field.kind()) {
            // A limit of days is compared as a date, and so is what it limits.
            case DAYS_SINCE -> Literals.name(EventFigure.RECENCY.alias());
            case TEXT -> "LOWER(" + Literals.name(field.key()) + ")";
            default -> Literals.name(field.key());
        };
    }

    /** Values as the rule itself names them. */
    private record AsNamed() implements Condition.Spellings {
        @Override
        public List<String> of(Object value) {
            return List.of(value instanceof Boolean yes ? (yes ? "yes" : "no") : value.toString());
        }

        @Override
        public boolean numeric() {
            return false;
        }
    }

    private String query(List<Condition> conditions) {
        var tests = new ArrayList<String>();
        boolean named = sources.customerTable().isPresent();
        if (!named) tests.add(CUSTOMER + ".id IS NOT NULL");
        for (Condition c : conditions) tests.add(test(c));
        var out = new StringBuilder();
        String with = "WITH ";
        for (Figures f : figures.values()) {
            out.append(with).append(f.expression());
            with = ",\n";
        }
        if (!figures.isEmpty()) out.append('\n');
        out.append("SELECT ").append(selected()).append("\nFROM ").append(customers());
        for (Figures f : figures.values()) {
            out.append("\nLEFT JOIN ").append(f.name).append(" ON ");
            out.append(f.name).append(".id = ").append(key());
        }
        String start = "\nWHERE ";
        for (String t : tests) {
            out.append(start).append(t);
            start = "\n  AND ";
        }
        return out.toString();
    }

    private String selected() {
        Optional<RuleSources.Table> own = sources.customerTable();
        return own.isPresent() && own.get().id().isEmpty() ? CUSTOMER + ".*" : key();
    }

    /** The customer's id; a table without one cannot be joined and never is. */
    private String key() {
        return CUSTOMER
                + "."
                + sources.customerTable()
                        .flatMap(RuleSources.Table::id)
                        .map(Literals::name)
                        .orElse("id");
    }

    private String customers() {
        if (sources.customerTable().isPresent()) {
            return Literals.name(sources.customerTable().get().name()) + " " + CUSTOMER;
        }
        List<String> ids =
                sources.tables().stream()
                        .filter(t -> t.id().isPresent())
                        .map(
                                t ->
                                        "SELECT "
                                                + Literals.name(t.id().get())
                                                + " AS id FROM "
                                                + Literals.name(t.name()))
                        .toList();
        // UNION, unlike UNION ALL, lists each id once; a single table needs DISTINCT for that.
        String one = ids.size() == 1 ? ids.get(0).replaceFirst("SELECT", "SELECT DISTINCT") : "";
        return "(" + (one.isEmpty() ? String.join(" UNION ", ids) : one) + ") " + CUSTOMER;
    }

    private String test(Condition condition) {
        if (condition.field().kind() == RuleField.Kind.TEXT) return mentions(condition);
        Optional<RuleSources.Place> place = sources.place(condition.field().key());
        if (place.isEmpty()) {
            EventFigure figure = EventFigure.of(condition.field().key()).orElseThrow();
            return condition.sql(event(figure), new AsNamed());
        }
        RuleSources.Place p = place.get();
        String column = Literals.name(p.column());
        if (p.table().own()) return condition.sql(CUSTOMER + "." + column, p.spellings());
        String id = Literals.name(p.table().id().orElseThrow());
        String wanted = "figures_" + (sources.tables().indexOf(p.table()) + 1);
        Figures of = figures(wanted, id, Literals.name(p.table().name()));
        boolean number = p.role() == Role.NUMBER || p.role() == Role.RATING;
        of.columns.put(column, (number ? "AVG(" : "MAX(") + column + ")");
        return condition.sql(of.name + "." + column, p.spellings());
    }

    private Figures figures(String wanted, String id, String from) {
        return figures.computeIfAbsent(wanted, w -> new Figures(free(w), id, from));
    }

    /** A common table expression would hide a table of the same name. */
    private String free(String wanted) {
        String name = wanted;
        while (taken(name)) name += "_";
        return name;
    }

    private boolean taken(String name) {
        return sources.tables().stream()
                .anyMatch(t -> t.name().toLowerCase(Locale.ROOT).equals(name));
    }

    private String event(EventFigure figure) {
        List<String> acts =
                sources.tables().stream()
                        .filter(RuleSources.Table::acts)
                        .filter(t -> t.id().isPresent())
                        .map(RuleSql::act)
                        .toList();
        String union = String.join("\n    UNION ALL ", acts);
        Figures of = figures("event_figures", "id", "(\n    " + union + "\n  ) acts");
        of.columns.put(figure.alias(), figure.formula());
        String column = of.name + "." + figure.alias();
        return figure.zeroWithout() ? "COALESCE(" + column + ", 0)" : column;
    }

    private static String act(RuleSources.Table table) {
        String value =
                table.first(Role.VALUE)
                        .map(Literals::name)
                        .or(() -> table.first(Role.PRICE).map(price -> times(table, price)))
                        .orElse("NULL");
        return "SELECT "
                + Literals.name(table.id().orElseThrow())
                + " AS id, "
                + table.first(Role.DATE).map(Literals::name).orElse("NULL")
                + " AS happened, "
                + value
                + " AS amount FROM "
                + Literals.name(table.name());
    }

    private static String times(RuleSources.Table table, String price) {
        return table.first(Role.QUANTITY)
                .map(quantity -> Literals.name(quantity) + " * " + Literals.name(price))
                .orElse(Literals.name(price));
    }

    private String mentions(Condition condition) {
        var tests = new ArrayList<String>();
        for (RuleSources.Table table : sources.tables()) {
            List<ColumnSchema> columns = table.schema().with(Role.TEXT);
            if (columns.isEmpty() || !table.own() && table.id().isEmpty()) continue;
            String alias = table.own() ? CUSTOMER : "t";
            List<String> here =
                    columns.stream()
                            .map(c -> "LOWER(" + alias + "." + Literals.name(c.name()) + ")")
                            .map(text -> condition.sql(text, new AsNamed()))
                            .toList();
            String any = String.join(" OR ", here);
            tests.add(table.own() ? any : within(table, any));
        }
        return tests.size() == 1 ? tests.get(0) : "(" + String.join(" OR ", tests) + ")";
    }

    private String within(RuleSources.Table table, String any) {
        String id = "t." + Literals.name(table.id().orElseThrow());
        return key()
                + " IN (SELECT "
                + id
                + " FROM "
                + Literals.name(table.name())
                + " t WHERE "
                + any
                + ")";
    }

    /**
     * A common table expression with one row a customer.
     *
     * @param id the customer's id in {@code from}
     * @param from table or subquery
     * @param columns formula by name
     */
    private record Figures(String name, String id, String from, Map<String, String> columns) {
        Figures(String name, String id, String from) {
            this(name, id, from, new LinkedHashMap<>());
        }

        String expression() {
            var out = new StringBuilder(name).append(" AS (\n  SELECT ").append(id);
            if (!id.equals("id")) out.append(" AS id");
            columns.forEach(
                    (alias, formula) ->
                            out.append(",\n    ").append(formula).append(" AS ").append(alias));
            return out.append("\n  FROM ")
                    .append(from)
                    .append("\n  WHERE ")
                    .append(id)
                    .append(" IS NOT NULL\n  GROUP BY ")
                    .append(id)
                    .append("\n)")
                    .toString();
        }
    }
}

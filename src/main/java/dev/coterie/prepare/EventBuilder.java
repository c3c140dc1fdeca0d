package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what customers did, from every table whose rows are acts. */
final class EventBuilder {
    private final Findings findings;
    private final List<Part> parts = new ArrayList<>();

    EventBuilder(Findings findings) {
        this.findings = findings;
    }

    void add(TableInput table) {
        if (table.events()) parts.add(new Part(table, findings));
    }

    Events build(long latest) {
        int count = parts.stream().mapToInt(Part::kept).sum();
        if (count == 0) return Events.NONE;
        Map<String, Integer> items = new TreeMap<>();
        Map<String, Integer> names = new TreeMap<>();
        for (Part part : parts) {
            part.collectNames(part.item, items);
            part.collectNames(part.name, names);
        }
        number(items);
        number(names);
        int[] customer = new int[count];
        long[] second = new long[count];
        double[] value = new double[count];
        int[] item = new int[count];
        int[] name = new int[count];
        int at = 0;
        for (Part part : parts) {
            int[] itemOf = part.places(part.item, items);
            int[] nameOf = part.places(part.name, names);
            for (int row = 0; row < part.table.rows(); row++) {
                if (!part.table.kept(row)) continue;
                customer[at] = part.table.customer(row);
                second[at] = part.second(row);
                value[at] = part.value(row);
                item[at] = part.item.isEmpty() ? -1 : itemOf[part.item.get().code(row)];
                name[at] = part.name.isEmpty() ? -1 : nameOf[part.name.get().code(row)];
                at++;
            }
        }
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Arrays.sort(
                order,
                (a, b) -> {
                    if (customer[a] != customer[b])
                        return Integer.compare(customer[a], customer[b]);
                    if (second[a] != second[b]) return Long.compare(second[a], second[b]);
                    if (item[a] != item[b]) return Integer.compare(item[a], item[b]);
                    if (name[a] != name[b]) return Integer.compare(name[a], name[b]);
                    return Double.compare(value[a], value[b]);
                });
        return new Events(
                sorted(customer, order),
                sortedLongs(second, order),
                sortedDoubles(value, order),
                sorted(item, order),
                new ArrayList<>(items.keySet()),
                sorted(name, order),
                new ArrayList<>(names.keySet()),
                latest);
    }

    private static void number(Map<String, Integer> names) {
        int next = 0;
        for (Map.Entry<String, Integer> entry : names.entrySet()) entry.setValue(next++);
    }

    private static int[] sorted(int[] values, Integer[] order) {
        int[] result = new int[order.length];
        for (int i = 0; i < order.length; i++) result[i] = values[order[i]];
        return result;
    }

    private static long[] sortedLongs(long[] values, Integer[] order) {
        long[] result = new long[order.length];
        for (int i = 0; i < order.length; i++) result[i] = values[order[i]];
        return result;
    }

    private static double[] sortedDoubles(double[] values, Integer[] order) {
        double[] result = new double[order.length];
        for (int i = 0; i < order.length; i++) result[i] = values[order[i]];
        return result;
    }

    /** One table of acts. */
    private static final class Part {
        private final TableInput table;
        private final Optional<RawColumn> item;
        private final Optional<RawColumn> name;
        private final Optional<DateCells> dates;
        private final Optional<NumberCells> values;
        private final Optional<NumberCells> quantities;
        private final Optional<NumberCells> prices;

        Part(TableInput table, Findings findings) {
            this.table = table;
            this.item = table.first(Role.ITEM);
            this.name = table.first(Role.EVENT);
            this.dates = table.with(Role.DATE).stream().findFirst().map(this::dates);
            this.values = table.first(Role.VALUE).map(NumberCells::of);
            this.quantities = table.first(Role.QUANTITY).map(NumberCells::of);
            this.prices = table.first(Role.PRICE).map(NumberCells::of);
            dates.ifPresent(d -> d.report(table, findings));
            values.ifPresent(v -> v.report(table, findings));
            quantities.ifPresent(v -> v.report(table, findings));
            prices.ifPresent(v -> v.report(table, findings));
            noteReturns(findings);
        }

        private DateCells dates(ColumnSchema schema) {
            return DateCells.of(table.column(schema), schema);
        }

        private void noteReturns(Findings findings) {
            long returns = 0;
            for (int row = 0; row < table.rows(); row++) {
                if (table.kept(row) && value(row) < 0) returns++;
            }
            if (returns > 0)
                findings.info(returns, "returns", "file", table.name(), "rows", returns);
        }

        int kept() {
            int kept = 0;
            for (int row = 0; row < table.rows(); row++) if (table.kept(row)) kept++;
            return kept;
        }

        long second(int row) {
            return dates.map(d -> d.at(row)).orElse(Long.MIN_VALUE);
        }

        double value(int row) {
            if (values.isPresent()) return values.get().at(row);
            if (prices.isEmpty()) return Double.NaN;
            double price = prices.get().at(row);
            return quantities.map(q -> q.at(row) * price + 0.0).orElse(price);
        }

        void collectNames(Optional<RawColumn> column, Map<String, Integer> names) {
            if (column.isEmpty()) return;
            boolean[] used = new boolean[column.get().values().size()];
            for (int row = 0; row < table.rows(); row++) {
                if (table.kept(row)) used[column.get().code(row)] = true;
            }
            for (int code = 0; code < used.length; code++) {
                String cell = column.get().values().get(code);
                if (used[code] && !MissingWords.isMissing(cell)) names.put(cell.strip(), 0);
            }
        }

        int[] places(Optional<RawColumn> column, Map<String, Integer> names) {
            if (column.isEmpty()) return new int[0];
            int[] places = new int[column.get().values().size()];
            for (int code = 0; code < places.length; code++) {
                places[code] = names.getOrDefault(column.get().values().get(code).strip(), -1);
            }
            return places;
        }
    }
}

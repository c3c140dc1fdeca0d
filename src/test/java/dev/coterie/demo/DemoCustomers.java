package dev.coterie.demo;

import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A demo project's customers with the meaning of each column known, for the stages after it. */
final class DemoCustomers {
    private static final int SECONDS_A_DAY = 86_400;

    private final DemoData data;
    private final List<String> ids;
    private final Map<String, Integer> rowOf = new HashMap<>();

    DemoCustomers(DemoData data) {
        this.data = data;
        this.ids = List.copyOf(new TreeSet<>(data.truth().keySet()));
        for (int i = 0; i < ids.size(); i++) rowOf.put(ids.get(i), i);
    }

    CustomerTable table() {
        return new CustomerTable(
                ids, new int[ids.size()], numbers(), categories(), texts(), events(), List.of());
    }

    Recipe recipe() {
        return new Recipe(
                numbers().stream().map(DemoCustomers::step).toList(),
                categories().stream()
                        .map(c -> new Recipe.CategoryStep(c.name(), c.levels(), true, false))
                        .toList(),
                events().latestEpochSecond(),
                List.of());
    }

    /** Index of each customer's planted group. */
    int[] truth() {
        var groups = List.copyOf(new TreeSet<>(data.truth().values()));
        return ids.stream().mapToInt(id -> groups.indexOf(data.truth().get(id))).toArray();
    }

    private List<NumberColumn> numbers() {
        return List.of(number("age", 1), number("late_deliveries", 8));
    }

    private NumberColumn number(String name, int column) {
        double[] values = new double[ids.size()];
        Arrays.fill(values, Double.NaN);
        for (var row : DemoGeneratorTest.rows(data, "customers.csv")) {
            String cell = row.getField(column);
            if (!cell.isEmpty()) values[rowOf.get(row.getField(0))] = Double.parseDouble(cell);
        }
        return new NumberColumn(name, NumberColumn.Kind.NUMBER, values);
    }

    private static Recipe.NumberStep step(NumberColumn column) {
        double[] known =
                Arrays.stream(column.values()).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double low = known[known.length / 100];
        double high = known[known.length - 1 - known.length / 100];
        double[] clipped =
                Arrays.stream(known).map(v -> Math.min(high, Math.max(low, v))).toArray();
        double mean = Arrays.stream(clipped).average().orElseThrow();
        double variance =
                Arrays.stream(clipped).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        return new Recipe.NumberStep(
                column.name(),
                column.kind(),
                known[known.length / 2],
                low,
                high,
                mean,
                Math.sqrt(variance));
    }

    private List<CategoryColumn> categories() {
        return List.of(category("city", 2), category("channel", 3), category("tier", 7));
    }

    private CategoryColumn category(String name, int column) {
        String[] cells = new String[ids.size()];
        for (var row : DemoGeneratorTest.rows(data, "customers.csv")) {
            cells[rowOf.get(row.getField(0))] = row.getField(column);
        }
        var levels = new TreeSet<>(Arrays.asList(cells));
        levels.remove("");
        var ordered = List.copyOf(levels);
        return new CategoryColumn(
                name, ordered, Arrays.stream(cells).mapToInt(ordered::indexOf).toArray());
    }

    private List<CustomerText> texts() {
        var texts = new LinkedHashSet<CustomerText>();
        for (var row : DemoGeneratorTest.rows(data, "reviews.csv")) {
            String rating = row.getField(2);
            texts.add(
                    new CustomerText(
                            rowOf.get(row.getField(0)),
                            row.getField(3),
                            "reviews.csv",
                            "text",
                            1,
                            LocalDate.parse(row.getField(1)).toEpochDay(),
                            rating.isEmpty() ? Double.NaN : Double.parseDouble(rating)));
        }
        return texts.stream()
                .sorted(java.util.Comparator.comparingInt(CustomerText::customer))
                .toList();
    }

    private Events events() {
        var rows = new ArrayList<>(DemoGeneratorTest.rows(data, "orders.csv"));
        rows.sort(java.util.Comparator.comparing(row -> row.getField(0)));
        var items = new LinkedHashMap<String, Integer>();
        int[] customer = new int[rows.size()];
        long[] second = new long[rows.size()];
        double[] value = new double[rows.size()];
        int[] item = new int[rows.size()];
        int[] name = new int[rows.size()];
        Arrays.fill(name, -1);
        for (int e = 0; e < rows.size(); e++) {
            var row = rows.get(e);
            customer[e] = rowOf.get(row.getField(0));
            second[e] = LocalDate.parse(row.getField(1)).toEpochDay() * SECONDS_A_DAY;
            item[e] = items.computeIfAbsent(row.getField(2), i -> items.size());
            value[e] = Double.parseDouble(row.getField(3));
        }
        return new Events(
                customer,
                second,
                value,
                item,
                List.copyOf(items.keySet()),
                name,
                List.of(),
                Arrays.stream(second).max().orElseThrow());
    }
}

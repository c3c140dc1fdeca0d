package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.words.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tools that show customers: those who meet conditions, and one of them. */
public final class CustomerTools {
    private final Desk desk;

    public CustomerTools(Desk desk) {
        this.desk = desk;
    }

    /**
     * Customers that meet the conditions; without an order those nearest to the centre of their
     * segment come first, with one those without a value are left out.
     */
    public ToolResult search(
            List<Filter> filters, int segment, int limit, Optional<CustomerOrder> order) {
        long start = System.nanoTime();
        int[] rows = listed(filters, segment, order);
        var found = new Found();
        var table = new ArrayList<List<Table.Cell>>();
        for (int i : IntStream.of(rows).limit(Math.min(limit, Table.MOST_ROWS)).toArray()) {
            var line = new ArrayList<>(line(i));
            order.map(CustomerOrder::attribute)
                    .ifPresent(a -> line.add(profile(a, i, a.values()[i])));
            table.add(line);
        }
        var columns =
                new ArrayList<>(List.of(desk.say("column.customer"), desk.say("column.segment")));
        order.ifPresent(o -> columns.add(figure(o.attribute(), desk.language())));
        found.table(desk.say("table.customers"), columns, table);
        return desk.result(
                "search_customers",
                searchArgs(filters, segment, limit, order),
                desk.say("tool.search_customers"),
                found,
                rows.length,
                start);
    }

    public static Map<String, Object> searchArgs(
            List<Filter> filters, int segment, int limit, Optional<CustomerOrder> order) {
        Map<String, Object> args = CountTools.args(filters, segment);
        args.put("limit", limit);
        order.ifPresent(
                o -> {
                    args.put("by", o.attribute().key());
                    args.put("order", o.lowestFirst() ? "lowest" : "highest");
                });
        return args;
    }

    /** Rows of those that meet the conditions, in the order they are listed in. */
    public int[] listed(List<Filter> filters, int segment, Optional<CustomerOrder> order) {
        double[] by =
                order.map(o -> o.attribute().values())
                        .orElseGet(() -> desk.analysis().segmentation().distance());
        double sign = order.filter(o -> !o.lowestFirst()).isPresent() ? -1 : 1;
        return IntStream.of(new CountTools(desk).rows(filters, segment))
                .filter(i -> !Double.isNaN(by[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> sign * by[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** What a figure of one customer is called: no mean of several. */
    public static String figure(Attribute a, Language language) {
        String key =
                switch (a.sense()) {
                    case TOTAL -> "total_value";
                    case BASKET -> "average_value";
                    case FREQUENCY -> "events";
                    default -> "";
                };
        return key.isEmpty()
                ? Fields.label(a, language)
                : Message.of("describe.rule.field." + key).in(language);
    }

    List<Table.Cell> line(int row) {
        return List.of(Table.Cell.of(id(row)), Table.Cell.of(desk.name(desk.segmentOf(row))));
    }

    /** The id as in the file, unless it is itself personal, such as an address. */
    private String id(int row) {
        String id = desk.analysis().customers().ids().get(row);
        return PersonalData.found(id) ? desk.customerId(row) : id;
    }

    public ToolResult get(int row) {
        long start = System.nanoTime();
        var found = new Found();
        var segmentation = desk.analysis().segmentation();
        int segment = desk.segmentOf(row);
        found.add(confidence(row));
        var rows = new ArrayList<List<Table.Cell>>();
        rows.add(
                List.of(
                        Table.Cell.of(desk.say("column.segment")),
                        Table.Cell.of(desk.name(segment))));
        rows.add(
                List.of(
                        Table.Cell.of(desk.say("column.outlier")),
                        Table.Cell.of(desk.say(segmentation.outlier()[row] ? "yes" : "no"))));
        for (Attribute a : desk.fields().all()) {
            double value = a.values()[row];
            if (Double.isNaN(value) || Fields.share(a) && value == 0) continue;
            if (rows.size() < 30)
                rows.add(List.of(Table.Cell.of(label(a)), profile(a, row, value)));
        }
        String id = desk.analysis().customers().ids().get(row);
        found.table(
                desk.say("table.customer", "id", id),
                List.of(desk.say("column.attribute"), desk.say("column.value")),
                rows);
        List<CustomerText> texts = desk.analysis().customers().texts();
        IntStream.range(0, texts.size())
                .filter(i -> texts.get(i).customer() == row)
                .limit(3)
                .forEach(i -> found.quote(desk.quotation(i)));
        found.view("map?customer=" + desk.customerId(row));
        return desk.result(
                "get_customer",
                Map.of("customer", desk.customerId(row)),
                desk.say("tool.get_customer", "id", id),
                found,
                1,
                start);
    }

    private String label(Attribute a) {
        return a.level().isEmpty() ? figure(a, desk.language()) : Fields.column(a, desk.language());
    }

    private Table.Cell profile(Attribute a, int row, double value) {
        if (!Fields.share(a)) {
            return Table.Cell.of(dev.coterie.proof.Figures.show(value, a.unit(), desk.language()));
        }
        return Table.Cell.of(
                a.level().isEmpty() ? desk.say("yes") : Fields.level(a, desk.language()));
    }

    Fact confidence(int row) {
        return desk.fact(
                "confidence " + row,
                Message.of("chat.fact.confidence"),
                desk.analysis().segmentation().confidence()[row],
                Fact.Unit.SHARE,
                1,
                0,
                "membership");
    }
}

package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Fact;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.words.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tools about customers: counting, finding, one of them, those like one. */
final class CustomerTools {
    private final Desk desk;

    CustomerTools(Desk desk) {
        this.desk = desk;
    }

    /** Rows of the customers that meet every condition. */
    int[] rows(List<Filter> filters, int segment) {
        return conditions().rows(filters, desk.member(segment));
    }

    private Conditions conditions() {
        return new Conditions(desk.analysis(), desk.fields());
    }

    /** The conditions in words. */
    String words(List<Filter> filters) {
        var parts = new ArrayList<String>();
        for (Filter f : filters) {
            if (f.field().equals(Filter.TEXT)) {
                parts.add(unless(f, desk.say("filter.text", "word", f.value())));
            } else if (f.field().equals(Filter.ITEM)) {
                parts.add(unless(f, desk.say("filter.item", "item", f.value())));
            } else if (f.field().equals(Filter.OUTLIER)) {
                parts.add(unless(f, desk.say("filter.outlier")));
            } else {
                Attribute a = conditions().attribute(f.field());
                String label =
                        Fields.share(a)
                                ? Fields.label(a, desk.language())
                                : figure(a, desk.language());
                boolean one = Fields.share(a) && Conditions.number(f.value()) == 1;
                boolean equality = f.op() == Filter.Op.EQUAL || f.op() == Filter.Op.NOT_EQUAL;
                if (one && equality) parts.add(unless(f, label));
                else parts.add(label + " " + f.op().written() + " " + f.value());
            }
        }
        return String.join(desk.say("filter.and"), parts);
    }

    /** What a condition asks for, or that it is denied. */
    private String unless(Filter filter, String label) {
        boolean denied = filter.op() == Filter.Op.NOT_EQUAL;
        return denied ? desk.say("filter.not", "label", label) : label;
    }

    ToolResult count(List<Filter> filters, int segment) {
        long start = System.nanoTime();
        int[] rows = rows(filters, segment);
        var found = new Found();
        found.add(desk.size(segment));
        String words = words(filters);
        Message label =
                filters.isEmpty()
                        ? Message.of("describe.fact.size")
                        : Message.of("chat.fact.count", "filters", words);
        String key = "count " + filters + " " + segment;
        found.add(counted(key, label, rows.length, segment, filters));
        // A share of few people would give away their number.
        if (!desk.small(rows.length)) {
            long all = segment == 0 ? desk.customers() : desk.segment(segment).size();
            double share = all == 0 ? 0 : (double) rows.length / all;
            found.add(
                    desk.fact(
                            "share " + filters + " " + segment,
                            Message.of("chat.fact.share", "filters", words),
                            share,
                            Fact.Unit.SHARE,
                            all,
                            segment,
                            "meeting"));
        }
        bySegment(filters, rows, segment, found);
        return desk.result(
                "count_customers",
                args(filters, segment),
                desk.say("tool.count_customers", "filters", words.isEmpty() ? "–" : words),
                found,
                desk.customers(),
                start);
    }

    /** How many meet the conditions, with a filter that leads back to them. */
    private Fact counted(String key, Message label, int count, int segment, List<Filter> filters) {
        return desk.book()
                .add(
                        key,
                        label,
                        count,
                        Fact.Unit.COUNT,
                        count,
                        segment,
                        Conditions.filter(desk.whose(segment), segment, words(filters), filters),
                        Message.of("describe.formula.count"));
    }

    /** How many of all customers meet the conditions. */
    Fact having(List<Filter> filters) {
        Message label = Message.of("chat.fact.count", "filters", words(filters));
        int count = rows(filters, 0).length;
        return counted("count " + filters + " 0", label, count, 0, filters);
    }

    /**
     * Mean or share of an attribute among those of a segment who meet the conditions.
     *
     * @param segment number, or 0 for all customers
     * @return empty if fewer customers have a value than may be spoken of
     */
    Optional<Fact> mean(Attribute attribute, List<Filter> filters, int segment) {
        if (filters.isEmpty()) return desk.mean(attribute, segment);
        boolean[] in = new boolean[desk.customers()];
        for (int row : rows(filters, segment)) {
            in[row] = !Double.isNaN(attribute.values()[row]);
        }
        var spread = Desk.Spread.of(attribute.values(), i -> in[i]);
        if (spread.n() == 0 || desk.small(spread.n())) return Optional.empty();
        boolean share = Fields.share(attribute);
        return Optional.of(
                desk.book()
                        .add(
                                "mean " + attribute.key() + " " + filters + " " + segment,
                                attribute.label(),
                                spread.mean(),
                                share ? Fact.Unit.SHARE : attribute.unit(),
                                spread.n(),
                                segment,
                                Conditions.filter(
                                        desk.whose(segment), segment, words(filters), filters),
                                Message.of("describe.formula." + (share ? "share" : "mean"))));
    }

    private void bySegment(List<Filter> filters, int[] rows, int segment, Found found) {
        if (segment != 0 || desk.small(rows.length)) return;
        int[] counts = new int[desk.segments().size() + 1];
        for (int row : rows) counts[desk.segmentOf(row)]++;
        // The counts of all segments add up to the one that stands above them.
        long[] told = new long[desk.segments().size()];
        for (int i = 0; i < told.length; i++) told[i] = counts[desk.segments().get(i).number()];
        boolean[] withheld =
                Disclosure.withheld(told, new boolean[told.length], List.of(), desk.smallCount());
        var table = new ArrayList<List<Table.Cell>>();
        for (int i = 0; i < told.length; i++) {
            int n = desk.segments().get(i).number();
            if (withheld[i] && !desk.small(counts[n])) {
                String figure = Message.of("describe.figure.withheld").in(desk.language());
                table.add(List.of(Table.Cell.of(desk.name(n)), Table.Cell.of(figure)));
                continue;
            }
            Message label = Message.of("chat.fact.count", "filters", words(filters));
            Fact fact = counted("count " + filters + " " + n, label, counts[n], n, filters);
            table.add(List.of(Table.Cell.of(desk.name(n)), desk.cell(found.add(fact))));
        }
        found.table(
                desk.say("table.count"),
                List.of(desk.say("column.segment"), desk.say("column.customers")),
                table);
    }

    static Map<String, Object> args(List<Filter> filters, int segment) {
        var args = new LinkedHashMap<String, Object>();
        args.put("filters", filters.stream().map(Filter::asArgument).toList());
        if (segment > 0) args.put("segment", "seg_" + segment);
        return args;
    }

    /**
     * Customers that meet the conditions; without an order those nearest to the centre of their
     * segment come first, with one those without a value are left out.
     */
    ToolResult search(List<Filter> filters, int segment, int limit, Optional<CustomerOrder> order) {
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

    static Map<String, Object> searchArgs(
            List<Filter> filters, int segment, int limit, Optional<CustomerOrder> order) {
        Map<String, Object> args = args(filters, segment);
        args.put("limit", limit);
        order.ifPresent(
                o -> {
                    args.put("by", o.attribute().key());
                    args.put("order", o.lowestFirst() ? "lowest" : "highest");
                });
        return args;
    }

    /** Rows of those that meet the conditions, in the order they are listed in. */
    int[] listed(List<Filter> filters, int segment, Optional<CustomerOrder> order) {
        double[] by =
                order.map(o -> o.attribute().values())
                        .orElseGet(() -> desk.analysis().segmentation().distance());
        double sign = order.filter(o -> !o.lowestFirst()).isPresent() ? -1 : 1;
        return IntStream.of(rows(filters, segment))
                .filter(i -> !Double.isNaN(by[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> sign * by[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** What a figure of one customer is called: no mean of several. */
    static String figure(Attribute a, Language language) {
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

    private List<Table.Cell> line(int row) {
        return List.of(Table.Cell.of(id(row)), Table.Cell.of(desk.name(desk.segmentOf(row))));
    }

    /** The id as in the file, unless it is itself personal, such as an address. */
    private String id(int row) {
        String id = desk.analysis().customers().ids().get(row);
        return PersonalData.found(id) ? desk.customerId(row) : id;
    }

    ToolResult get(int row) {
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
            return Table.Cell.of(
                    dev.coterie.describe.Figures.show(value, a.unit(), desk.language()));
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

    /**
     * @param within true to look only in the customer's own segment
     */
    ToolResult similar(int row, int limit, boolean within) {
        long start = System.nanoTime();
        var found = new Found();
        var table = new ArrayList<List<Table.Cell>>();
        for (int i : nearest(row, limit, within)) {
            var line = new ArrayList<>(line(i));
            line.add(Table.Cell.of(inCommon(row, i)));
            table.add(line);
        }
        String id = desk.analysis().customers().ids().get(row);
        found.add(confidence(row));
        found.table(
                desk.say("table.similar", "id", id),
                List.of(
                        desk.say("column.customer"),
                        desk.say("column.segment"),
                        desk.say("column.common")),
                table);
        found.view("map?customer=" + desk.customerId(row));
        return desk.result(
                "similar",
                Map.of(
                        "customer",
                        desk.customerId(row),
                        "limit",
                        limit,
                        "within",
                        within ? "segment" : "all"),
                desk.say("tool.similar", "id", id),
                found,
                desk.customers(),
                start);
    }

    /** Rows nearest in the feature matrix, nearest first. */
    int[] nearest(int row, int limit, boolean within) {
        FeatureMatrix x = desk.analysis().features();
        double[] distance = new double[x.rows()];
        IntStream.range(0, x.rows())
                .parallel()
                .forEach(
                        i -> {
                            double sum = 0;
                            for (int c = 0; c < x.columns(); c++) {
                                double gap = x.get(i, c) - x.get(row, c);
                                sum += gap * gap;
                            }
                            distance[i] = sum;
                        });
        int segment = desk.segmentOf(row);
        return IntStream.range(0, x.rows())
                .filter(i -> i != row && (!within || desk.segmentOf(i) == segment))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> distance[i]))
                .limit(Math.min(limit, Table.MOST_ROWS))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The attributes in which two customers stand out from all in the same direction. */
    private String inCommon(int a, int b) {
        record Shared(Attribute attribute, double strength) {}
        var shared = new ArrayList<Shared>();
        for (Attribute x : desk.fields().all()) {
            double left = x.values()[a];
            double right = x.values()[b];
            if (Double.isNaN(left) || Double.isNaN(right)) continue;
            var spread = Desk.Spread.of(x.values(), i -> true);
            if (spread.deviation() < 1e-12) continue;
            double za = (left - spread.mean()) / spread.deviation();
            double zb = (right - spread.mean()) / spread.deviation();
            if (za * zb <= 0 || Fields.share(x) && left == 0) continue;
            double strength = Math.min(Math.abs(za), Math.abs(zb)) - Math.abs(za - zb) / 2;
            if (strength > 0.3) shared.add(new Shared(x, strength));
        }
        return shared.stream()
                .sorted(Comparator.comparingDouble(s -> -s.strength()))
                .limit(2)
                .map(s -> Fields.label(s.attribute(), desk.language()))
                .reduce((l, r) -> l + desk.say("filter.and") + r)
                .orElse("–");
    }
}

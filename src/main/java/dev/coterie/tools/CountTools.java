package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Disclosure;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Customers who meet conditions: how many they are, and the mean of a figure of theirs. */
public final class CountTools {
    private final Desk desk;

    public CountTools(Desk desk) {
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
    public String words(List<Filter> filters) {
        var parts = new ArrayList<String>();
        for (Filter f : filters) {
            if (f.field().equals(Filter.TEXT)) {
                parts.add(unless(f, desk.say("filter.text", "word", f.value())));
            } else if (f.field().equals(Filter.ITEM)) {
                parts.add(unless(f, desk.say("filter.item", "item", f.value())));
            } else if (f.field().equals(Filter.RATED)) {
                parts.add(unless(f, rated(f)));
            } else if (f.field().equals(Filter.OUTLIER)) {
                parts.add(unless(f, desk.say("filter.outlier")));
            } else {
                Attribute a = conditions().attribute(f.field());
                String label =
                        Fields.share(a)
                                ? Fields.label(a, desk.language())
                                : CustomerTools.figure(a, desk.language());
                boolean one = Fields.share(a) && Conditions.number(f.value()) == 1;
                boolean equality = f.op() == Filter.Op.EQUAL || f.op() == Filter.Op.NOT_EQUAL;
                if (one && equality) parts.add(unless(f, label));
                else parts.add(label + " " + f.op().written() + " " + f.value());
            }
        }
        return String.join(desk.say("filter.and"), parts);
    }

    private String rated(Filter filter) {
        String key =
                switch (filter.op()) {
                    case AT_LEAST -> "filter.rated_least";
                    case AT_MOST -> "filter.rated_most";
                    case MORE -> "filter.rated_more";
                    case LESS -> "filter.rated_less";
                    default -> "filter.rated";
                };
        return desk.say(key, "value", filter.value());
    }

    /** What a condition asks for, or that it is denied. */
    private String unless(Filter filter, String label) {
        boolean denied = filter.op() == Filter.Op.NOT_EQUAL;
        return denied ? desk.say("filter.not", "label", label) : label;
    }

    public ToolResult count(List<Filter> filters, int segment) {
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
    public Fact having(List<Filter> filters) {
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
    public Optional<Fact> mean(Attribute attribute, List<Filter> filters, int segment) {
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

    public static Map<String, Object> args(List<Filter> filters, int segment) {
        var args = new LinkedHashMap<String, Object>();
        args.put("filters", filters.stream().map(Filter::asArgument).toList());
        if (segment > 0) args.put("segment", "seg_" + segment);
        return args;
    }
}

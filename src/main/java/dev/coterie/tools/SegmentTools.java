package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools about segments as wholes. */
public final class SegmentTools {
    private static final int DIFFERENCES = 8;

    private final Desk desk;

    public SegmentTools(Desk desk) {
        this.desk = desk;
    }

    /** How segments may be put in order. */
    public enum Order {
        SIZE,
        VALUE,
        STABILITY
    }

    public ToolResult list(Order order) {
        long start = System.nanoTime();
        var found = new Found();
        found.add(desk.size(0));
        found.add(desk.segmentCount());
        var rows = new ArrayList<List<Table.Cell>>();
        boolean valued = desk.segments().stream().anyMatch(s -> s.value().isPresent());
        for (SegmentProfile s : ordered(order)) {
            var row = new ArrayList<Table.Cell>();
            row.add(Table.Cell.of(String.valueOf(s.number())));
            row.add(Table.Cell.of(s.wording(desk.language()).name()));
            row.add(desk.cell(found.add(desk.size(s.number()))));
            row.add(desk.cell(found.add(desk.share(s.number()))));
            if (valued) {
                found.add(desk.value(s.number()));
                row.add(desk.cell(found.add(desk.valueEach(s.number()))));
                row.add(desk.cell(found.add(desk.valueShare(s.number()))));
            }
            row.add(desk.cell(found.add(desk.stability(s.number()))));
            rows.add(row);
        }
        var columns = new ArrayList<>(headings("number", "segment", "customers", "share"));
        if (valued) columns.addAll(headings("value_each", "value_share"));
        columns.addAll(headings("stability"));
        found.table(desk.say("table.segments"), columns, rows);
        found.view("segments");
        return desk.result(
                "list_segments",
                Map.of("order", order.name().toLowerCase(java.util.Locale.ROOT)),
                desk.say("tool.list_segments"),
                found,
                desk.customers(),
                start);
    }

    public List<SegmentProfile> ordered(Order order) {
        Comparator<SegmentProfile> by =
                switch (order) {
                    case SIZE -> Comparator.comparingDouble(s -> -s.size());
                    case VALUE ->
                            Comparator.comparingDouble(
                                    s -> -s.value().map(v -> v.total()).orElse(0.0));
                    case STABILITY -> Comparator.comparingDouble(s -> -s.stability());
                };
        return desk.segments().stream().sorted(by.thenComparing(SegmentProfile::number)).toList();
    }

    private List<String> headings(String... keys) {
        return List.of(keys).stream().map(k -> desk.say("column." + k)).toList();
    }

    /**
     * @param offset differences to leave out at the beginning
     */
    public ToolResult get(int number, int offset) {
        long start = System.nanoTime();
        SegmentProfile s = desk.segment(number);
        var found = new Found();
        found.add(desk.size(number));
        found.add(desk.share(number));
        found.add(desk.stability(number));
        found.add(desk.outliers(number));
        found.add(desk.value(number));
        found.add(desk.valueEach(number));
        found.add(desk.valueShare(number));
        var rows = new ArrayList<List<Table.Cell>>();
        s.differences().stream()
                .skip(offset)
                .limit(DIFFERENCES)
                .forEach(d -> rows.add(difference(d, found)));
        found.table(
                desk.say("table.differences", "name", desk.name(number)),
                headings("attribute", "here", "others"),
                rows);
        s.quotes().stream().limit(3).forEach(q -> found.quote(desk.quotation(q.textIndex())));
        found.view("segments/" + number);
        var args = new LinkedHashMap<String, Object>();
        args.put("segment", "seg_" + number);
        if (offset > 0) args.put("offset", offset);
        return desk.result(
                "get_segment",
                args,
                desk.say("tool.get_segment", "name", desk.name(number)),
                found,
                s.size(),
                start);
    }

    private List<Table.Cell> difference(Difference d, Found found) {
        return List.of(
                Table.Cell.of(d.label().in(desk.language()).strip()),
                desk.cell(found.add(desk.book().get(d.segmentFact()))),
                desk.cell(found.add(desk.book().get(d.otherFact()))));
    }

    /** One attribute in which two segments differ. */
    public record Gap(Attribute attribute, double effect, Fact left, Fact right) {}

    /**
     * @param b number, or 0 for all customers
     */
    public ToolResult compare(int a, int b) {
        long start = System.nanoTime();
        var found = new Found();
        found.add(desk.size(a));
        found.add(desk.size(b));
        var rows = new ArrayList<List<Table.Cell>>();
        for (Gap gap : gaps(a, b)) {
            rows.add(
                    List.of(
                            Table.Cell.of(Fields.label(gap.attribute(), desk.language())),
                            desk.cell(found.add(gap.left())),
                            desk.cell(found.add(gap.right()))));
        }
        String left = desk.name(a);
        String right = b == 0 ? desk.say("everyone") : desk.name(b);
        String called = b == 0 ? right : desk.say("quoted", "name", right);
        found.table(
                desk.say("table.compare", "a", left, "b", right),
                List.of(desk.say("column.attribute"), left, right),
                rows);
        found.view(b == 0 ? "segments/" + a : "map?seg=" + a + "," + b);
        long size = desk.segment(a).size() + (b == 0 ? 0 : desk.segment(b).size());
        return desk.result(
                "compare_segments",
                Map.of("a", "seg_" + a, "b", b == 0 ? "all" : "seg_" + b),
                desk.say("tool.compare_segments", "a", left, "b", called),
                found,
                b == 0 ? desk.customers() : size,
                start);
    }

    /** The attributes that tell two groups apart, widest gap first, as standardised differences. */
    public List<Gap> gaps(int a, int b) {
        var gaps = new ArrayList<Gap>();
        for (Attribute x : desk.fields().all()) {
            double[] values = x.comparable();
            var left = Desk.Spread.of(values, desk.member(a));
            var right = Desk.Spread.of(values, desk.member(b));
            if (left.n() < 2 || right.n() < 2 || desk.small(left.n()) || desk.small(right.n())) {
                continue;
            }
            double deviation =
                    Math.sqrt(
                            (left.deviation() * left.deviation()
                                            + right.deviation() * right.deviation())
                                    / 2);
            if (deviation < 1e-12) continue;
            double effect = (left.mean() - right.mean()) / deviation;
            if (Math.abs(effect) < 0.2) continue;
            gaps.add(
                    new Gap(
                            x,
                            effect,
                            desk.typical(x, a).orElseThrow(),
                            desk.typical(x, b).orElseThrow()));
        }
        gaps.sort(Comparator.comparingDouble(g -> -Math.abs(g.effect())));
        return gaps.stream().limit(DIFFERENCES).toList();
    }

    /**
     * @param filters only those who meet them count
     */
    public ToolResult feature(Attribute attribute, List<Filter> filters) {
        long start = System.nanoTime();
        var found = new Found();
        var customers = new CountTools(desk);
        found.add(customers.mean(attribute, filters, 0));
        var rows = new ArrayList<List<Table.Cell>>();
        for (SegmentProfile s : desk.segments()) {
            rows.add(
                    List.of(
                            Table.Cell.of(s.wording(desk.language()).name()),
                            desk.cell(found.add(customers.mean(attribute, filters, s.number())))));
        }
        String label = Fields.label(attribute, desk.language());
        found.table(
                desk.say("table.feature", "label", label),
                List.of(desk.say("column.segment"), label),
                rows);
        return desk.result(
                "feature_profile",
                args(attribute, filters),
                desk.say("tool.feature_profile", "label", label),
                found,
                desk.customers(),
                start);
    }

    public static Map<String, Object> args(Attribute attribute, List<Filter> filters) {
        var args = new LinkedHashMap<String, Object>();
        args.put("feature", attribute.key());
        if (!filters.isEmpty()) {
            args.put("filters", filters.stream().map(Filter::asArgument).toList());
        }
        return args;
    }

    public ToolResult quality() {
        long start = System.nanoTime();
        var found = new Found();
        var segmentation = desk.analysis().segmentation();
        found.add(desk.segmentCount());
        found.add(allOutliers());
        found.add(outlierShare());
        var rows = new ArrayList<List<Table.Cell>>();
        for (SegmentProfile s : desk.segments()) {
            rows.add(
                    List.of(
                            Table.Cell.of(s.wording(desk.language()).name()),
                            desk.cell(found.add(desk.stability(s.number()))),
                            desk.cell(found.add(desk.outliers(s.number())))));
        }
        found.table(desk.say("table.quality"), headings("segment", "stability", "outliers"), rows);
        found.view("progress");
        return desk.result(
                "get_run_quality",
                Map.of(),
                desk.say("tool.get_run_quality"),
                found,
                desk.customers(),
                start);
    }

    public Fact allOutliers() {
        int outliers = desk.analysis().segmentation().outliers();
        return desk.book()
                .add(
                        "outliers all",
                        Message.of("describe.fact.outliers"),
                        outliers,
                        Fact.Unit.COUNT,
                        outliers,
                        0,
                        Message.of("describe.filter.all_outliers"),
                        Message.of("describe.formula.count"));
    }

    public Fact outlierShare() {
        double share =
                (double) desk.analysis().segmentation().outliers() / Math.max(1, desk.customers());
        return desk.fact(
                "outlier share",
                Message.of("chat.fact.outlier_share"),
                share,
                Fact.Unit.SHARE,
                desk.customers(),
                0,
                "meeting");
    }

    public ToolResult map(int segment) {
        long start = System.nanoTime();
        var found = new Found();
        found.add(desk.size(segment));
        found.view(segment == 0 ? "map" : "map?seg=" + segment);
        String what = segment == 0 ? desk.say("everyone") : desk.name(segment);
        return desk.result(
                "show_on_map",
                segment == 0 ? Map.of() : Map.of("segment", "seg_" + segment),
                desk.say("tool.show_on_map", "name", what),
                found,
                segment == 0 ? desk.customers() : desk.segment(segment).size(),
                start);
    }
}

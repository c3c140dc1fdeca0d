package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How customers spread over the values of one field. */
public final class SpreadTools {
    private static final List<Quartile> QUARTILES =
            List.of(
                    new Quartile(0.25, "chat.fact.quartile1", "chat.quartile1"),
                    new Quartile(0.5, "chat.fact.quartile2", "chat.quartile2"),
                    new Quartile(0.75, "chat.fact.quartile3", "chat.quartile3"));

    /** A share of the customers, the fact about it, and the words for it in a table. */
    private record Quartile(double share, String fact, String words) {}

    private final Desk desk;

    public SpreadTools(Desk desk) {
        this.desk = desk;
    }

    /** The levels of a category column with their shares, most common first. */
    public List<Attribute> levels(String column) {
        return desk.fields().all().stream()
                .filter(a -> a.column().equals(column) && !a.level().isEmpty())
                .toList();
    }

    /** What a category column is called; things that are bought have no column's name. */
    public String label(String column) {
        return bought(column)
                ? desk.say("column.item")
                : Fields.column(levels(column).get(0), desk.language());
    }

    /** True for the things that events are about. */
    public static boolean bought(String column) {
        return column.equals(Fields.THINGS);
    }

    /**
     * @param segment number, or 0 for all
     */
    public ToolResult levels(String column, int segment) {
        long start = System.nanoTime();
        var found = new Found();
        List<Fact> shares =
                levels(column).stream()
                        .flatMap(a -> desk.mean(a, segment).stream())
                        .sorted(Comparator.comparingDouble(f -> -f.value()))
                        .limit(Table.MOST_ROWS)
                        .toList();
        var names = new LinkedHashMap<String, Attribute>();
        for (Attribute a : levels(column)) names.put(Fields.label(a, desk.language()), a);
        var rows = new ArrayList<List<Table.Cell>>();
        for (Fact share : shares) {
            Attribute level = names.get(share.label().in(desk.language()).strip());
            rows.add(
                    List.of(
                            Table.Cell.of(Fields.level(level, desk.language())),
                            desk.cell(found.add(share))));
        }
        String label = label(column);
        return result(column, label, "column.share", segment, rows, found, start);
    }

    /** The quartiles of a number, of those who have a value. */
    public ToolResult quartiles(Attribute attribute, int segment) {
        long start = System.nanoTime();
        var found = new Found();
        var member = desk.member(segment);
        double[] values = attribute.values();
        double[] sorted =
                IntStream.range(0, values.length)
                        .filter(i -> member.test(i) && !Double.isNaN(values[i]))
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
        var rows = new ArrayList<List<Table.Cell>>();
        boolean enough = sorted.length > 0 && !desk.small(sorted.length);
        String heading = Fields.share(attribute) ? "column.share" : "column.value";
        if (enough && !Fields.share(attribute)) {
            for (Quartile q : QUARTILES) {
                rows.add(quartile(attribute, segment, q, sorted, found));
            }
        } else {
            found.add(desk.mean(attribute, segment))
                    .ifPresent(
                            f -> rows.add(List.of(Table.Cell.of(desk.say("yes")), desk.cell(f))));
        }
        String label = Fields.label(attribute, desk.language());
        return result(attribute.key(), label, heading, segment, rows, found, start);
    }

    private List<Table.Cell> quartile(
            Attribute attribute, int segment, Quartile q, double[] sorted, Found found) {
        // The smallest value that this share of the customers does not exceed.
        int at = Math.max(0, (int) Math.ceil(q.share() * sorted.length) - 1);
        var fact =
                desk.fact(
                        "quartile " + q.share() + " " + attribute.key() + " " + segment,
                        Message.of(q.fact(), "label", attribute.label()),
                        sorted[at],
                        attribute.unit(),
                        sorted.length,
                        segment,
                        "quantile");
        return List.of(
                Table.Cell.of(Message.of(q.words()).in(desk.language())),
                desk.cell(found.add(fact)));
    }

    private ToolResult result(
            String feature,
            String label,
            String heading,
            int segment,
            List<List<Table.Cell>> rows,
            Found found,
            long start) {
        String whose = segment == 0 ? desk.say("everyone") : desk.name(segment);
        found.add(desk.size(segment));
        found.table(
                desk.say("table.distribution", "label", label, "name", whose),
                List.of(label, desk.say(heading)),
                rows);
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("feature", feature);
        if (segment > 0) args.put("segment", "seg_" + segment);
        return desk.result(
                "distribution",
                args,
                desk.say("tool.distribution", "label", label),
                found,
                segment == 0 ? desk.customers() : desk.segment(segment).size(),
                start);
    }
}

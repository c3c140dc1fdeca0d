package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Customers like one, and what they have in common with it. */
public final class SimilarTools {
    private final Desk desk;

    public SimilarTools(Desk desk) {
        this.desk = desk;
    }

    /**
     * @param within true to look only in the customer's own segment
     */
    public ToolResult similar(int row, int limit, boolean within) {
        long start = System.nanoTime();
        var found = new Found();
        var customers = new CustomerTools(desk);
        var table = new ArrayList<List<Table.Cell>>();
        for (int i : nearest(row, limit, within)) {
            var line = new ArrayList<>(customers.line(i));
            line.add(Table.Cell.of(inCommon(row, i)));
            table.add(line);
        }
        String id = desk.analysis().customers().ids().get(row);
        found.add(customers.confidence(row));
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

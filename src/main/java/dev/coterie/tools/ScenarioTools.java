package dev.coterie.tools;

import dev.coterie.error.CoterieException;
import dev.coterie.language.Message;
import dev.coterie.predict.ModelCard;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.proof.Fact;
import dev.coterie.segment.Cut;
import dev.coterie.segment.CutAssigner;
import dev.coterie.segment.Hierarchy;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tools about what is not so: a customer who is new, one who acts differently, another number of
 * segments.
 */
public final class ScenarioTools {
    private static final int TOP = 3;
    public static final int LEAST_SEGMENTS = 2;
    public static final int MOST_SEGMENTS = 30;

    private final Desk desk;

    public ScenarioTools(Desk desk) {
        this.desk = desk;
    }

    /** What a customer might do more or less. */
    public enum Measure {
        ORDERS,
        SPEND;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much more or less. */
    public enum Change {
        HALF(0.5),
        DOUBLE(2),
        TRIPLE(3);

        private final double factor;

        Change(double factor) {
            this.factor = factor;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        double factor() {
            return factor;
        }
    }

    private CutAssigner.Assigned assigned(List<CustomerInput> customers) {
        try {
            return desk.bench().assign(customers);
        } catch (CoterieException e) {
            throw new ToolRefusal(e);
        }
    }

    /**
     * Places a customer nobody knows yet.
     *
     * @param text what they write; may be blank
     * @param profile conditions with {@code =} that say what they are
     */
    public ToolResult assign(String text, List<Filter> profile) {
        long start = System.nanoTime();
        if (text.isBlank() && profile.isEmpty()) {
            throw new ToolRefusal("nothing_given");
        }
        var fields = new LinkedHashMap<String, Object>();
        for (Filter f : profile) fields.put(column(f), value(f));
        List<CustomerInput.TextInput> texts =
                text.isBlank()
                        ? List.of()
                        : List.of(new CustomerInput.TextInput(null, text, null, null));
        var customer = new CustomerInput("new", fields, texts, List.of());
        CutAssigner.Assigned assigned = assigned(List.of(customer));
        var found = new Found();
        found.table(
                desk.say("table.assigned"),
                List.of(desk.say("column.segment"), desk.say("column.belonging")),
                belonging(assigned.probabilities()[0], text + " " + fields, found));
        found.view("segments/" + (assigned.segments()[0] + 1));
        var args = new LinkedHashMap<String, Object>();
        if (!text.isBlank()) args.put("text", text);
        if (!profile.isEmpty()) {
            args.put("profile", profile.stream().map(Filter::asArgument).toList());
        }
        return desk.result(
                "assign_customers", args, desk.say("tool.assign_customers"), found, 1, start);
    }

    private String column(Filter f) {
        if (f.op() != Filter.Op.EQUAL) throw new ToolRefusal("equal_only");
        return desk.fields()
                .get(f.field())
                .map(a -> a.column())
                .orElseThrow(() -> new ToolRefusal("no_field"));
    }

    private String value(Filter f) {
        String level = desk.fields().get(f.field()).orElseThrow().level();
        return level.isEmpty() ? f.value() : level;
    }

    /** The likeliest segments as rows, likeliest first. */
    private List<List<Table.Cell>> belonging(double[] probabilities, String whose, Found found) {
        var rows = new ArrayList<List<Table.Cell>>();
        IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> -probabilities[s]))
                .limit(TOP)
                .forEach(
                        s -> {
                            Fact fact =
                                    desk.fact(
                                            "belonging " + whose + " " + s,
                                            Message.of("chat.fact.confidence"),
                                            probabilities[s],
                                            Fact.Unit.SHARE,
                                            1,
                                            s + 1,
                                            "membership");
                            rows.add(
                                    List.of(
                                            Table.Cell.of(desk.name(s + 1)),
                                            desk.cell(found.add(fact))));
                        });
        return rows;
    }

    /**
     * Where one of the run's customers would be, and what would be forecast, if it acted otherwise.
     */
    public ToolResult customer(int row, Measure measure, Change change) {
        long start = System.nanoTime();
        var analysis = desk.analysis();
        long latest = analysis.prepared().recipe().latestEpochSecond();
        var now = KnownCustomer.of(analysis.customers(), row, latest);
        if (now.input().events().isEmpty()) {
            throw new ToolRefusal("no_events");
        }
        KnownCustomer then = changed(now, measure, change);
        List<CustomerInput> both = List.of(now.input(), then.input());
        CutAssigner.Assigned assigned = assigned(both);
        var found = new Found();
        String key = row + " " + measure + " " + change;
        var rows = new ArrayList<List<Table.Cell>>();
        for (int i = 0; i < 2; i++) {
            Fact fact =
                    desk.fact(
                            "scenario " + key + " " + i,
                            Message.of("chat.fact.confidence"),
                            assigned.confidence()[i],
                            Fact.Unit.SHARE,
                            1,
                            assigned.segments()[i] + 1,
                            "membership");
            rows.add(
                    new ArrayList<>(
                            List.of(
                                    Table.Cell.of(desk.say(i == 0 ? "as_is" : "as_asked")),
                                    Table.Cell.of(desk.name(assigned.segments()[i] + 1)),
                                    desk.cell(found.add(fact)))));
        }
        var columns = new ArrayList<>(headings("case", "segment", "belonging"));
        for (TargetColumn target : ForecastTools.targets(desk)) {
            forecast(target, both, key, columns, rows, found);
        }
        String id = analysis.customers().ids().get(row);
        found.table(desk.say("table.scenario", "id", id), columns, rows);
        var args = new LinkedHashMap<String, Object>();
        args.put("customer", desk.customerId(row));
        args.put("measure", measure.word());
        args.put("change", change.word());
        return desk.result(
                "what_if", args, desk.say("tool.what_if_customer", "id", id), found, 1, start);
    }

    private static KnownCustomer changed(KnownCustomer now, Measure measure, Change change) {
        if (measure == Measure.SPEND) return now.spending(amount -> amount * change.factor);
        return change == Change.HALF ? now.halfAsOften() : now.moreOften((int) change.factor);
    }

    private void forecast(
            TargetColumn target,
            List<CustomerInput> both,
            String key,
            List<String> columns,
            List<List<Table.Cell>> rows,
            Found found) {
        ModelCard card;
        List<Prediction> predictions;
        try {
            card = desk.bench().forecast(target.name()).card();
            predictions = desk.bench().predict(target.name(), both);
        } catch (CoterieException e) {
            // A target that carries no forecast is left out of the comparison.
            return;
        }
        if (!card.classes().isEmpty() && ForecastTools.outcome(card).isEmpty()) return;
        var forecasts = new ForecastTools(desk);
        for (int i = 0; i < 2; i++) {
            Fact fact = forecasts.said(card, predictions.get(i), key, String.valueOf(i)).get(0);
            if (i == 0) columns.add(fact.label().in(desk.language()));
            rows.get(i).add(desk.cell(found.add(fact)));
        }
    }

    private List<String> headings(String... keys) {
        return List.of(keys).stream().map(k -> desk.say("column." + k)).toList();
    }

    /** What another number of segments would join or divide. Nothing is changed. */
    public ToolResult segments(int k) {
        long start = System.nanoTime();
        Segmentation now = desk.analysis().segmentation();
        Hierarchy hierarchy = now.hierarchy();
        int most = Math.min(MOST_SEGMENTS, hierarchy.tree().leaves());
        if (k < LEAST_SEGMENTS || k > most) {
            throw new ToolRefusal("segment_count", "least", LEAST_SEGMENTS, "most", most);
        }
        Cut cut = hierarchy.tree().cut(k);
        int[][] shared = new int[k][now.k()];
        int[] micro = hierarchy.micro().of();
        for (int i = 0; i < micro.length; i++) shared[cut.of(micro[i])][now.labels()[i]]++;
        var found = new Found();
        found.add(desk.segmentCount());
        found.add(count(k));
        found.add(agreement(now.k()));
        found.add(agreement(k));
        var rows = new ArrayList<List<Table.Cell>>();
        for (int s = 0; s < k; s++) {
            long size = IntStream.of(shared[s]).sum();
            Fact fact =
                    desk.fact(
                            "cut " + k + " " + s,
                            Message.of("chat.fact.part", "part", s + 1),
                            size,
                            Fact.Unit.COUNT,
                            size,
                            0,
                            "count");
            rows.add(
                    List.of(
                            Table.Cell.of(String.valueOf(s + 1)),
                            desk.cell(found.add(fact)),
                            Table.Cell.of(desk.mostlyFrom(shared[s]))));
        }
        found.table(desk.say("table.cut"), headings("number", "customers", "made_of"), rows);
        found.view("segments");
        return desk.result(
                "what_if",
                Map.of("segments", k),
                desk.say("tool.what_if_segments"),
                found,
                desk.customers(),
                start);
    }

    public Fact count(int k) {
        return desk.fact(
                "segments " + k,
                Message.of("describe.fact.segments"),
                k,
                Fact.Unit.NUMBER,
                desk.customers(),
                0,
                "count");
    }

    /** How far clusterings of two halves into so many segments agreed, if it was tried. */
    public Optional<Fact> agreement(int k) {
        return desk.analysis().segmentation().candidates().stream()
                .filter(c -> c.k() == k)
                .findFirst()
                .map(
                        c ->
                                desk.fact(
                                        "agreement " + k,
                                        Message.of("chat.fact.agreement"),
                                        c.stability(),
                                        Fact.Unit.NUMBER,
                                        desk.customers(),
                                        0,
                                        "rand"));
    }
}

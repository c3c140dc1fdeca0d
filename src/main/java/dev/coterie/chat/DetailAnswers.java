package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.proof.Fact;
import dev.coterie.tools.CountTools;
import dev.coterie.tools.CustomerTools;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.SimilarTools;
import dev.coterie.tools.SpreadTools;
import dev.coterie.tools.Table;
import dev.coterie.tools.TextTools;
import dev.coterie.tools.ToolResult;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers about texts, single customers, counts, attributes and time. One instance per question.
 */
final class DetailAnswers {
    private static final int QUOTES = 5;

    private final Desk desk;
    private final Understood asked;
    private final Narration told;
    private final Runnable sizes;

    /**
     * @param sizes answers how many customers there are, for a count without conditions
     */
    DetailAnswers(Desk desk, Understood asked, Narration told, Runnable sizes) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
        this.sizes = sizes;
    }

    void quotes() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        if (desk.analysis().customers().texts().isEmpty()) {
            told.unanswered("no_texts");
            return;
        }
        String about = asked.topic();
        String label =
                about.isBlank()
                        ? desk.say("tool.find_quotes")
                        : desk.say("tool.find_quotes_about", "about", about);
        boolean complaints = about.isBlank() && QuestionForm.complaining(asked.words());
        var args = new LinkedHashMap<String, Object>();
        args.put("about", about);
        args.put("segment", segment == 0 ? "all" : "seg_" + segment);
        if (complaints) args.put("tone", "complaint");
        ToolResult result =
                told.use(
                        "find_quotes",
                        label,
                        args,
                        () -> new TextTools(desk).quotes(about, segment, QUOTES, complaints));
        boolean all = segment == 0;
        String name = all ? "" : desk.name(segment);
        if (result.quotes().isEmpty()) {
            none(segment, complaints);
        } else if (complaints) {
            told.say(all ? "complaints" : "complaints_in", "name", name);
        } else if (about.isBlank()) {
            told.say(
                    all ? "quotes" : "quotes_in",
                    "name",
                    name,
                    "size",
                    Narration.ref(desk.size(segment)));
        } else {
            Fact writers = result.facts().get(0);
            Optional<String> word = new TextTools(desk).wordOfItem(about);
            if (writers.value() == 0 && word.isPresent()) {
                none(segment, false);
                return;
            }
            told.say(
                    all ? "quotes_about" : "quotes_about_in",
                    "about",
                    about,
                    "name",
                    name,
                    "count",
                    Narration.ref(writers));
        }
    }

    /** Of a thing they may speak by the one word of its name that tells it: "the kneeler". */
    private void none(int segment, boolean complaints) {
        boolean all = segment == 0;
        String name = all ? "" : desk.name(segment);
        if (complaints) {
            told.unanswered(all ? "no_complaints" : "no_complaints_in", "name", name);
            return;
        }
        told.unanswered(all ? "no_quotes" : "no_quotes_in", "about", asked.topic(), "name", name);
        Optional<String> word = new TextTools(desk).wordOfItem(asked.topic());
        if (word.isPresent()) {
            told.answeredAfterAll();
            new DetailAnswers(desk, asked.about(word.get()), told, sizes).quotes();
        }
    }

    private String id() {
        return desk.analysis().customers().ids().get(asked.customer());
    }

    void similar() {
        int row = asked.customer();
        ToolResult result =
                told.use(
                        "similar",
                        desk.say("tool.similar", "id", id()),
                        Map.of("customer", desk.customerId(row), "limit", 10),
                        () -> new SimilarTools(desk).similar(row, 10, false));
        int own = desk.segmentOf(row);
        told.say(
                "similar",
                "segment",
                desk.name(own),
                "confidence",
                Narration.ref(result.facts().get(0)));
    }

    void customer() {
        int row = asked.customer();
        ToolResult result =
                told.use(
                        "get_customer",
                        desk.say("tool.get_customer", "id", id()),
                        Map.of("customer", desk.customerId(row)),
                        () -> new CustomerTools(desk).get(row));
        boolean outlier = desk.analysis().segmentation().outlier()[row];
        told.say(
                outlier ? "customer_outlier" : "customer",
                "segment",
                desk.name(desk.segmentOf(row)),
                "confidence",
                Narration.ref(result.facts().get(0)));
    }

    void count() {
        if (asked.filters().isEmpty()) {
            sizes.run();
            return;
        }
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new CountTools(desk);
        String words = tools.words(asked.filters());
        ToolResult result =
                told.use(
                        "count_customers",
                        desk.say("tool.count_customers", "filters", words),
                        CountTools.args(asked.filters(), segment),
                        () -> tools.count(asked.filters(), segment));
        List<Fact> facts = result.facts();
        boolean shared = facts.size() > 2 && facts.get(2).unit() == Fact.Unit.SHARE;
        var pairs = new LinkedHashMap<String, Object>();
        pairs.put("count", Narration.ref(facts.get(1)));
        pairs.put("filters", words);
        pairs.put("share", shared ? Narration.ref(facts.get(2)) : "–");
        pairs.put("name", segment == 0 ? "" : desk.name(segment));
        var flat = new ArrayList<Object>();
        pairs.forEach(
                (key, v) -> {
                    flat.add(key);
                    flat.add(v);
                });
        told.say("count" + (segment == 0 ? "" : "_in") + (shared ? "" : "_few"), flat.toArray());
        if (QuestionForm.individuals(asked.words())) {
            new CustomerListAnswers(desk, asked, told).counted();
        }
    }

    void distribution() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new SpreadTools(desk);
        if (asked.column().isEmpty()) {
            quartiles(tools, asked.feature().orElseThrow(), segment);
            return;
        }
        String column = asked.column().get();
        String label = tools.label(column);
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("feature", column);
        if (segment > 0) args.put("segment", "seg_" + segment);
        ToolResult result =
                told.use(
                        "distribution",
                        desk.say("tool.distribution", "label", label),
                        args,
                        () -> tools.levels(column, segment));
        List<List<Table.Cell>> rows = result.table().orElseThrow().rows();
        if (rows.isEmpty()) {
            told.unanswered("too_few", "label", label);
            return;
        }
        boolean least = QuestionForm.least(asked.words());
        int first = least ? rows.size() - 1 : 0;
        String key = SpreadTools.bought(column) ? "bought" : "common";
        told.say(
                (least ? "least_" : "most_") + key + (segment == 0 ? "" : "_in"),
                "label",
                label,
                "name",
                segment == 0 ? "" : desk.name(segment),
                "level",
                rows.get(first).get(0).text(),
                "share",
                Narration.ref(result.facts().get(first)));
        if (!least && rows.size() > 1) {
            told.say(
                    "next_common",
                    "level",
                    rows.get(1).get(0).text(),
                    "share",
                    Narration.ref(result.facts().get(1)));
        }
    }

    private void quartiles(SpreadTools tools, Attribute attribute, int segment) {
        String label = Fields.label(attribute, desk.language());
        ToolResult result =
                told.use(
                        "distribution",
                        desk.say("tool.distribution", "label", label),
                        Map.of("feature", attribute.key()),
                        () -> tools.quartiles(attribute, segment));
        if (result.facts().size() < 4) {
            new FeatureAnswers(desk, asked, told).feature();
            return;
        }
        told.say(
                "quartiles",
                "label",
                label,
                "name",
                segment == 0 ? desk.say("everyone") : desk.name(segment),
                "low",
                Narration.ref(result.facts().get(0)),
                "middle",
                Narration.ref(result.facts().get(1)),
                "high",
                Narration.ref(result.facts().get(2)));
    }

    void trend() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new TextTools(desk);
        Optional<TextTools.Measure> measure = measure(tools);
        if (measure.isEmpty()) {
            told.unanswered("no_dates");
            return;
        }
        String what = desk.say("measure." + measure.get().name().toLowerCase(Locale.ROOT));
        ToolResult result =
                told.use(
                        "trend",
                        desk.say("tool.trend", "what", what),
                        TextTools.trendArgs(measure.get(), segment),
                        () -> tools.trend(measure.get(), segment));
        List<Fact> months = result.facts();
        if (months.size() < 2) {
            told.unanswered("no_dates");
            return;
        }
        Fact first = months.get(0);
        Fact last = months.get(months.size() - 1);
        Fact peak = months.stream().max(Comparator.comparingDouble(Fact::value)).orElseThrow();
        told.say(
                "trend",
                "what",
                what,
                "first_month",
                month(first),
                "first",
                Narration.ref(first),
                "last_month",
                month(last),
                "last",
                Narration.ref(last));
        told.say("trend_peak", "month", month(peak), "value", Narration.ref(peak));
    }

    private static String month(Fact fact) {
        return String.valueOf(fact.label().arguments().get("month"));
    }

    /** What the question follows, or the first thing that has dates. */
    private Optional<TextTools.Measure> measure(TextTools tools) {
        String topic = asked.topic().toLowerCase(Locale.ROOT);
        var wanted = new ArrayList<TextTools.Measure>();
        boolean money =
                asked.feature()
                                .map(f -> f.sense() == Sense.TOTAL || f.sense() == Sense.BASKET)
                                .orElse(false)
                        || topic.matches(".*(revenue|sales|spend|value|money|销售|收入|消费|金额).*");
        boolean rating = asked.feature().map(f -> f.sense() == Sense.RATING).orElse(false);
        boolean texts = topic.matches(".*(review|text|comment|feedback|评论|评价|文本|反馈).*");
        if (money) wanted.add(TextTools.Measure.VALUE);
        if (rating) wanted.add(TextTools.Measure.RATING);
        if (texts) wanted.add(TextTools.Measure.TEXTS);
        if (wanted.isEmpty()) {
            wanted.addAll(
                    List.of(
                            TextTools.Measure.EVENTS,
                            TextTools.Measure.TEXTS,
                            TextTools.Measure.RATING));
        }
        return wanted.stream().filter(tools::has).findFirst();
    }
}

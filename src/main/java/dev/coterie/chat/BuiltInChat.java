package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers an understood question with the same tools the language model has, in sentences whose
 * every figure is a reference. One instance per question.
 */
final class BuiltInChat {
    private static final int QUOTES = 5;
    private static final double FIRM = 0.75;
    private static final double USABLE = 0.6;

    private final Desk desk;
    private final Understanding.Understood asked;
    private final Tools tools;
    private final List<String> sentences = new ArrayList<>();
    private final List<ToolResult> results = new ArrayList<>();
    private boolean answered = true;

    /** Runs a tool and tells those who listen. */
    interface Tools {
        ToolResult run(
                String tool, String label, Map<String, Object> args, Supplier<ToolResult> work);
    }

    /**
     * @param answered false if the data does not hold what was asked
     */
    record Reply(List<String> sentences, List<ToolResult> results, boolean answered) {}

    BuiltInChat(Desk desk, Understanding.Understood asked, Tools tools) {
        this.desk = desk;
        this.asked = asked;
        this.tools = tools;
    }

    Reply reply() {
        if (asked.missingSegment()) {
            unanswered("no_segment", "count", ref(desk.segmentCount()));
            list(SegmentTools.Order.SIZE);
        } else if (asked.intent().isEmpty()) {
            if (asked.unknown().isEmpty()) unanswered("unknown");
            else unanswered("unknown_words", "words", asked.unknown());
        } else {
            answer(asked.intent().get());
        }
        return new Reply(sentences, results, answered);
    }

    private void answer(Intent intent) {
        switch (intent) {
            case LARGEST -> extreme(false);
            case SMALLEST -> extreme(true);
            case LIST -> listed();
            case COMPARE -> compare();
            case DIFFERENT -> different();
            case QUOTES -> quotes();
            case SIMILAR -> similar();
            case CUSTOMER -> customer();
            case SIZE -> size();
            case BEST_VALUE -> bestValue();
            case VALUE -> value();
            case MAP -> map();
            case OUTLIERS -> outliers();
            case STABILITY -> stability();
            case COUNT -> count();
            case FEATURE -> feature();
            case TREND -> trend();
            case HELP -> help();
            case OUTSIDE -> unanswered("unknown");
        }
    }

    private void say(String key, Object... pairs) {
        sentences.add(desk.say("say." + key, pairs));
    }

    private void unanswered(String key, Object... pairs) {
        say(key, pairs);
        answered = false;
    }

    static String ref(Fact fact) {
        return "{{" + fact.id() + "}}";
    }

    private static String ref(Optional<Fact> fact) {
        return fact.map(BuiltInChat::ref).orElse("–");
    }

    private ToolResult use(
            String tool, String label, Map<String, Object> args, Supplier<ToolResult> work) {
        ToolResult result = tools.run(tool, label, args, work);
        results.add(result);
        return result;
    }

    private ToolResult list(SegmentTools.Order order) {
        return use(
                "list_segments",
                desk.say("tool.list_segments"),
                Map.of("order", order.name().toLowerCase(Locale.ROOT)),
                () -> new SegmentTools(desk).list(order));
    }

    private void extreme(boolean smallest) {
        list(SegmentTools.Order.SIZE);
        var bySize = new ArrayList<>(new SegmentTools(desk).ordered(SegmentTools.Order.SIZE));
        if (bySize.size() == 1) {
            say("single", "count", ref(desk.size(0)));
            return;
        }
        if (smallest) java.util.Collections.reverse(bySize);
        int first = bySize.get(0).number();
        int next = bySize.get(1).number();
        say(
                smallest ? "smallest" : "largest",
                "name",
                desk.name(first),
                "size",
                ref(desk.size(first)),
                "share",
                ref(desk.share(first)));
        say("next", "name", desk.name(next), "size", ref(desk.size(next)));
    }

    private void listed() {
        list(SegmentTools.Order.SIZE);
        var bySize = new SegmentTools(desk).ordered(SegmentTools.Order.SIZE);
        if (bySize.size() == 1) {
            say("single", "count", ref(desk.size(0)));
            return;
        }
        int first = bySize.get(0).number();
        int last = bySize.get(bySize.size() - 1).number();
        say(
                "list",
                "count",
                ref(desk.segmentCount()),
                "all",
                ref(desk.size(0)),
                "first",
                desk.name(first),
                "first_share",
                ref(desk.share(first)),
                "last",
                desk.name(last),
                "last_share",
                ref(desk.share(last)));
    }

    private void compare() {
        int a = asked.segments().get(0);
        int b = asked.segments().size() > 1 ? asked.segments().get(1) : 0;
        if (a == b) b = 0;
        int other = b;
        String right = b == 0 ? desk.say("everyone") : "“" + desk.name(b) + "”";
        use(
                "compare_segments",
                desk.say("tool.compare_segments", "a", desk.name(a), "b", right),
                Map.of("a", "seg_" + a, "b", b == 0 ? "all" : "seg_" + b),
                () -> new SegmentTools(desk).compare(a, other));
        say(
                b == 0 ? "compare_all" : "compare",
                "a",
                desk.name(a),
                "size_a",
                ref(desk.size(a)),
                "b",
                b == 0 ? "" : desk.name(b),
                "size_b",
                ref(desk.size(b)));
        var gaps = new SegmentTools(desk).gaps(a, b);
        if (gaps.isEmpty()) say("compare_alike");
        for (int i = 0; i < Math.min(3, gaps.size()); i++) {
            var gap = gaps.get(i);
            say(
                    i == 0 ? "gap_first" : "gap_next",
                    "label",
                    Fields.label(gap.attribute(), desk.language()),
                    "left",
                    ref(gap.left()),
                    "right",
                    ref(gap.right()));
        }
    }

    private ToolResult segment(int number) {
        return use(
                "get_segment",
                desk.say("tool.get_segment", "name", desk.name(number)),
                Map.of("segment", "seg_" + number),
                () -> new SegmentTools(desk).get(number, 0));
    }

    private void different() {
        if (asked.segments().isEmpty()) {
            listed();
            return;
        }
        int number = asked.segments().get(0);
        segment(number);
        var wording = desk.segment(number).wording(desk.language());
        sentences.add(desk.say("say.who", "name", wording.name(), "who", wording.who()));
        sentences.addAll(wording.sentences());
    }

    private void quotes() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        if (desk.analysis().customers().texts().isEmpty()) {
            unanswered("no_texts");
            return;
        }
        String about = asked.topic();
        String label =
                about.isBlank()
                        ? desk.say("tool.find_quotes")
                        : desk.say("tool.find_quotes_about", "about", about);
        ToolResult result =
                use(
                        "find_quotes",
                        label,
                        Map.of("about", about, "segment", segment == 0 ? "all" : "seg_" + segment),
                        () -> new TextTools(desk).quotes(about, segment, QUOTES));
        boolean all = segment == 0;
        String name = all ? "" : desk.name(segment);
        if (result.quotes().isEmpty()) {
            unanswered(all ? "no_quotes" : "no_quotes_in", "about", about, "name", name);
        } else if (about.isBlank()) {
            say(all ? "quotes" : "quotes_in", "name", name, "size", ref(desk.size(segment)));
        } else {
            Fact writers = result.facts().get(0);
            say(
                    all ? "quotes_about" : "quotes_about_in",
                    "about",
                    about,
                    "name",
                    name,
                    "count",
                    ref(writers));
        }
    }

    private String id() {
        return desk.analysis().customers().ids().get(asked.customer());
    }

    private void similar() {
        int row = asked.customer();
        ToolResult result =
                use(
                        "similar",
                        desk.say("tool.similar", "id", id()),
                        Map.of("customer", "cus_" + row, "limit", 10),
                        () -> new CustomerTools(desk).similar(row, 10, false));
        int own = desk.segmentOf(row);
        say("similar", "segment", desk.name(own), "confidence", ref(result.facts().get(0)));
    }

    private void customer() {
        int row = asked.customer();
        ToolResult result =
                use(
                        "get_customer",
                        desk.say("tool.get_customer", "id", id()),
                        Map.of("customer", "cus_" + row),
                        () -> new CustomerTools(desk).get(row));
        boolean outlier = desk.analysis().segmentation().outlier()[row];
        say(
                outlier ? "customer_outlier" : "customer",
                "segment",
                desk.name(desk.segmentOf(row)),
                "confidence",
                ref(result.facts().get(0)));
    }

    private void size() {
        if (asked.segments().isEmpty()) {
            list(SegmentTools.Order.SIZE);
            say("size_all", "all", ref(desk.size(0)), "count", ref(desk.segmentCount()));
            return;
        }
        for (int number : asked.segments()) {
            segment(number);
            say(
                    "size",
                    "name",
                    desk.name(number),
                    "size",
                    ref(desk.size(number)),
                    "share",
                    ref(desk.share(number)));
        }
    }

    private boolean noValue() {
        if (desk.segments().stream().anyMatch(s -> s.value().isPresent())) return false;
        unanswered("no_value");
        return true;
    }

    private void bestValue() {
        if (noValue()) return;
        list(SegmentTools.Order.VALUE);
        int best = new SegmentTools(desk).ordered(SegmentTools.Order.VALUE).get(0).number();
        worth("best_value", best);
        int each =
                desk.segments().stream()
                        .filter(s -> s.value().isPresent())
                        .max(Comparator.comparingDouble(s -> s.value().get().perCustomer()))
                        .map(SegmentProfile::number)
                        .orElse(best);
        if (each != best) {
            say("best_each", "name", desk.name(each), "each", ref(desk.valueEach(each)));
        }
    }

    private void worth(String key, int number) {
        Optional<Fact> share = desk.valueShare(number);
        Object[] pairs = {
            "name",
            desk.name(number),
            "total",
            ref(desk.value(number)),
            "each",
            ref(desk.valueEach(number)),
            "share",
            ref(share)
        };
        say(share.isPresent() ? key : key + "_plain", pairs);
    }

    private void value() {
        if (noValue()) return;
        if (asked.segments().isEmpty()) {
            bestValue();
            return;
        }
        for (int number : asked.segments()) {
            segment(number);
            worth("value", number);
        }
    }

    private void map() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        use(
                "show_on_map",
                desk.say("tool.show_on_map", "name", desk.say("everyone")),
                segment == 0 ? Map.of() : Map.of("segment", "seg_" + segment),
                () -> new SegmentTools(desk).map(segment));
        if (segment == 0) say("map", "size", ref(desk.size(0)));
        else say("map_of", "name", desk.name(segment), "size", ref(desk.size(segment)));
    }

    private ToolResult quality() {
        return use(
                "get_run_quality",
                desk.say("tool.get_run_quality"),
                Map.of(),
                () -> new SegmentTools(desk).quality());
    }

    private void outliers() {
        quality();
        if (!asked.segments().isEmpty()) {
            int number = asked.segments().get(0);
            say("outliers_in", "name", desk.name(number), "count", ref(desk.outliers(number)));
            return;
        }
        var tools = new SegmentTools(desk);
        say("outliers", "count", ref(tools.allOutliers()), "share", ref(tools.outlierShare()));
        desk.segments().stream()
                .filter(s -> s.outliers() > 0)
                .max(Comparator.comparingLong(SegmentProfile::outliers))
                .ifPresent(
                        s ->
                                say(
                                        "outliers_most",
                                        "name",
                                        desk.name(s.number()),
                                        "count",
                                        ref(desk.outliers(s.number()))));
    }

    private void stability() {
        quality();
        var ordered = new SegmentTools(desk).ordered(SegmentTools.Order.STABILITY);
        int best = ordered.get(0).number();
        if (!asked.segments().isEmpty()) {
            int number = asked.segments().get(0);
            say(firm(number), "name", desk.name(number), "stability", ref(desk.stability(number)));
            return;
        }
        int worst = ordered.get(ordered.size() - 1).number();
        say(firm(best), "name", desk.name(best), "stability", ref(desk.stability(best)));
        if (worst != best) {
            say(firm(worst), "name", desk.name(worst), "stability", ref(desk.stability(worst)));
        }
    }

    private String firm(int number) {
        double stability = desk.segment(number).stability();
        return stability >= FIRM ? "stable" : stability >= USABLE ? "stable_middling" : "unstable";
    }

    private void count() {
        if (asked.filters().isEmpty()) {
            size();
            return;
        }
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new CustomerTools(desk);
        String words = tools.words(asked.filters());
        ToolResult result =
                use(
                        "count_customers",
                        desk.say("tool.count_customers", "filters", words),
                        Map.of(),
                        () -> tools.count(asked.filters(), segment));
        List<Fact> facts = result.facts();
        boolean shared = facts.size() > 2 && facts.get(2).unit() == Fact.Unit.SHARE;
        var pairs = new LinkedHashMap<String, Object>();
        pairs.put("count", ref(facts.get(1)));
        pairs.put("filters", words);
        pairs.put("share", shared ? ref(facts.get(2)) : "–");
        pairs.put("name", segment == 0 ? "" : desk.name(segment));
        var flat = new ArrayList<Object>();
        pairs.forEach(
                (key, v) -> {
                    flat.add(key);
                    flat.add(v);
                });
        say("count" + (segment == 0 ? "" : "_in") + (shared ? "" : "_few"), flat.toArray());
    }

    private void feature() {
        Attribute attribute = asked.feature().orElseThrow();
        String label = Fields.label(attribute, desk.language());
        use(
                "feature_profile",
                desk.say("tool.feature_profile", "label", label),
                Map.of("feature", attribute.key()),
                () -> new SegmentTools(desk).feature(attribute));
        Optional<Fact> all = desk.mean(attribute, 0);
        if (all.isEmpty()) {
            unanswered("too_few", "label", label);
            return;
        }
        if (!asked.segments().isEmpty()) {
            int number = asked.segments().get(0);
            Optional<Fact> here = desk.mean(attribute, number);
            if (here.isEmpty()) unanswered("too_few", "label", label);
            else {
                say(
                        "feature_of",
                        "label",
                        label,
                        "name",
                        desk.name(number),
                        "here",
                        ref(here),
                        "all",
                        ref(all));
            }
            return;
        }
        List<Fact> means =
                desk.segments().stream()
                        .flatMap(s -> desk.mean(attribute, s.number()).stream())
                        .sorted(Comparator.comparingDouble(Fact::value))
                        .toList();
        if (means.size() < 2) {
            say("feature_all", "label", label, "all", ref(all));
            return;
        }
        Fact low = means.get(0);
        Fact high = means.get(means.size() - 1);
        say(
                "feature",
                "label",
                label,
                "high",
                desk.name(high.segment()),
                "high_value",
                ref(high),
                "low",
                desk.name(low.segment()),
                "low_value",
                ref(low),
                "all",
                ref(all));
    }

    private void trend() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new TextTools(desk);
        Optional<TextTools.Measure> measure = measure(tools);
        if (measure.isEmpty()) {
            unanswered("no_dates");
            return;
        }
        String what = desk.say("measure." + measure.get().name().toLowerCase(Locale.ROOT));
        ToolResult result =
                use(
                        "trend",
                        desk.say("tool.trend", "what", what),
                        Map.of(),
                        () -> tools.trend(measure.get(), segment));
        List<Fact> months = result.facts();
        if (months.size() < 2) {
            unanswered("no_dates");
            return;
        }
        Fact first = months.get(0);
        Fact last = months.get(months.size() - 1);
        Fact peak = months.stream().max(Comparator.comparingDouble(Fact::value)).orElseThrow();
        say(
                "trend",
                "first_label",
                first.label().in(desk.language()),
                "first",
                ref(first),
                "last_label",
                last.label().in(desk.language()),
                "last",
                ref(last));
        say("trend_peak", "label", peak.label().in(desk.language()), "value", ref(peak));
    }

    /** What the question follows, or the first thing that has dates. */
    private Optional<TextTools.Measure> measure(TextTools tools) {
        String topic = asked.topic().toLowerCase(Locale.ROOT);
        var wanted = new ArrayList<TextTools.Measure>();
        boolean money =
                asked.feature().map(f -> f.key().endsWith("_value")).orElse(false)
                        || topic.matches(".*(revenue|sales|spend|value|money|销售|收入|消费|金额).*");
        boolean rating = asked.feature().map(f -> f.key().equals("rating")).orElse(false);
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

    private void help() {
        list(SegmentTools.Order.SIZE);
        var customers = desk.analysis().customers();
        int texts = customers.texts().size();
        int events = customers.events().count();
        say(
                "help",
                "customers",
                ref(desk.size(0)),
                "texts",
                ref(desk.count("texts", texts)),
                "events",
                ref(desk.count("events", events)),
                "segments",
                ref(desk.segmentCount()));
        say("help_ask");
    }
}

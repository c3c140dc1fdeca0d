package dev.coterie.chat;

import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers an understood question with the same tools the language model has, in sentences whose
 * every figure is a reference. One instance per question.
 */
final class BuiltInChat {
    private static final double FIRM = 0.75;
    private static final double USABLE = 0.6;

    private final Desk desk;
    private final Understanding.Understood asked;
    private final Narration told;
    private final DetailAnswers details;

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
        this.told = new Narration(desk, tools);
        this.details = new DetailAnswers(desk, asked, told, this::size);
    }

    Reply reply() {
        if (asked.missingSegment()) {
            told.unanswered("no_segment", "count", Narration.ref(desk.segmentCount()));
            list(SegmentTools.Order.SIZE);
        } else if (asked.wish().isPresent() && !asked.unknown().isEmpty()) {
            unanswered();
        } else if (!asked.choices().isEmpty()) {
            told.ask("which_segment", "names", choices());
        } else if (asked.wish().isPresent()) {
            new OutlookAnswers(desk, asked, asked.wish().get(), told).answer();
        } else if (asked.intent().isEmpty()) {
            unanswered();
        } else {
            answer(asked.intent().get());
        }
        return new Reply(told.sentences(), told.results(), told.answered());
    }

    private void unanswered() {
        if (asked.unknown().isEmpty()) told.unanswered("unknown");
        else told.unanswered("unknown_words", "words", asked.unknown());
        asked.nearest()
                .ifPresent(a -> told.say("nearest", "label", Fields.column(a, desk.language())));
        told.say("closest");
    }

    private String choices() {
        return desk.language() == dev.coterie.language.Language.CHINESE
                ? asked.choices().stream()
                        .map(n -> "“" + desk.name(n) + "”")
                        .collect(Collectors.joining("、"))
                : asked.choices().stream()
                        .map(n -> "“" + desk.name(n) + "”")
                        .collect(Collectors.joining(", "));
    }

    private void answer(Intent intent) {
        switch (intent) {
            case LARGEST -> extreme(false);
            case SMALLEST -> extreme(true);
            case LIST -> listed();
            case COMPARE -> compare();
            case DIFFERENT -> different();
            case QUOTES -> details.quotes();
            case SIMILAR -> details.similar();
            case CUSTOMER -> details.customer();
            case SIZE -> size();
            case BEST_VALUE -> bestValue();
            case VALUE -> value();
            case MAP -> map();
            case OUTLIERS -> outliers();
            case STABILITY -> stability();
            case COUNT -> details.count();
            case FEATURE -> details.feature();
            case DISTRIBUTION -> details.distribution();
            case TREND -> details.trend();
            case HELP -> help();
            case DRIVERS, FORECAST, ASSIGN, WHAT_IF, BRIEF, MAKE_BRIEF, OUTSIDE -> unanswered();
        }
    }

    private ToolResult list(SegmentTools.Order order) {
        return told.use(
                "list_segments",
                desk.say("tool.list_segments"),
                Map.of("order", order.name().toLowerCase(Locale.ROOT)),
                () -> new SegmentTools(desk).list(order));
    }

    private void extreme(boolean smallest) {
        list(SegmentTools.Order.SIZE);
        var bySize = new ArrayList<>(new SegmentTools(desk).ordered(SegmentTools.Order.SIZE));
        if (bySize.size() == 1) {
            told.say("single", "count", Narration.ref(desk.size(0)));
            return;
        }
        if (smallest) java.util.Collections.reverse(bySize);
        int first = bySize.get(0).number();
        int next = bySize.get(1).number();
        told.say(
                smallest ? "smallest" : "largest",
                "name",
                desk.name(first),
                "size",
                Narration.ref(desk.size(first)),
                "share",
                Narration.ref(desk.share(first)));
        told.say("next", "name", desk.name(next), "size", Narration.ref(desk.size(next)));
    }

    private void listed() {
        list(SegmentTools.Order.SIZE);
        var bySize = new SegmentTools(desk).ordered(SegmentTools.Order.SIZE);
        if (bySize.size() == 1) {
            told.say("single", "count", Narration.ref(desk.size(0)));
            return;
        }
        int first = bySize.get(0).number();
        int last = bySize.get(bySize.size() - 1).number();
        told.say(
                "list",
                "count",
                Narration.ref(desk.segmentCount()),
                "all",
                Narration.ref(desk.size(0)),
                "first",
                desk.name(first),
                "first_share",
                Narration.ref(desk.share(first)),
                "last",
                desk.name(last),
                "last_share",
                Narration.ref(desk.share(last)));
    }

    private void compare() {
        int a = asked.segments().get(0);
        int b = asked.segments().size() > 1 ? asked.segments().get(1) : 0;
        if (a == b) b = 0;
        int other = b;
        String right = b == 0 ? desk.say("everyone") : "“" + desk.name(b) + "”";
        told.use(
                "compare_segments",
                desk.say("tool.compare_segments", "a", desk.name(a), "b", right),
                Map.of("a", "seg_" + a, "b", b == 0 ? "all" : "seg_" + b),
                () -> new SegmentTools(desk).compare(a, other));
        told.say(
                b == 0 ? "compare_all" : "compare",
                "a",
                desk.name(a),
                "size_a",
                Narration.ref(desk.size(a)),
                "b",
                b == 0 ? "" : desk.name(b),
                "size_b",
                Narration.ref(desk.size(b)));
        var gaps = new SegmentTools(desk).gaps(a, b);
        if (gaps.isEmpty()) told.say("compare_alike");
        for (int i = 0; i < Math.min(3, gaps.size()); i++) {
            var gap = gaps.get(i);
            told.say(
                    i == 0 ? "gap_first" : "gap_next",
                    "label",
                    Fields.label(gap.attribute(), desk.language()),
                    "left",
                    Narration.ref(gap.left()),
                    "right",
                    Narration.ref(gap.right()));
        }
    }

    private ToolResult segment(int number) {
        return told.use(
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
        told.say("who", "name", wording.name(), "who", wording.who());
        told.add(wording.sentences());
    }

    private void size() {
        if (asked.segments().isEmpty()) {
            list(SegmentTools.Order.SIZE);
            told.say(
                    "size_all",
                    "all",
                    Narration.ref(desk.size(0)),
                    "count",
                    Narration.ref(desk.segmentCount()));
            return;
        }
        for (int number : asked.segments()) {
            segment(number);
            told.say(
                    "size",
                    "name",
                    desk.name(number),
                    "size",
                    Narration.ref(desk.size(number)),
                    "share",
                    Narration.ref(desk.share(number)));
        }
        if (asked.segments().size() == 2) larger(asked.segments().get(0), asked.segments().get(1));
    }

    private void larger(int a, int b) {
        long left = desk.segment(a).size();
        long right = desk.segment(b).size();
        if (left == right) told.say("equal_size");
        else told.say("larger", "name", desk.name(left > right ? a : b));
    }

    private boolean noValue() {
        if (desk.segments().stream().anyMatch(s -> s.value().isPresent())) return false;
        told.unanswered("no_value");
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
            told.say(
                    "best_each",
                    "name",
                    desk.name(each),
                    "each",
                    Narration.ref(desk.valueEach(each)));
        }
    }

    private void worth(String key, int number) {
        Optional<Fact> share = desk.valueShare(number);
        Object[] pairs = {
            "name",
            desk.name(number),
            "total",
            Narration.ref(desk.value(number)),
            "each",
            Narration.ref(desk.valueEach(number)),
            "share",
            Narration.ref(share)
        };
        told.say(share.isPresent() ? key : key + "_plain", pairs);
    }

    private void value() {
        if (noValue()) return;
        if (asked.segments().isEmpty()) {
            list(SegmentTools.Order.VALUE);
            told.say(
                    "value_all",
                    "total",
                    Narration.ref(desk.valueOfAll()),
                    "each",
                    Narration.ref(desk.valueOfEach()));
            return;
        }
        for (int number : asked.segments()) {
            segment(number);
            worth("value", number);
        }
    }

    private void map() {
        int segment = Understanding.first(asked.segments()).orElse(0);
        told.use(
                "show_on_map",
                desk.say("tool.show_on_map", "name", desk.say("everyone")),
                segment == 0 ? Map.of() : Map.of("segment", "seg_" + segment),
                () -> new SegmentTools(desk).map(segment));
        if (segment == 0) told.say("map", "size", Narration.ref(desk.size(0)));
        else
            told.say(
                    "map_of",
                    "name",
                    desk.name(segment),
                    "size",
                    Narration.ref(desk.size(segment)));
    }

    private ToolResult quality() {
        return told.use(
                "get_run_quality",
                desk.say("tool.get_run_quality"),
                Map.of(),
                () -> new SegmentTools(desk).quality());
    }

    private void outliers() {
        quality();
        if (!asked.segments().isEmpty()) {
            int number = asked.segments().get(0);
            told.say(
                    "outliers_in",
                    "name",
                    desk.name(number),
                    "count",
                    Narration.ref(desk.outliers(number)));
            return;
        }
        var tools = new SegmentTools(desk);
        told.say(
                "outliers",
                "count",
                Narration.ref(tools.allOutliers()),
                "share",
                Narration.ref(tools.outlierShare()));
        desk.segments().stream()
                .filter(s -> s.outliers() > 0)
                .max(Comparator.comparingLong(SegmentProfile::outliers))
                .ifPresent(
                        s ->
                                told.say(
                                        "outliers_most",
                                        "name",
                                        desk.name(s.number()),
                                        "count",
                                        Narration.ref(desk.outliers(s.number()))));
    }

    private void stability() {
        quality();
        var ordered = new SegmentTools(desk).ordered(SegmentTools.Order.STABILITY);
        int best = ordered.get(0).number();
        if (!asked.segments().isEmpty()) {
            int number = asked.segments().get(0);
            told.say(
                    firm(number),
                    "name",
                    desk.name(number),
                    "stability",
                    Narration.ref(desk.stability(number)));
            return;
        }
        int worst = ordered.get(ordered.size() - 1).number();
        told.say(
                firm(best),
                "name",
                desk.name(best),
                "stability",
                Narration.ref(desk.stability(best)));
        if (worst != best) {
            told.say(
                    firm(worst),
                    "name",
                    desk.name(worst),
                    "stability",
                    Narration.ref(desk.stability(worst)));
        }
    }

    private String firm(int number) {
        double stability = desk.segment(number).stability();
        return stability >= FIRM ? "stable" : stability >= USABLE ? "stable_middling" : "unstable";
    }

    private void help() {
        list(SegmentTools.Order.SIZE);
        var customers = desk.analysis().customers();
        int texts = customers.texts().size();
        int events = customers.events().count();
        told.say(
                "help",
                "customers",
                Narration.ref(desk.size(0)),
                "texts",
                Narration.ref(desk.count("texts", texts)),
                "events",
                Narration.ref(desk.count("events", events)),
                "segments",
                Narration.ref(desk.segmentCount()));
        told.say("help_ask");
    }
}

package dev.coterie.chat;

import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.SegmentTools;
import dev.coterie.tools.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers an understood question with the same tools the language model has, in sentences whose
 * every figure is a reference. One instance per question.
 */
final class BuiltInChat {
    private static final int MOST_COLUMNS = 8;

    /** Intents whose answer speaks of one segment. */
    private static final Set<Intent> OF_ONE =
            Set.of(
                    Intent.DIFFERENT,
                    Intent.QUOTES,
                    Intent.COUNT,
                    Intent.CUSTOMERS,
                    Intent.DISTRIBUTION,
                    Intent.TREND,
                    Intent.MAP);

    private final Desk desk;
    private final Understood asked;
    private final Narration told;
    private final SegmentAnswers segments;
    private final ValueAnswers values;
    private final QualityAnswers qualities;
    private final DetailAnswers details;
    private final TreeAnswers tree;

    /** Runs a tool and tells those who listen. */
    interface Tools {
        ToolResult run(
                String tool, String label, Map<String, Object> args, Supplier<ToolResult> work);
    }

    /**
     * @param answered false if the data does not hold what was asked
     */
    record Reply(List<String> sentences, List<ToolResult> results, boolean answered) {}

    BuiltInChat(Desk desk, Understood asked, Tools tools) {
        this(desk, asked, new Narration(desk, tools));
    }

    private BuiltInChat(Desk desk, Understood asked, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
        this.segments = new SegmentAnswers(desk, asked, told);
        this.values = new ValueAnswers(desk, asked, told, segments);
        this.qualities = new QualityAnswers(desk, asked, told);
        this.tree = new TreeAnswers(desk, asked, told, segments);
        this.details = new DetailAnswers(desk, asked, told, segments::size);
    }

    Reply reply() {
        if (asked.missingCustomer()) {
            told.unanswered("no_customer", "id", asked.unknown());
            told.say("closest");
        } else if (asked.missingSegment()) {
            told.unanswered("no_segment", "count", Narration.ref(desk.segmentCount()));
            segments.list(SegmentTools.Order.SIZE);
        } else if (asked.wish().isPresent() && !asked.unknown().isEmpty()) {
            unanswered();
        } else if (!asked.choices().isEmpty() && asked.leftOpen()) {
            told.ask("open_question", "names", choices());
        } else if (asked.toItself()) {
            String name = "“" + desk.name(asked.segments().get(0)) + "”";
            told.ask("same_twice", "name", name, "names", choices());
        } else if (!asked.choices().isEmpty()) {
            told.ask("which_segment", "names", choices());
        } else if (asked.wish().isPresent()) {
            new OutlookAnswers(desk, asked, asked.wish().get(), told).answer();
        } else if (asked.intent().isEmpty()) {
            unanswered();
        } else {
            each(asked.intent().get());
        }
        return new Reply(told.sentences(), told.results(), told.answered());
    }

    private void unanswered() {
        if (asked.unknown().isEmpty()) told.unanswered("unknown");
        else told.unanswered("unknown_words", "words", asked.unknown());
        asked.nearest()
                .ifPresentOrElse(
                        a -> told.say("nearest", "label", Fields.column(a, desk.language())),
                        () -> told.say("holds", "labels", columns()));
        told.say("closest");
    }

    /** The names of the first columns: where no name is near, a reader sees what there is. */
    private String columns() {
        return desk.fields().all().stream()
                .filter(a -> !a.key().startsWith(Fields.ITEM))
                .map(a -> "“" + Fields.column(a, desk.language()) + "”")
                .distinct()
                .limit(MOST_COLUMNS)
                .collect(Collectors.joining(desk.say("list.and")));
    }

    private String choices() {
        return asked.choices().stream()
                .map(n -> "“" + desk.name(n) + "”")
                .collect(Collectors.joining(desk.say("list.and")));
    }

    /** What is said of one segment is said of each one that the question names. */
    private void each(Intent intent) {
        boolean sizes = intent == Intent.COUNT && asked.filters().isEmpty();
        if (!OF_ONE.contains(intent) || sizes || asked.segments().size() < 2) {
            answer(intent);
            return;
        }
        for (int number : asked.segments()) {
            new BuiltInChat(desk, asked.as(intent, List.of(number)), told).answer(intent);
        }
    }

    private void answer(Intent intent) {
        switch (intent) {
            case LARGEST -> segments.extreme(false);
            case SMALLEST -> segments.extreme(true);
            case LIST -> segments.listed();
            case COMPARE -> segments.compare();
            case DIFFERENT -> segments.different();
            case QUOTES -> details.quotes();
            case SIMILAR -> details.similar();
            case CUSTOMER -> details.customer();
            case CUSTOMERS -> new CustomerListAnswers(desk, asked, told).listed();
            case SIZE -> segments.size();
            case BEST_VALUE -> values.bestValue();
            case VALUE -> values.value();
            case MAP -> map();
            case OUTLIERS -> qualities.outliers();
            case STABILITY -> qualities.stability();
            case COUNT -> details.count();
            case FEATURE -> new FeatureAnswers(desk, asked, told).feature();
            case DISTRIBUTION -> details.distribution();
            case TREND -> details.trend();
            case GROWTH -> tree.growth();
            case RELATED -> tree.related();
            case REASON -> tree.reason();
            case HELP -> help();
            case DRIVERS, FORECAST, ASSIGN, WHAT_IF, BRIEF, MAKE_BRIEF, OUTSIDE -> unanswered();
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

    private void help() {
        segments.list(SegmentTools.Order.SIZE);
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

package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.ForecastTools;
import dev.coterie.tools.SegmentTools;
import dev.coterie.tools.TextTools;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Next questions that this run can answer, made from its own segments and words. */
final class Suggestions {
    private static final int COUNT = 3;

    private static final Pattern MEAN =
            Pattern.compile("(?i)\\b(?:average|mean|per customer|share)\\b|平均|人均|占比|率");

    private final Desk desk;

    Suggestions(Desk desk) {
        this.desk = desk;
    }

    /**
     * @param asked intent of the question just answered, not suggested again
     * @param segments numbers it was about
     * @param first intents to suggest before others
     */
    List<Answer.Suggestion> after(
            Optional<Intent> asked, List<Integer> segments, List<Intent> first) {
        int about = Understanding.first(segments).orElse(largest());
        Set<Intent> order = new LinkedHashSet<>(first);
        order.addAll(
                List.of(
                        Intent.DIFFERENT,
                        Intent.QUOTES,
                        Intent.COMPARE,
                        Intent.BEST_VALUE,
                        Intent.STABILITY,
                        Intent.OUTLIERS,
                        Intent.LARGEST,
                        Intent.LIST));
        var out = new ArrayList<Answer.Suggestion>();
        for (Intent intent : order) {
            if (out.size() == COUNT) break;
            if (asked.isPresent() && asked.get() == intent) continue;
            question(intent, about)
                    .map(q -> new Answer.Suggestion(q, Optional.empty()))
                    .ifPresent(out::add);
        }
        String map = segments.isEmpty() ? "map" : "map?seg=" + about;
        out.add(new Answer.Suggestion(desk.say("link.map"), Optional.of(map)));
        return out;
    }

    /** The question asked of each of the segments that may be meant. */
    List<Answer.Suggestion> choices(Optional<Intent> intent, List<Integer> segments) {
        var out = new ArrayList<Answer.Suggestion>();
        for (int i = 0; i < segments.size() && out.size() < COUNT; i++) {
            int one = segments.get(i);
            int other = segments.get((i + 1) % segments.size());
            String text =
                    intent.equals(Optional.of(Intent.COMPARE)) && one != other
                            ? desk.say("ask.compare", "a", desk.name(one), "b", desk.name(other))
                            : intent.flatMap(x -> question(x, one))
                                    .orElse(desk.say("ask.different", "a", desk.name(one)));
            out.add(new Answer.Suggestion(text, Optional.empty()));
        }
        return out;
    }

    /** What comes nearest to a question that the data cannot answer. */
    List<Answer.Suggestion> nearest(Understood asked) {
        var out = new ArrayList<Answer.Suggestion>();
        asked.nearest()
                .map(
                        a ->
                                desk.say(
                                        a.level().isEmpty() && !Fields.share(a)
                                                ? mean(Fields.column(a, desk.language()))
                                                : "ask.distribution",
                                        "label",
                                        Fields.column(a, desk.language())))
                .ifPresent(text -> out.add(new Answer.Suggestion(text, Optional.empty())));
        for (var more : after(asked.intent(), asked.segments(), asked.closest())) {
            if (more.href().isPresent() || out.size() < COUNT) out.add(more);
        }
        return out;
    }

    /** A label that says it is a mean is not called one again. */
    private static String mean(String label) {
        return MEAN.matcher(label).find() ? "ask.mean" : "ask.feature";
    }

    private Optional<String> target() {
        return desk.workbench().isEmpty()
                ? Optional.empty()
                : ForecastTools.targets(desk).stream().map(t -> t.name()).findFirst();
    }

    private int largest() {
        return new SegmentTools(desk).ordered(SegmentTools.Order.SIZE).get(0).number();
    }

    /** A question of this intent that the data can answer. */
    private Optional<String> question(Intent intent, int about) {
        SegmentProfile s = desk.segment(about);
        String name = desk.name(about);
        boolean texts = !desk.analysis().customers().texts().isEmpty();
        Optional<String> word = s.words().stream().map(w -> w.word()).findFirst();
        boolean valued = desk.segments().stream().anyMatch(x -> x.value().isPresent());
        return switch (intent) {
            case QUOTES ->
                    !texts
                            ? Optional.empty()
                            : Optional.of(
                                    word.map(w -> desk.say("ask.quotes", "a", name, "word", w))
                                            .orElse(desk.say("ask.quotes_plain", "a", name)));
            case COUNT ->
                    texts ? word.map(w -> desk.say("ask.count", "word", w)) : Optional.empty();
            case COMPARE ->
                    desk.segments().stream()
                            .filter(x -> x.number() != about)
                            .findFirst()
                            .map(
                                    x ->
                                            desk.say(
                                                    "ask.compare",
                                                    "a",
                                                    name,
                                                    "b",
                                                    desk.name(x.number())));
            case BEST_VALUE, VALUE ->
                    valued
                            ? Optional.of(desk.say("ask." + intent.word(), "a", name))
                            : Optional.empty();
            case FEATURE ->
                    desk.fields().all().stream()
                            .filter(a -> !Fields.share(a))
                            .findFirst()
                            .map(a -> Fields.label(a, desk.language()))
                            .map(label -> desk.say(mean(label), "label", label));
            case TREND ->
                    new TextTools(desk).has(TextTools.Measure.EVENTS)
                            ? Optional.of(desk.say("ask.trend"))
                            : Optional.empty();
            case DIFFERENT,
                    SIZE,
                    LARGEST,
                    SMALLEST,
                    LIST,
                    OUTLIERS,
                    STABILITY,
                    RELATED,
                    REASON,
                    HELP ->
                    Optional.of(desk.say("ask." + intent.word(), "a", name));
            case DRIVERS, FORECAST ->
                    target().map(t -> desk.say("ask." + intent.word(), "target", t, "a", name));
            case BRIEF, MAKE_BRIEF ->
                    desk.workbench()
                            .map(
                                    w ->
                                            desk.say(
                                                    w.brief(about).isPresent()
                                                            ? "ask.brief"
                                                            : "ask.make_brief",
                                                    "a",
                                                    name));
            case MAP,
                    GROWTH,
                    ASSIGN,
                    WHAT_IF,
                    SIMILAR,
                    CUSTOMER,
                    CUSTOMERS,
                    DISTRIBUTION,
                    OUTSIDE ->
                    Optional.empty();
        };
    }
}

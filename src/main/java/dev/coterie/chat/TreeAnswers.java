package dev.coterie.chat;

import dev.coterie.describe.Branch;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers about how the segments stand to each other and why there are so many. */
final class TreeAnswers {
    private static final Pattern NUMERAL =
            Pattern.compile("\\d+(?:[.,\u202f\u00a0]\\d+)*(?:\\s?%)?");

    private final Desk desk;
    private final Understood asked;
    private final Narration told;
    private final SegmentAnswers segments;

    TreeAnswers(Desk desk, Understood asked, Narration told, SegmentAnswers segments) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
        this.segments = segments;
    }

    /** What the tree joins first is nearest to each other. */
    void related() {
        List<Branch> branches = desk.analysis().description().branches();
        segments.list(SegmentTools.Order.SIZE);
        if (branches.size() < 2) {
            told.unanswered("no_tree");
            return;
        }
        if (asked.segments().size() == 1) {
            nearest(asked.segments().get(0), branches);
            return;
        }
        List<Branch> pairs = branches.stream().filter(b -> b.segments().size() == 2).toList();
        for (Branch pair : pairs) {
            boolean everyone = pair == branches.get(branches.size() - 1);
            told.say(
                    everyone ? "pair_last" : "pair",
                    "a",
                    desk.name(pair.segments().get(0)),
                    "b",
                    desk.name(pair.segments().get(1)),
                    "name",
                    pair.called(desk.language()).name());
        }
        for (Branch wider : branches.subList(0, branches.size() - 1)) {
            if (wider.segments().size() < 3) continue;
            told.say(
                    "wider",
                    "names",
                    names(wider.segments()),
                    "name",
                    wider.called(desk.language()).name());
        }
        told.say("tree_page");
    }

    /** What a segment meets first in the tree. */
    private void nearest(int number, List<Branch> branches) {
        branches.stream()
                .filter(b -> b.segments().contains(number))
                .findFirst()
                .ifPresentOrElse(
                        b ->
                                told.say(
                                        "nearest_to",
                                        "a",
                                        desk.name(number),
                                        "names",
                                        names(
                                                b.segments().stream()
                                                        .filter(n -> n != number)
                                                        .toList()),
                                        "name",
                                        b.called(desk.language()).name()),
                        () -> told.unanswered("no_tree"));
        told.say("tree_page");
    }

    private String names(List<Integer> numbers) {
        return numbers.stream()
                .map(n -> desk.say("quoted", "name", desk.name(n)))
                .collect(Collectors.joining(desk.say("list.and")));
    }

    /** The run's own reason, its figures as facts. */
    void reason() {
        told.use(
                "get_run_quality",
                desk.say("tool.get_run_quality"),
                java.util.Map.of(),
                () -> new SegmentTools(desk).quality());
        Message reason = desk.analysis().segmentation().reason();
        Matcher numeral = NUMERAL.matcher(reason.in(desk.language()));
        told.add(List.of(numeral.replaceAll(m -> figure(m.group()))));
        told.say("other_count");
    }

    private String figure(String numeral) {
        var locale = desk.language().locale();
        boolean share = numeral.endsWith("%");
        String digits = numeral.replaceAll("[\\s%]", "");
        Number value = NumberFormat.getInstance(locale).parse(digits, new ParsePosition(0));
        if (value == null) return Matcher.quoteReplacement(numeral);
        Fact fact =
                desk.fact(
                        "reason " + numeral,
                        Message.of("chat.fact.reason_of_count"),
                        share ? value.doubleValue() / 100 : value.doubleValue(),
                        share ? Fact.Unit.SHARE : Fact.Unit.NUMBER,
                        desk.customers(),
                        0,
                        "rand");
        return Matcher.quoteReplacement(Narration.ref(fact));
    }

    /** One run shows the customers of one moment. */
    void growth() {
        told.unanswered("no_growth");
    }
}

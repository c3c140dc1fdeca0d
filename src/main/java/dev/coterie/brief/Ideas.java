package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Section;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The built-in writer's proposals: offers, messages and conduct, from a fixed list of rules. */
final class Ideas {
    private static final int MOST_OFFERS = 4;
    private static final int MOST_MESSAGES = 3;
    private static final int WORDS = 5;

    /** How outcomes are called that say who left. */
    private static final Pattern LEFT =
            Pattern.compile("(?i)churn|attrit|exited|left|cancel|closed|流失|注销|退订|离开");

    private static final double CLEARLY_MORE = 1.3;

    private final SegmentProfile segment;
    private final Statements say;
    private final Language language;
    private final List<Needs> needs;

    Ideas(SegmentProfile segment, Statements say) {
        this.segment = segment;
        this.say = say;
        this.language = say.language();
        this.needs = Needs.of(segment);
    }

    /**
     * @param told the sections that an offer may answer to
     */
    List<Item> offers(List<Section> told) {
        var items = new ArrayList<Item>();
        for (Needs need : needs.subList(0, Math.min(MOST_OFFERS, needs.size()))) {
            items.add(tied(say.hypothesis("offer." + need.key()), need, told));
        }
        if (items.isEmpty()) items.add(say.hypothesis("offer.general"));
        return items;
    }

    List<Item> messages(List<Section> told) {
        var items = new ArrayList<Item>();
        for (Needs need : needs.subList(0, Math.min(MOST_MESSAGES, needs.size()))) {
            items.add(tied(message(need.key()), need, told));
        }
        if (items.isEmpty()) items.add(message("general"));
        String words = quotedWords();
        if (!words.isEmpty()) items.add(say.hypothesis("message.words", "words", words));
        items.add(say.hypothesis("message.avoid"));
        return items;
    }

    /** The figures behind an idea: those of a statement that tells them, or else its own. */
    private Item tied(Item idea, Needs need, List<Section> told) {
        Difference d = need.evidence();
        List<String> facts = List.of(d.segmentFact(), d.otherFact());
        Optional<String> basis = basis(facts, told);
        String text = idea.text();
        if (basis.isEmpty()) {
            String tail =
                    Message.of(
                                    "brief.offer.need",
                                    "label",
                                    d.label().in(language),
                                    "here",
                                    BriefFacts.here(d),
                                    "other",
                                    BriefFacts.other(d))
                            .in(language);
            text += (language == Language.CHINESE ? "" : " ") + tail;
        }
        return new Item(
                idea.id(),
                text,
                idea.source(),
                List.of(),
                facts,
                basis.map(List::of).orElse(List.of()),
                false);
    }

    /** The statement that tells one of these facts. */
    static Optional<String> basis(List<String> facts, List<Section> told) {
        return told.stream()
                .flatMap(s -> s.items().stream())
                .filter(i -> i.facts().stream().anyMatch(facts::contains))
                .map(Item::id)
                .findFirst();
    }

    private Item message(String key) {
        String[] parts = Message.of("brief.message." + key).in(language).split("\\|");
        return Statements.about(
                key,
                say.hypothesis(
                        "message.item",
                        "need",
                        parts[0],
                        "promise",
                        parts[1],
                        "tone",
                        parts[2],
                        "line",
                        parts[3]));
    }

    private String quotedWords() {
        List<String> words =
                Needs.borrowed(segment).stream().limit(WORDS).map(w -> "“" + w + "”").toList();
        // Chinese quotation marks part the words by themselves.
        return String.join(language == Language.CHINESE ? "" : ", ", words);
    }

    List<Item> conduct() {
        var items = new ArrayList<Item>();
        items.add(say.hypothesis("do.consent"));
        items.add(say.hypothesis("do.reply"));
        List<String> keys = needs.stream().map(Needs::key).toList();
        boolean thrifty = keys.contains("price") || keys.contains("low_spend");
        boolean content =
                keys.contains("frequent") || keys.contains("valuable") || keys.contains("pleased");
        if (content && !thrifty) items.add(say.hypothesis("dont.discount"));
        if (keys.contains("displeased") || keys.contains("service") || keys.contains("delivery"))
            items.add(say.hypothesis("dont.silence"));
        items.add(say.hypothesis(keys.contains("lapsed") ? "dont.often" : "dont.label"));
        items.add(say.hypothesis("dont.sensitive"));
        items.add(say.blank("human.legal"));
        return items;
    }

    /** True if clearly more of them left than of everyone else. */
    private boolean leaving() {
        return segment.outcomes().stream()
                .filter(d -> d.kind() == Difference.Kind.SHARE && d.low() > 0)
                .filter(Ideas::ofLeaving)
                .anyMatch(d -> d.lift().map(lift -> lift >= CLEARLY_MORE).orElse(true));
    }

    /** True for an outcome that says who left. */
    static boolean ofLeaving(Difference outcome) {
        return LEFT.matcher(outcome.attribute()).find();
    }

    /** The goal that the facts suggest. */
    String goal() {
        List<String> keys = needs.stream().map(Needs::key).toList();
        if (keys.contains("lapsed")) return Goal.WIN_BACK.word();
        if (leaving()) return Goal.RETAIN.word();
        if (keys.contains("valuable")
                || keys.contains("frequent")
                || keys.contains("loyal")
                || keys.contains("displeased")) return Goal.RETAIN.word();
        return (keys.isEmpty() ? Goal.RETAIN : Goal.GROW).word();
    }
}

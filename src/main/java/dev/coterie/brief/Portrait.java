package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who the customers are, how many, and what they are worth. */
final class Portrait {
    private static final int MOST_FACTS = 5;
    private static final int MOST_OUTCOMES = 2;
    private static final String TREND = "recent_share";

    /** What most members have no value for says little about them. */
    private static final double MOST_MISSING = 0.5;

    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Statements say;
    private final Language language;

    Portrait(SegmentProfile segment, BriefFacts facts, Statements say) {
        this.segment = segment;
        this.facts = facts;
        this.say = say;
        this.language = say.language();
    }

    List<Item> headline(String goal, boolean testable) {
        return List.of(
                say.data(
                        "headline",
                        "who",
                        segment.wording(language).who(),
                        "goal",
                        goal,
                        "size",
                        facts.size(),
                        "share",
                        facts.named("share").orElseThrow()),
                say.hypothesis(testable ? "decision.test" : "decision.pilot"));
    }

    /**
     * @param unknown what the files do not tell, in words
     */
    List<Item> size(boolean dated, String unknown) {
        var items = new ArrayList<Item>();
        Optional<String> rank = facts.rankOfSize();
        items.add(
                say.data(
                        rank.map(r -> "size." + r).orElse("size"),
                        "size",
                        facts.size(),
                        "share",
                        facts.named("share").orElseThrow()));
        Optional<String> each = facts.named("value_each");
        Optional<String> part = facts.named("value_share");
        if (each.isEmpty()) items.add(say.data("value.none"));
        else if (part.isEmpty()) items.add(say.data("value.each", "each", each.get()));
        else items.add(say.data("value", "each", each.get(), "total_share", part.get()));
        segment.outcomes().stream()
                .limit(MOST_OUTCOMES)
                .forEach(d -> items.add(compared(d, outcome(d))));
        Optional<Difference> trend = difference(TREND);
        if (trend.isPresent()) {
            items.add(
                    say.data(
                            "trend",
                            "here",
                            BriefFacts.here(trend.get()),
                            "other",
                            BriefFacts.other(trend.get())));
        } else items.add(say.data(dated ? "trend.same" : "trend.none"));
        if (!unknown.isEmpty()) items.add(say.data("reach.none", "what", unknown));
        // A withheld count would only say that there are hardly any.
        if (segment.outliers() >= Figures.SMALL_COUNT)
            items.add(say.data("outliers", "outliers", facts.named("outliers").orElseThrow()));
        return items;
    }

    private static String outcome(Difference d) {
        String key = d.kind() == Difference.Kind.SHARE ? "outcome.share" : "outcome.mean";
        return d.low() <= 0 && d.high() >= 0 ? key + ".chance" : key;
    }

    List<Item> who() {
        var items = new ArrayList<Item>();
        int bought = 0;
        for (Difference d : segment.differences()) {
            if (items.size() == MOST_FACTS) break;
            if (d.attribute().startsWith("word:") || d.missing() >= MOST_MISSING) continue;
            if (Timing.tells(d) || d.attribute().equals(TREND)) continue;
            if (d.effect() <= 0 && d.kind() == Difference.Kind.SHARE) continue;
            // The things bought are many and alike: a single example is enough here.
            if (d.attribute().startsWith("item:") && bought++ > 0) continue;
            items.add(Statements.about(d.attribute(), compared(d)));
        }
        segment.differences().stream()
                .filter(d -> d.kind() == Difference.Kind.SHARE && d.effect() < 0)
                .filter(d -> d.otherValue() >= 0.15 && d.missing() < MOST_MISSING)
                .filter(d -> !d.attribute().startsWith("word:") && !Timing.channel(d))
                .findFirst()
                .ifPresent(d -> items.add(compared(d, "who.not")));
        if (items.isEmpty()) items.add(say.data("who.none"));
        return items;
    }

    private Item compared(Difference d) {
        if (d.kind() != Difference.Kind.SHARE) return compared(d, "who.mean");
        double lift = d.lift().orElse(0.0);
        // Times a bounded share would be the share itself.
        if (lift < 1.15 || facts.bounded(d)) return compared(d, "who.share.rare");
        return compared(
                d,
                "who.share",
                "lift",
                facts.add(
                        Message.of("brief.fact.lift", "label", d.label()),
                        "lift",
                        lift,
                        Fact.Unit.LIFT,
                        d.n()));
    }

    private Item compared(Difference d, String key, Object... more) {
        var arguments = new ArrayList<Object>(List.of(more));
        arguments.addAll(
                List.of(
                        "label",
                        d.label().in(language),
                        "here",
                        BriefFacts.here(d),
                        "other",
                        BriefFacts.other(d)));
        return say.data(key, arguments.toArray());
    }

    private Optional<Difference> difference(String attribute) {
        return segment.differences().stream()
                .filter(d -> d.attribute().equals(attribute))
                .findFirst();
    }
}

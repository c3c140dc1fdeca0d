package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Source;
import dev.coterie.brief.Brief.TestPlan;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.SegmentRule;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections that propose something: offers, messages, conduct, measures, test, selection. */
final class Ideas {
    private static final double LEAST_EFFECT = 0.03;
    private static final double LARGEST_USEFUL_EFFECT = 0.1;

    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Rhythm rhythm;
    private final Sections sections;
    private final Language language;
    private final List<Needs> needs;

    Ideas(
            SegmentProfile segment,
            BriefFacts facts,
            Rhythm rhythm,
            Sections sections,
            Language language) {
        this.segment = segment;
        this.facts = facts;
        this.rhythm = rhythm;
        this.sections = sections;
        this.language = language;
        this.needs = Needs.of(segment);
    }

    List<Item> offers() {
        var items = new ArrayList<Item>();
        for (Needs need : needs.subList(0, Math.min(4, needs.size()))) {
            Difference d = need.evidence();
            items.add(
                    sections.hypothesis(
                            "offer." + need.key(),
                            "label",
                            d.label().in(language),
                            "here",
                            BriefFacts.here(d),
                            "other",
                            BriefFacts.other(d)));
        }
        if (items.isEmpty()) items.add(sections.hypothesis("offer.general"));
        return items;
    }

    List<Item> messages() {
        var items = new ArrayList<Item>();
        for (Needs need : needs.subList(0, Math.min(3, needs.size()))) {
            items.add(message(need.key(), Optional.of(need.evidence())));
        }
        if (items.isEmpty()) items.add(message("general", Optional.empty()));
        String words = quotedWords(5);
        if (!words.isEmpty()) items.add(sections.hypothesis("message.words", "words", words));
        items.add(sections.hypothesis("message.avoid"));
        return items;
    }

    private Item message(String key, Optional<Difference> proof) {
        String[] parts = Message.of("brief.message." + key).in(language).split("\\|");
        String end = proof.isPresent() ? "message.item" : "message.item.bare";
        return sections.hypothesis(
                end,
                "need",
                parts[0],
                "promise",
                parts[1],
                "tone",
                parts[2],
                "line",
                parts[3],
                "label",
                proof.map(d -> d.label().in(language)).orElse(""),
                "here",
                proof.map(BriefFacts::here).orElse(""),
                "other",
                proof.map(BriefFacts::other).orElse(""));
    }

    private String quotedWords(int most) {
        List<String> words =
                Needs.borrowed(segment).stream().limit(most).map(w -> "“" + w + "”").toList();
        return String.join(language == Language.CHINESE ? "、" : ", ", words);
    }

    List<Item> conduct() {
        var items = new ArrayList<Item>();
        items.add(sections.hypothesis("do.consent"));
        String words = quotedWords(3);
        if (!words.isEmpty()) items.add(sections.hypothesis("do.words", "words", words));
        items.add(sections.hypothesis("do.reply"));
        List<String> keys = needs.stream().map(Needs::key).toList();
        boolean thrifty = keys.contains("price") || keys.contains("low_spend");
        boolean content =
                keys.contains("frequent") || keys.contains("valuable") || keys.contains("pleased");
        if (content && !thrifty) items.add(sections.hypothesis("dont.discount"));
        if (keys.contains("displeased") || keys.contains("service") || keys.contains("delivery"))
            items.add(sections.hypothesis("dont.silence"));
        items.add(sections.hypothesis(keys.contains("lapsed") ? "dont.often" : "dont.label"));
        items.add(sections.hypothesis("dont.sensitive"));
        items.add(sections.item(Source.HUMAN, List.of(), "human.legal"));
        return items;
    }

    List<Item> measures(Optional<TestPlan> plan) {
        var items = new ArrayList<Item>();
        if (rhythm.known()) {
            items.add(
                    sections.data(
                            "kpi.primary.rate", "days", sections.days(), "rate", sections.rate()));
            plan.ifPresent(
                    p -> {
                        String target =
                                facts.add(
                                        "target",
                                        Math.min(1, p.baseline() + p.minEffect()),
                                        Fact.Unit.SHARE,
                                        segment.size());
                        items.add(sections.hypothesis("kpi.target", "target", target));
                    });
        } else {
            items.add(sections.data("kpi.primary.none"));
        }
        segment.differences().stream()
                .filter(d -> d.attribute().toLowerCase(java.util.Locale.ROOT).contains("rating"))
                .findFirst()
                .ifPresent(
                        d ->
                                items.add(
                                        sections.data(
                                                "kpi.guard.rating", "here", BriefFacts.here(d))));
        facts.named("value_each")
                .ifPresent(each -> items.add(sections.data("kpi.guard.value", "each", each)));
        if (items.size() < 4) items.add(sections.data("kpi.guard.optout"));
        return items;
    }

    /** The test that the data allows to plan; empty without a base rate. */
    Optional<TestPlan> plan() {
        if (!rhythm.known()) return Optional.empty();
        double base = Math.min(0.97, Math.max(0.005, rhythm.activeLately()));
        double effect = Math.min(1 - base - 0.005, Math.max(LEAST_EFFECT, base / 10));
        int half = (int) (segment.size() / 2);
        if (Power.perArm(base, effect) > half) {
            double possible = Power.smallestEffect(base, half);
            if (possible <= LARGEST_USEFUL_EFFECT) effect = possible;
        }
        int perArm = Power.perArm(base, effect);
        return Optional.of(
                new TestPlan(
                        rhythm.activeLately(),
                        effect,
                        Power.POWER,
                        Power.ALPHA,
                        perArm,
                        rhythm.days(),
                        perArm <= half));
    }

    List<Item> test(Optional<TestPlan> plan) {
        if (plan.isEmpty()) return List.of(sections.data("test.none"));
        TestPlan p = plan.get();
        String perArm = facts.add("per_arm", p.perArm(), Fact.Unit.COUNT, segment.size());
        if (!p.feasible()) {
            double possible =
                    Power.smallestEffect(Math.max(0.005, p.baseline()), (int) (segment.size() / 2));
            var items = new ArrayList<Item>();
            items.add(sections.data("test.small", "per_arm", perArm, "size", facts.size()));
            if (possible < 1) {
                String effect = facts.add("detectable", possible, Fact.Unit.SHARE, segment.size());
                items.add(sections.data("test.small.what", "effect", effect));
            }
            return items;
        }
        String effect = facts.add("min_effect", p.minEffect(), Fact.Unit.SHARE, segment.size());
        return List.of(
                sections.data(
                        "test.hypothesis",
                        "days",
                        sections.days(),
                        "rate",
                        sections.rate(),
                        "effect",
                        effect),
                sections.data("test.split"),
                sections.data(
                        "test.size",
                        "per_arm",
                        perArm,
                        "power",
                        facts.add("power", p.power(), Fact.Unit.SHARE, 0),
                        "alpha",
                        facts.add("alpha", p.alpha(), Fact.Unit.NUMBER, 0),
                        "size",
                        facts.size()),
                sections.data("test.stop", "days", sections.days()));
    }

    List<Item> selection(Optional<SegmentRule> rule) {
        var items = new ArrayList<Item>();
        if (rule.isEmpty() || rule.get().conditions().isEmpty()) {
            items.add(sections.data("rule.none"));
        } else {
            SegmentRule r = rule.get();
            boolean none = r.verdict() == SegmentRule.Verdict.NONE;
            if (none) items.add(sections.data("rule.none"));
            items.add(sections.data(none ? "rule.best" : "rule", "rule", plain(r.text(language))));
            quality(r.heldOut(), items);
            items.add(sections.data("rule.filter", "filter", plain(r.filter())));
            if (r.verdict() == SegmentRule.Verdict.ROUGH) items.add(sections.data("rule.weak"));
        }
        items.add(sections.data("rule.list"));
        items.add(sections.data("rule.exclude"));
        return items;
    }

    /** Names and values of files must not pass for references to facts. */
    static String plain(String text) {
        return text.replace("{{", "{ {");
    }

    private void quality(SegmentRule.Measure m, List<Item> items) {
        List<Double> precision = m.precisionInterval();
        List<Double> coverage = m.coverageInterval();
        items.add(
                sections.data(
                        "rule.precision",
                        "held_out",
                        facts.add("held_out", m.customers(), Fact.Unit.COUNT, m.customers()),
                        "selected",
                        facts.add("selected", m.selected(), Fact.Unit.COUNT, m.selected()),
                        "precision",
                        facts.add("precision", m.precision(), Fact.Unit.SHARE, m.selected()),
                        "low",
                        facts.add("precision_low", precision.get(0), Fact.Unit.SHARE, m.selected()),
                        "high",
                        facts.add(
                                "precision_high", precision.get(1), Fact.Unit.SHARE, m.selected()),
                        "base",
                        facts.add("base", m.base(), Fact.Unit.SHARE, m.customers())));
        items.add(
                sections.data(
                        "rule.coverage",
                        "coverage",
                        facts.add("coverage", m.coverage(), Fact.Unit.SHARE, m.members()),
                        "low",
                        facts.add("coverage_low", coverage.get(0), Fact.Unit.SHARE, m.members()),
                        "high",
                        facts.add("coverage_high", coverage.get(1), Fact.Unit.SHARE, m.members())));
    }

    /** The goal that the facts suggest. */
    String goal() {
        List<String> keys = needs.stream().map(Needs::key).toList();
        if (keys.contains("lapsed")) return "win_back";
        if (keys.contains("valuable")
                || keys.contains("frequent")
                || keys.contains("loyal")
                || keys.contains("displeased")) return "retain";
        return keys.isEmpty() ? "retain" : "grow";
    }
}

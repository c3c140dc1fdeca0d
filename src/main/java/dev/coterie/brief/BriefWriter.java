package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Section;
import dev.coterie.brief.Brief.Source;
import dev.coterie.brief.Brief.TestPlan;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.SegmentRule;
import dev.coterie.describe.Writer;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the brief of a segment. All figures and the sections from data are computed; offers,
 * messages and conduct come from a fixed list of rules, or from a configured language model whose
 * words pass the checks. No fault of the model loses a brief. Immutable and thread-safe.
 */
public final class BriefWriter {
    private static final Set<String> GOALS = Set.of("retain", "grow", "win_back", "acquire");

    private final Optional<LanguageModel> model;

    public BriefWriter(Optional<LanguageModel> model) {
        this.model = model;
    }

    /**
     * @param segment number, 1..k
     * @throws NotFoundException if the run has no such segment
     */
    public Brief write(Analysis analysis, int segment, BriefRequest request) {
        SegmentProfile profile =
                analysis.description()
                        .segment(segment)
                        .orElseThrow(
                                () ->
                                        new NotFoundException(
                                                Message.of(
                                                        "brief.segment_not_found",
                                                        "segment",
                                                        segment,
                                                        "segments",
                                                        analysis.segmentation().k())));
        int[] labels = analysis.segmentation().labels();
        Rhythm rhythm = Rhythm.of(analysis.customers(), labels, segment - 1);
        var facts = new BriefFacts(analysis, profile);
        var sections = new Sections(analysis, profile, request, facts, rhythm);
        var ideas = new Ideas(profile, facts, rhythm, sections, request.language());
        String goal = GOALS.contains(request.goal()) ? request.goal() : ideas.goal();
        Optional<TestPlan> plan = ideas.plan();
        Optional<SegmentRule> rule = profile.rule();
        Map<Key, List<Item>> items = new EnumMap<>(Key.class);
        items.put(Key.HEADLINE, sections.headline(goal));
        items.put(Key.SIZE_VALUE, sections.size());
        items.put(Key.WHO, sections.who());
        items.put(Key.PAINS, sections.pains());
        items.put(Key.WHEN_WHERE, sections.whenWhere());
        items.put(Key.OFFER, ideas.offers());
        items.put(Key.MESSAGES, ideas.messages());
        items.put(Key.DO_DONT, ideas.conduct());
        items.put(Key.KPIS, ideas.measures(plan));
        items.put(Key.TEST_PLAN, ideas.test(plan));
        items.put(Key.SELECTION, ideas.selection(rule));
        items.put(Key.LIMITS, sections.limits());
        var worded = new ModelIdeas(model, request, profile, facts, sections).replace(items, goal);
        if (worded.writer() == Writer.BUILTIN) {
            List<Item> limits = new ArrayList<>(items.get(Key.LIMITS));
            limits.add(sections.data("limit.narrator"));
            items.put(Key.LIMITS, limits);
        }
        Map<String, Fact> used = used(items, facts.all());
        items.put(Key.EVIDENCE, evidence(used, sections));
        return brief(profile, request, goal, worded, items, used, plan, rule);
    }

    private static Brief brief(
            SegmentProfile profile,
            BriefRequest request,
            String goal,
            ModelIdeas.Outcome worded,
            Map<Key, List<Item>> items,
            Map<String, Fact> used,
            Optional<TestPlan> plan,
            Optional<SegmentRule> rule) {
        var sections = new ArrayList<Section>();
        items.forEach((key, list) -> sections.add(new Section(key, source(key), list)));
        List<Item> claims =
                sections.stream()
                        .filter(s -> s.key() != Key.EVIDENCE)
                        .flatMap(s -> s.items().stream())
                        .toList();
        int hypotheses = (int) claims.stream().filter(i -> i.source() == Source.HYPOTHESIS).count();
        int supported = (int) claims.stream().filter(i -> i.source() == Source.DATA).count();
        return new Brief(
                profile.number(),
                profile.wording(request.language()).name(),
                goal,
                request.channels(),
                request.language(),
                worded.writer(),
                worded.model(),
                worded.fallback(),
                new Brief.Checks(claims.size(), supported, hypotheses, worded.removed()),
                sections,
                used,
                plan,
                rule);
    }

    private static Source source(Key key) {
        return switch (key) {
            case OFFER, MESSAGES, DO_DONT -> Source.HYPOTHESIS;
            default -> Source.DATA;
        };
    }

    /** The facts that some sentence refers to, in the order in which they are told. */
    private static Map<String, Fact> used(Map<Key, List<Item>> items, Map<String, Fact> all) {
        Set<String> ids = new LinkedHashSet<>();
        items.values().forEach(list -> list.forEach(i -> ids.addAll(i.facts())));
        Map<String, Fact> used = new LinkedHashMap<>();
        for (String id : ids) if (all.containsKey(id)) used.put(id, all.get(id));
        return used;
    }

    private static List<Item> evidence(Map<String, Fact> used, Sections sections) {
        var items = new ArrayList<Item>();
        for (Fact f : used.values()) {
            items.add(
                    sections.data(
                            "evidence.line",
                            "what",
                            f.label(),
                            "value",
                            "{{" + f.id() + "}}",
                            "whose",
                            f.filter(),
                            "n",
                            f.n(),
                            "how",
                            f.formula()));
        }
        items.add(sections.item(Source.HUMAN, List.of(), "signoff"));
        return items;
    }
}

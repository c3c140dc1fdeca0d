package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Section;
import dev.coterie.brief.Brief.Source;
import dev.coterie.brief.Brief.TestPlan;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.LanguageModel;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes the brief of a segment. All figures and the sections from data are computed; offers,
 * messages and conduct come from a fixed list of rules, or from a configured language model whose
 * words pass the checks. No fault of the model loses a brief. Immutable and thread-safe.
 */
public final class BriefWriter {
    /** The sections whose statements an idea may rest on, first choice first. */
    private static final List<Key> TOLD =
            List.of(Key.PAINS, Key.WHO, Key.WHEN_WHERE, Key.SIZE_VALUE);

    private final Optional<LanguageModel> model;

    public BriefWriter(Optional<LanguageModel> model) {
        this.model = model;
    }

    /** The same with its calls to the language model told to a meter. */
    public BriefWriter metered(Consumer<CallRecord> meter) {
        return new BriefWriter(model.map(m -> m.metered(meter)));
    }

    /** Why the language model does not answer now; empty if it does or if there is none. */
    public Optional<Message> absence() {
        return model.flatMap(LanguageModel::absence);
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
        return new Draft(analysis, profile, request).brief();
    }

    /** One brief being written, section by section. */
    private final class Draft {
        private final Analysis analysis;
        private final SegmentProfile profile;
        private final BriefRequest request;
        private final BriefFacts facts;
        private final Statements say;
        private final Rhythm rhythm;
        private final Map<Key, Section> sections = new EnumMap<>(Key.class);

        Draft(Analysis analysis, SegmentProfile profile, BriefRequest request) {
            this.analysis = analysis;
            this.profile = profile;
            this.request = request;
            this.facts = new BriefFacts(analysis, profile);
            this.say = new Statements(request.language());
            int[] labels = analysis.segmentation().labels();
            this.rhythm = Rhythm.of(analysis.customers(), labels, profile.number() - 1);
        }

        Brief brief() {
            var timing = new Timing(profile, facts, rhythm, say);
            var trial = new Trial(profile, facts, rhythm, timing, say);
            var ideas = new Ideas(profile, say);
            String goal = Goal.words().contains(request.goal()) ? request.goal() : ideas.goal();
            portray(goal, trial, timing);
            ModelIdeas.Outcome worded = propose(ideas, goal);
            put(Key.KPIS, trial.measures());
            put(Key.TEST_PLAN, trial.test());
            put(Key.SELECTION, new Selection(facts, say).selection(profile.rule()));
            limit(worded);
            var written = List.copyOf(sections.values());
            Map<String, Fact> used = used(written, facts.all());
            put(Key.EVIDENCE, Evidence.items(used.values(), say));
            return whole(goal, worded, trial.plan(), used);
        }

        private void portray(String goal, Trial trial, Timing timing) {
            var portrait = new Portrait(profile, facts, say);
            put(Key.HEADLINE, portrait.headline(goal, trial.feasible()));
            put(
                    Key.SIZE_VALUE,
                    portrait.size(rhythm.known(), Limits.unknown(analysis, say.language())));
            put(Key.WHO, portrait.who());
            put(Key.PAINS, new Voices(analysis, profile, facts, say).pains());
            put(Key.WHEN_WHERE, timing.whenWhere(request.channels(), sections.get(Key.WHO)));
        }

        private ModelIdeas.Outcome propose(Ideas ideas, String goal) {
            List<Section> told = TOLD.stream().map(sections::get).filter(Objects::nonNull).toList();
            Map<Key, List<Item>> items = new EnumMap<>(Key.class);
            items.put(Key.OFFER, ideas.offers(told));
            items.put(Key.MESSAGES, ideas.messages(told));
            items.put(Key.DO_DONT, ideas.conduct());
            ModelIdeas.Outcome worded =
                    new ModelIdeas(model, request, profile, facts, say).replace(items, goal);
            items.forEach(
                    (key, list) -> {
                        put(key, list.stream().map(i -> based(i, told)).toList());
                        sections.computeIfPresent(key, (k, s) -> s.under(worded.prompt(k)));
                    });
            return worded;
        }

        private Item based(Item item, List<Section> told) {
            if (!item.basis().isEmpty() || item.facts().isEmpty()) return item;
            return Ideas.basis(item.facts(), told).map(b -> item.basedOn(List.of(b))).orElse(item);
        }

        private void limit(ModelIdeas.Outcome worded) {
            Set<String> told = new LinkedHashSet<>();
            sections.values().forEach(s -> s.items().forEach(i -> told.addAll(i.facts())));
            List<Item> limits =
                    new ArrayList<>(new Limits(analysis, profile, facts, say).limits(rhythm, told));
            if (worded.writer() == Writer.BUILTIN) limits.add(say.data("limit.narrator"));
            put(Key.LIMITS, limits);
        }

        private void put(Key key, List<Item> items) {
            sections.put(key, new Section(key, source(key), items));
        }

        private Brief whole(
                String goal,
                ModelIdeas.Outcome worded,
                Optional<TestPlan> plan,
                Map<String, Fact> used) {
            var all = List.copyOf(sections.values());
            return new Brief(
                    profile.number(),
                    profile.wording(request.language()).name(),
                    goal,
                    request.channels(),
                    request.language(),
                    worded.writer(),
                    worded.model(),
                    worded.fallback(),
                    Brief.Checks.of(all, worded.removed()),
                    all,
                    used,
                    plan,
                    profile.rule(),
                    Optional.empty());
        }
    }

    private static Source source(Key key) {
        return switch (key) {
            case OFFER, MESSAGES, DO_DONT -> Source.HYPOTHESIS;
            default -> Source.DATA;
        };
    }

    /** The facts that some sentence refers to, in the order in which they are told. */
    static Map<String, Fact> used(List<Section> sections, Map<String, Fact> all) {
        Set<String> ids = new LinkedHashSet<>();
        for (Section section : sections) {
            if (section.key() == Key.EVIDENCE) continue;
            section.items().forEach(i -> ids.addAll(i.facts()));
        }
        Map<String, Fact> used = new LinkedHashMap<>();
        for (String id : ids) if (all.containsKey(id)) used.put(id, all.get(id));
        return used;
    }
}

package dev.coterie.api;

import dev.coterie.describe.Description;
import dev.coterie.describe.Difference;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.NameScore;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.run.SegmentEntry;
import dev.coterie.words.PersonalData;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Segments as JSON. */
final class SegmentView {
    private static final int FEW_DIFFERENCES = 5;
    private static final int FEW_WORDS = 8;
    private static final int FEW_QUOTES = 2;

    private final Counts counts;
    private final FactView facts;
    private final RuleView rules;

    SegmentView(Counts counts) {
        this.counts = counts;
        this.facts = new FactView(counts);
        this.rules = new RuleView(counts);
    }

    /**
     * @param cited takes the ids of the facts that the JSON names
     * @param whole with every difference, word and quote
     */
    Map<String, Object> of(Reader reader, int number, Collection<String> cited, boolean whole) {
        SegmentProfile profile = reader.profile(number);
        Wording wording = reader.wording(number);
        SegmentEntry entry = reader.entry(number);
        boolean renamed = entry.name().isPresent();
        Map<String, Object> view =
                Body.of(
                        "id",
                        entry.id(),
                        "run",
                        entry.run(),
                        "project",
                        reader.finished().run().project(),
                        "number",
                        number,
                        "color",
                        Colors.of(number),
                        "since_run",
                        Body.of("id", entry.since().run(), "number", entry.since().number()),
                        "kind",
                        "learned",
                        "name",
                        reader.name(number),
                        "who",
                        References.render(
                                wording.who(),
                                reader.facts(),
                                reader.language(),
                                counts.threshold()),
                        "writer",
                        reader.writer(number),
                        "model",
                        renamed ? Optional.empty() : wording.model(),
                        "prompt",
                        renamed ? Optional.empty() : wording.prompt(),
                        "fallback",
                        wording.fallback().map(m -> m.in(reader.language())),
                        "locked",
                        entry.locked(),
                        "notes",
                        entry.notes(),
                        "size",
                        counts.withShare(profile.size(), reader.finished().customers()),
                        "outliers",
                        counts.of(profile.outliers()),
                        "value",
                        profile.value()
                                .filter(v -> !counts.small(profile.size()))
                                .map(SegmentView::value),
                        "stability",
                        stability(reader, number),
                        "blind_check",
                        blindCheck(reader, number, renamed));
        view.put("description", description(reader, wording, cited));
        view.put(
                "differences",
                first(profile.differences(), whole ? Integer.MAX_VALUE : FEW_DIFFERENCES).stream()
                        .map(d -> difference(reader, d, cited))
                        .toList());
        view.put(
                "outcomes",
                profile.outcomes().stream().map(d -> difference(reader, d, cited)).toList());
        view.put(
                "words",
                first(profile.words(), whole ? Integer.MAX_VALUE : FEW_WORDS).stream()
                        .map(this::word)
                        .toList());
        view.put(
                "quotes",
                first(profile.quotes(), whole ? Integer.MAX_VALUE : FEW_QUOTES).stream()
                        .map(q -> quote(reader, q))
                        .toList());
        view.put("rule", profile.rule().map(r -> rules.brief(r, reader.language())).orElse(null));
        if (whole) cited.addAll(profile.facts());
        view.put("previous_name", renamed ? wording.name() : null);
        view.put("parent", null);
        view.put("etag", entry.etag());
        return view;
    }

    /** How the name did on customers it was not made from, or why that is not known. */
    private Map<String, Object> blindCheck(Reader reader, int number, boolean renamed) {
        Description told = reader.finished().analysis().description();
        Optional<NameScore> tried = told.tried(number, reader.language()).filter(t -> !renamed);
        if (tried.isPresent()) return tried(tried.get());
        Message reason =
                renamed
                        ? Message.of("describe.untried.by_person")
                        : told.untried(number, reader.language())
                                .orElse(Message.of("describe.untried.earlier"));
        return Body.of("checked", false, "reason", reason.in(reader.language()));
    }

    private Map<String, Object> tried(NameScore score) {
        return Body.of(
                "checked",
                true,
                "forced_choice",
                score.forcedChoice(),
                "coverage",
                score.coverage(),
                "intruder",
                score.intruder(),
                "customers",
                counts.of(score.customers()),
                "confused_with",
                score.confusedWith(),
                "weak",
                score.weak());
    }

    /** One segment with its own facts. */
    Map<String, Object> whole(Reader reader, int number) {
        var cited = new LinkedHashSet<String>();
        Map<String, Object> view = of(reader, number, cited, true);
        view.put("facts", facts.of(reader, cited));
        return view;
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }

    private static Map<String, Object> value(SegmentProfile.Value value) {
        return Body.of(
                "per_customer",
                money(value.perCustomer()),
                "median_per_customer",
                value.typical().map(SegmentView::money),
                "total",
                money(value.total()),
                "share_of_total",
                value.shareOfTotal());
    }

    /** Where the middle half of a segment's customers lie, and their mean. */
    private static Map<String, Object> spread(Difference.Spread spread) {
        return Body.of("quartiles", List.of(spread.low(), spread.high()), "mean", spread.mean());
    }

    /** The data's currency has no name that we know. */
    private static Map<String, Object> money(double amount) {
        return Body.of("amount", amount, "currency", null);
    }

    private List<Map<String, Object>> description(
            Reader reader, Wording wording, Collection<String> cited) {
        String run = reader.finished().run().id();
        return wording.sentences().stream()
                .map(
                        sentence -> {
                            List<String> ids = References.ids(sentence);
                            cited.addAll(ids);
                            return Body.of(
                                    "text",
                                    sentence,
                                    "rendered",
                                    References.render(
                                            sentence,
                                            reader.facts(),
                                            reader.language(),
                                            counts.threshold()),
                                    "claims",
                                    ids.stream()
                                            .distinct()
                                            .map(
                                                    id ->
                                                            Body.of(
                                                                    "fact",
                                                                    id,
                                                                    "evidence",
                                                                    FactView.evidence(run, id)))
                                            .toList());
                        })
                .toList();
    }

    private Map<String, Object> difference(Reader reader, Difference d, Collection<String> cited) {
        cited.add(d.segmentFact());
        cited.add(d.otherFact());
        String here = figure(reader, d.segmentFact(), d.segmentValue(), d.kind());
        String there = figure(reader, d.otherFact(), d.otherValue(), d.kind());
        boolean own = told(reader, d.segmentFact());
        boolean others = told(reader, d.otherFact());
        // From one of the two and what compares them the other follows.
        boolean both = own && others;
        return Body.of(
                "feature",
                d.attribute(),
                "label",
                d.label().in(reader.language()),
                "kind",
                d.kind().name().toLowerCase(Locale.ROOT),
                "segment_value",
                own ? Optional.of(d.segmentValue()) : Optional.empty(),
                "other_value",
                others ? Optional.of(d.otherValue()) : Optional.empty(),
                "spread",
                own ? d.spread().map(SegmentView::spread) : Optional.empty(),
                "direction",
                d.effect() >= 0 ? "higher" : "lower",
                "effect",
                both ? Optional.of(d.effect()) : Optional.empty(),
                "lift",
                both ? d.lift() : Optional.empty(),
                "ci",
                both ? Optional.of(List.of(d.low(), d.high())) : Optional.empty(),
                "n",
                counts.of(d.n()),
                "missing",
                d.missing(),
                "segment_fact",
                d.segmentFact(),
                "other_fact",
                d.otherFact(),
                "segment_text",
                here,
                "other_text",
                there,
                "text",
                Message.of("api.against_everyone", "here", here, "there", there)
                        .in(reader.language()),
                "evidence",
                FactView.evidence(reader.finished().run().id(), d.segmentFact()));
    }

    private boolean told(Reader reader, String fact) {
        return Optional.ofNullable(reader.facts().get(fact)).filter(facts::guarded).isEmpty();
    }

    private String figure(Reader reader, String id, double value, Difference.Kind kind) {
        Fact fact = reader.facts().get(id);
        if (fact != null) return facts.show(fact, reader.language());
        Fact.Unit unit = kind == Difference.Kind.SHARE ? Fact.Unit.SHARE : Fact.Unit.NUMBER;
        return Figures.show(value, unit, reader.language());
    }

    private Map<String, Object> word(DistinctiveWord word) {
        // From one of the two shares and the lift the other follows.
        boolean few = counts.small(word.customers()) || counts.small(word.elsewhere());
        return Body.of(
                "word",
                word.word(),
                "score",
                word.score(),
                "customers",
                counts.of(word.customers()),
                "lift",
                few ? Optional.empty() : Optional.of(word.lift()));
    }

    private static Map<String, Object> quote(Reader reader, Quote quote) {
        return Body.of(
                "text",
                PersonalData.mask(quote.text()),
                "kind",
                quote.kind().name().toLowerCase(Locale.ROOT),
                "customer",
                reader.finished().customerId(quote.customer()),
                "text_id",
                reader.finished().textId(quote.textIndex()));
    }

    /** How far the segment can be trusted: bootstrap, other seeds, row order, separability. */
    static Map<String, Object> stability(Reader reader, int number) {
        var analysis = reader.finished().analysis();
        var certificate = analysis.segmentation().certificate();
        int s = number - 1;
        return Body.of(
                "score",
                reader.profile(number).stability(),
                "method",
                "bootstrap_jaccard",
                "level",
                analysis.segmentation().level(s).word(),
                "seeds",
                s < certificate.seeds().length ? certificate.seeds()[s] : null,
                "separability",
                certificate.separability()[s],
                "row_order",
                analysis.prepared().rowOrder());
    }
}

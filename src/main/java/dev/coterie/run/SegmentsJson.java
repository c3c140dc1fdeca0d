package dev.coterie.run;

import dev.coterie.brief.ReportChanges;
import dev.coterie.collect.Reject;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Branch;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.rule.SegmentRule;
import dev.coterie.segment.SegmentTree;
import dev.coterie.words.PersonalData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of {@code segments.json}: the run, its segments and everything that was left out. */
record SegmentsJson(
        Analysis analysis,
        RunSettings settings,
        List<Reject> rejects,
        Optional<ReportChanges> changes,
        int smallCount) {
    /** The whole list is in rejects.csv. */
    private static final int REJECTS_SHOWN = 1000;

    static Map<String, Object> of(
            Analysis analysis,
            RunSettings settings,
            List<Reject> rejects,
            Optional<ReportChanges> changes,
            int smallCount) {
        return new SegmentsJson(analysis, settings, rejects, changes, smallCount).content();
    }

    private Language language() {
        return settings.language();
    }

    private Map<String, Object> content() {
        var segmentation = analysis.segmentation();
        var about = new RunJson(analysis, settings);
        Map<String, Object> content =
                map(
                        "run",
                        about.run(),
                        "segments",
                        analysis.description().segments().stream().map(this::segment).toList(),
                        "tree",
                        tree(),
                        "outliers",
                        map(
                                "count",
                                segmentation.outliers(),
                                "share",
                                (double) segmentation.outliers()
                                        / analysis.customers().customers()),
                        "rejects",
                        map(
                                "total", rejects.size(),
                                "rows",
                                        rejects.stream()
                                                .limit(REJECTS_SHOWN)
                                                .map(this::reject)
                                                .toList()),
                        "warnings",
                        about.warnings());
        changes.ifPresent(c -> content.put("changes", ChangesJson.of(c, names())));
        return content;
    }

    private List<String> names() {
        return analysis.description().segments().stream()
                .map(p -> p.wording(language()).name())
                .toList();
    }

    /** The Ward tree: leaves are fine groups, merge i makes node leaves + i. */
    private Map<String, Object> tree() {
        var hierarchy = analysis.segmentation().hierarchy();
        SegmentTree tree = hierarchy.tree();
        var leaves = new ArrayList<Map<String, Object>>();
        for (int leaf = 0; leaf < tree.leaves(); leaf++) {
            leaves.add(
                    map(
                            "node",
                            leaf,
                            "segment",
                            hierarchy.cut().of(leaf) + 1,
                            "size",
                            tree.size()[leaf]));
        }
        var merges = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < tree.merges().size(); i++) {
            SegmentTree.Merge merge = tree.merges().get(i);
            merges.add(
                    map(
                            "node", tree.leaves() + i,
                            "left", merge.left(),
                            "right", merge.right(),
                            "height", merge.height(),
                            "size", merge.size(),
                            "segments", tree.leaves() - 1 - i,
                            "branch", branch(tree.leaves() + i)));
        }
        return map("leaves", leaves, "merges", merges);
    }

    /** The name of a node above whole segments. */
    private Map<String, Object> branch(int node) {
        return Branch.at(node, analysis.description().branches())
                .map(
                        branch -> {
                            var called = branch.called(language());
                            return map(
                                    "name",
                                    called.name(),
                                    "who",
                                    called.who(),
                                    "basis",
                                    called.basis().word(),
                                    "writer",
                                    Writer.BUILTIN.word(),
                                    "segments",
                                    branch.segments(),
                                    "size",
                                    branch.size(),
                                    "share",
                                    branch.share(),
                                    "named_by",
                                    called.facts(),
                                    "facts",
                                    branch.facts().stream()
                                            .map(id -> fact(facts().get(id)))
                                            .toList());
                        })
                .orElse(null);
    }

    private Map<String, Object> segment(SegmentProfile profile) {
        var wording = profile.wording(language());
        return map(
                "number",
                profile.number(),
                "name",
                wording.name(),
                "writer",
                wording.writer().word(),
                "size",
                profile.size(),
                "share",
                profile.share(),
                "who",
                References.render(wording.who(), facts(), language(), smallCount),
                "description",
                wording.sentences().stream()
                        .map(
                                s ->
                                        map(
                                                "text",
                                                References.render(
                                                        s, facts(), language(), smallCount),
                                                "facts",
                                                References.ids(s)))
                        .toList(),
                "value",
                profile.value().map(SegmentsJson::value).orElse(null),
                "differences",
                profile.differences().stream().map(this::difference).toList(),
                "outcomes",
                profile.outcomes().stream().map(this::difference).toList(),
                "words",
                profile.words(),
                "quotes",
                profile.quotes().stream().map(this::quote).toList(),
                "facts",
                profile.facts().stream().map(id -> fact(facts().get(id))).toList(),
                "stability",
                profile.stability(),
                "blind_check",
                analysis.description()
                        .tried(profile.number(), language())
                        .map(
                                t ->
                                        map(
                                                "checked", true,
                                                "forced_choice", t.forcedChoice(),
                                                "coverage", t.coverage(),
                                                "intruder", t.intruder(),
                                                "customers", t.customers(),
                                                "confused_with", t.confusedWith().orElse(null),
                                                "weak", t.weak()))
                        .or(
                                () ->
                                        analysis.description()
                                                .untried(profile.number(), language())
                                                .map(
                                                        why ->
                                                                map(
                                                                        "checked",
                                                                        false,
                                                                        "reason",
                                                                        why.in(language()))))
                        .orElse(null),
                "certificate",
                certificate(profile),
                "outliers",
                profile.outliers(),
                "rule",
                profile.rule().map(this::rule).orElse(null));
    }

    private Map<String, Object> certificate(SegmentProfile profile) {
        var certificate = analysis.segmentation().certificate();
        int s = profile.number() - 1;
        return map(
                "level",
                analysis.segmentation().level(s).word(),
                "bootstrap",
                profile.stability(),
                "seeds",
                s < certificate.seeds().length ? certificate.seeds()[s] : null,
                "separability",
                certificate.separability()[s],
                "row_order",
                analysis.prepared().rowOrder());
    }

    private Map<String, Object> rule(SegmentRule rule) {
        SegmentRule.Measure m = rule.heldOut();
        return map(
                "text", rule.text(language()),
                "verdict", rule.verdict().word(),
                "judgement", rule.judgement(language()),
                "precision", m.precision(),
                "precision_ci", m.precisionInterval(),
                "coverage", m.coverage(),
                "coverage_ci", m.coverageInterval(),
                "lift", m.lift(),
                "base", m.base(),
                "held_out", m,
                "learned_on", rule.learnedOn(),
                "method", rule.method().word(),
                "json", rule.json(),
                "sql", rule.sql());
    }

    private Map<String, Fact> facts() {
        return analysis.description().facts();
    }

    private Map<String, Object> difference(Difference d) {
        return map(
                "feature", d.attribute(),
                "label", d.label().in(language()),
                "kind", d.kind(),
                "segment_value", d.segmentValue(),
                "other_value", d.otherValue(),
                "spread", d.spread().map(SegmentsJson::spread).orElse(null),
                "effect", d.effect(),
                "lift", d.lift().orElse(null),
                "ci", List.of(d.low(), d.high()),
                "n", d.n(),
                "missing", d.missing(),
                "segment_fact", d.segmentFact(),
                "other_fact", d.otherFact());
    }

    private static Map<String, Object> spread(Difference.Spread spread) {
        return map("quartiles", List.of(spread.low(), spread.high()), "mean", spread.mean());
    }

    private static Map<String, Object> value(SegmentProfile.Value value) {
        return map(
                "total", value.total(),
                "per_customer", value.perCustomer(),
                "median_per_customer", value.typical().orElse(null),
                "share_of_total", value.shareOfTotal());
    }

    private Map<String, Object> quote(Quote quote) {
        var text = analysis.customers().texts().get(quote.textIndex());
        return map(
                "text", PersonalData.mask(quote.text()),
                "kind", quote.kind(),
                "customer_id", analysis.customers().ids().get(quote.customer()),
                "file", text.table(),
                "line", text.line());
    }

    private Map<String, Object> fact(Fact fact) {
        return map(
                "id", fact.id(),
                "label", fact.label().in(language()),
                "value", fact.value(),
                "text", Figures.show(fact, language(), smallCount),
                "unit", fact.unit(),
                "n", fact.n(),
                "filter", fact.filter().in(language()),
                "formula", fact.formula().in(language()));
    }

    private Map<String, Object> reject(Reject reject) {
        return map(
                "file", reject.file(),
                "record", reject.record(),
                "line", reject.line(),
                "column", reject.column().orElse(null),
                "reason", reject.reason().in(language()));
    }

    static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
        return map;
    }
}

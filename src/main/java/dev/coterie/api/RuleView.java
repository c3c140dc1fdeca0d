package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.rule.SegmentRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A segment's rule as JSON. Its figures are those of held-out customers; where the rule selects so
 * few of them that the count is withheld, the shares are too.
 */
final class RuleView {
    private final Counts counts;

    RuleView(Counts counts) {
        this.counts = counts;
    }

    /** What stands with the segment. */
    Map<String, Object> brief(SegmentRule rule, Language language) {
        SegmentRule.Measure m = rule.heldOut();
        return Body.of(
                "text",
                rule.text(language),
                "verdict",
                rule.verdict().word(),
                "judgement",
                rule.judgement(language),
                "coverage",
                shown(m, m.coverage()),
                "coverage_ci",
                shown(m, m.coverageInterval()),
                "precision",
                shown(m, m.precision()),
                "precision_ci",
                shown(m, m.precisionInterval()),
                "lift",
                shown(m, m.lift()),
                "base",
                m.base());
    }

    /** The same with counts, conditions, and the forms to copy. */
    Map<String, Object> whole(SegmentRule rule, Language language) {
        SegmentRule.Measure m = rule.heldOut();
        boolean empty = rule.conditions().isEmpty();
        Map<String, Object> view = brief(rule, language);
        view.put(
                "held_out",
                Body.of(
                        "customers",
                        counts.of(m.customers()),
                        "members",
                        counts.of(m.members()),
                        "selected",
                        counts.of(m.selected()),
                        "right",
                        counts.of(m.right())));
        view.put("learned_on", counts.of(rule.learnedOn()));
        view.put("method", rule.method().word());
        view.put("as_of", rule.asOf().map(Object::toString).orElse(null));
        view.put(
                "conditions",
                rule.conditions().stream()
                        .map(c -> Body.of("text", c.words(language).in(language)))
                        .toList());
        view.put("json", empty ? null : rule.json());
        view.put("sql", empty ? null : rule.sql());
        return view;
    }

    private <T> Optional<T> shown(SegmentRule.Measure m, T figure) {
        boolean few = counts.small(m.selected()) || counts.small(m.members());
        return few ? Optional.empty() : Optional.of(figure);
    }

    /** Nothing to tell apart: a run with a single segment. */
    static Map<String, Object> none() {
        return Body.of("text", null, "verdict", null, "conditions", List.of());
    }
}

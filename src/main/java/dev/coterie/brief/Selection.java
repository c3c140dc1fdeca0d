package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.proof.Fact;
import dev.coterie.rule.SegmentRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to find the customers again: the rule, how well it does on held-out customers, the list. */
final class Selection {
    /** Id of the statement that holds the filter, which is code. */
    static final String FILTER = "selection/rule.filter";

    private final BriefFacts facts;
    private final Statements say;

    Selection(BriefFacts facts, Statements say) {
        this.facts = facts;
        this.say = say;
    }

    List<Item> selection(Optional<SegmentRule> rule) {
        var items = new ArrayList<Item>();
        if (rule.isEmpty() || rule.get().conditions().isEmpty()) {
            items.add(say.data("rule.none"));
        } else {
            SegmentRule r = rule.get();
            boolean none = r.verdict() == SegmentRule.Verdict.NONE;
            if (none) items.add(say.data("rule.none"));
            items.add(say.data(none ? "rule.best" : "rule", "rule", plain(r.text(say.language()))));
            quality(r.heldOut(), items);
            items.add(say.data("rule.filter", "filter", plain(r.filter())));
            if (r.verdict() == SegmentRule.Verdict.ROUGH) items.add(say.data("rule.weak"));
        }
        items.add(say.data("rule.list"));
        items.add(say.data("rule.exclude"));
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
                say.data(
                        "rule.precision",
                        "held_out",
                        facts.add("held_out", m.customers(), Fact.Unit.COUNT, m.customers()),
                        "selected",
                        facts.add("selected", m.selected(), Fact.Unit.COUNT, m.selected()),
                        "precision",
                        share("precision", m.precision(), m.selected()),
                        "low",
                        share("precision_low", precision.get(0), m.selected()),
                        "high",
                        share("precision_high", precision.get(1), m.selected()),
                        "base",
                        share("base", m.base(), m.customers())));
        items.add(
                say.data(
                        "rule.coverage",
                        "coverage",
                        share("coverage", m.coverage(), m.members()),
                        "low",
                        share("coverage_low", coverage.get(0), m.members()),
                        "high",
                        share("coverage_high", coverage.get(1), m.members())));
    }

    private String share(String label, double value, long n) {
        return facts.add(label, value, Fact.Unit.SHARE, n);
    }
}

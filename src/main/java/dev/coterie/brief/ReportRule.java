package dev.coterie.brief;

import dev.coterie.describe.Disclosure;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.rule.SegmentRule;
import java.util.List;

/** A segment's rule within the report: in words, with its held-out figures, and as SQL. */
final class ReportRule {
    private ReportRule() {}

    static String of(SegmentRule rule, Language language) {
        var out = new StringBuilder("<h4>").append(text(language, "rule")).append("</h4>\n<p>");
        out.append(Page.escape(rule.judgement(language))).append("</p>\n");
        if (rule.conditions().isEmpty()) return out.toString();
        out.append("<p class=\"rule\">").append(Page.escape(rule.text(language)));
        out.append("</p>\n<p class=\"note\">");
        out.append(text(language, "rule.quality", figures(rule.heldOut(), language)));
        out.append("</p>\n<pre class=\"sql\">").append(Page.escape(rule.sql()));
        return out.append("</pre>\n").toString();
    }

    private static Object[] figures(SegmentRule.Measure m, Language language) {
        List<Double> precision = m.precisionInterval();
        List<Double> coverage = m.coverageInterval();
        boolean few = Math.min(m.selected(), m.members()) < Disclosure.FEWEST;
        return new Object[] {
            "customers", count(m.customers(), language),
            "selected", count(m.selected(), language),
            "members", count(m.members(), language),
            "precision", few ? "–" : share(m.precision(), language),
            "precision_low", few ? "–" : share(precision.get(0), language),
            "precision_high", few ? "–" : share(precision.get(1), language),
            "coverage", few ? "–" : share(m.coverage(), language),
            "coverage_low", few ? "–" : share(coverage.get(0), language),
            "coverage_high", few ? "–" : share(coverage.get(1), language),
            "base", share(m.base(), language)
        };
    }

    private static String count(int value, Language language) {
        return ReportWords.small(value, language);
    }

    private static String share(double value, Language language) {
        return Figures.show(value, Fact.Unit.SHARE, language);
    }

    private static String text(Language language, String key, Object... arguments) {
        return Page.escape(Message.of("brief.report." + key, arguments).in(language));
    }
}

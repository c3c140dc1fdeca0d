package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.NameScore;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import java.util.List;

/** One segment of the report: its words, differences, rule and quotes. */
final class ReportSegment {
    private static final int MOST_DIFFERENCES = 14;

    private final Analysis analysis;
    private final ReportWords words;
    private final Language language;
    private final StringBuilder out = new StringBuilder();

    ReportSegment(Analysis analysis, ReportWords words) {
        this.analysis = analysis;
        this.words = words;
        this.language = words.language();
    }

    String of(SegmentProfile p) {
        out.setLength(0);
        Wording w = p.wording(language);
        out.append("<section class=\"segment\" id=\"segment-")
                .append(p.number())
                .append("\">\n<h3>");
        out.append(Page.badge(p.number()))
                .append(Page.escape(w.name()))
                .append("</h3>\n<p class=\"who\">");
        out.append(Page.escape(w.who())).append("</p>\n<p class=\"note\">");
        out.append(
                Page.escape(
                        words.say(
                                "size.line",
                                "size",
                                words.small(p.size()),
                                "share",
                                Figures.show(p.share(), Fact.Unit.SHARE, language))));
        if (p.outliers() > 0)
            out.append(" · ")
                    .append(
                            Page.escape(
                                    words.say(
                                            "outlier.line",
                                            "outliers",
                                            words.small(p.outliers()))));
        out.append(" · ")
                .append(words.text("stability"))
                .append(" ")
                .append(Page.escape(Figures.show(p.stability(), Fact.Unit.NUMBER, language)))
                .append(" · ")
                .append(words.text("trust"))
                .append(" ")
                .append(words.level(analysis.segmentation(), p));
        p.tried().ifPresent(t -> out.append(" · ").append(Page.escape(tried(t))));
        out.append(" · ")
                .append(Page.escape(words.say("written.by", "author", Authors.of(w, language))));
        w.fallback().ifPresent(f -> out.append(" · ").append(Page.escape(f.in(language))));
        out.append("</p>\n<p>");
        for (String sentence : w.sentences()) {
            out.append(Page.figures(sentence, analysis.description().facts(), language, false));
            out.append(language == Language.CHINESE ? "" : " ");
        }
        out.append("</p>\n");
        differences(p);
        words(p);
        p.rule().ifPresent(r -> out.append(ReportRule.of(r, language)));
        quotes(p);
        return out.append("</section>\n").toString();
    }

    private String tried(NameScore score) {
        return words.say(
                score.weak() ? "tried.weak" : "tried",
                "forced",
                Figures.show(score.forcedChoice(), Fact.Unit.SHARE, language),
                "coverage",
                Figures.show(score.coverage(), Fact.Unit.SHARE, language));
    }

    private void differences(SegmentProfile p) {
        out.append("<h4>").append(words.text("diff")).append("</h4>\n");
        List<Difference> told =
                p.differences().stream()
                        .filter(d -> !d.attribute().startsWith("word:"))
                        .limit(MOST_DIFFERENCES)
                        .toList();
        if (told.isEmpty()) {
            out.append("<p class=\"note\">").append(words.text("diff.none")).append("</p>\n");
            return;
        }
        out.append("<table><thead><tr><th scope=\"col\">").append(words.text("diff.attribute"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(words.text("diff.here"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(words.text("diff.other"));
        out.append("</th><th scope=\"col\" colspan=\"2\">").append(words.text("diff.interval"));
        out.append("</th><th scope=\"col\" class=\"num\">n</th></tr></thead><tbody>\n");
        for (Difference d : told) {
            Fact fact = analysis.description().facts().get(d.segmentFact());
            Fact.Unit unit = fact == null ? Fact.Unit.NUMBER : fact.unit();
            out.append("<tr><td>").append(Page.escape(d.label().in(language))).append("</td>");
            words.number(out, Figures.show(d.segmentValue(), unit, language));
            words.number(out, Figures.show(d.otherValue(), unit, language));
            out.append("<td>").append(ReportCharts.interval(d, p.number())).append("</td>");
            words.number(out, signed(d.low(), unit) + " … " + signed(d.high(), unit));
            words.number(out, words.small(d.n()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private String signed(double value, Fact.Unit unit) {
        return (value > 0 ? "+" : "") + Figures.show(value, unit, language);
    }

    private void words(SegmentProfile p) {
        if (p.words().isEmpty()) return;
        out.append("<h4>").append(words.text("words")).append("</h4>\n<ul class=\"words\">");
        for (DistinctiveWord w : p.words().subList(0, Math.min(12, p.words().size()))) {
            out.append("<li>")
                    .append(Page.escape(w.word()))
                    .append(" <small>")
                    .append(Page.escape(words.small(w.customers())))
                    .append("</small></li>");
        }
        out.append("</ul>\n");
    }

    private void quotes(SegmentProfile p) {
        if (p.quotes().isEmpty()) return;
        out.append("<h4>").append(words.text("quotes")).append("</h4>\n");
        for (Quote q : p.quotes()) {
            out.append("<blockquote class=\"")
                    .append(q.kind() == Quote.Kind.OPPOSING ? "opposing" : "typical")
                    .append("\">");
            out.append(Page.escape(q.text())).append("<cite>");
            out.append(words.text(q.kind() == Quote.Kind.OPPOSING ? "opposing" : "typical"))
                    .append("</cite></blockquote>\n");
        }
    }
}

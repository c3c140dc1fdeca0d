package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.NameScore;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.List;

/** One segment of the report: its words, differences, rule and quotes. */
final class ReportSegment {
    private static final int MOST_DIFFERENCES = 14;
    private static final int MOST_WORDS = 12;

    private final Analysis analysis;
    private final Description description;
    private final Disclosure disclosure;
    private final ReportWords words;
    private final Language language;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param description as it may be told
     */
    ReportSegment(
            Analysis analysis, Description description, Disclosure disclosure, ReportWords words) {
        this.analysis = analysis;
        this.description = description;
        this.disclosure = disclosure;
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
                                disclosure.size(p.number(), language),
                                "share",
                                disclosure.withheld(p.number())
                                        ? "–"
                                        : Figures.show(p.share(), Fact.Unit.SHARE, language))));
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
        description
                .tried(p.number(), language)
                .map(this::tried)
                .or(() -> description.untried(p.number(), language).map(m -> m.in(language)))
                .ifPresent(t -> out.append(" · ").append(Page.escape(t)));
        out.append(" · ")
                .append(Page.escape(words.say("written.by", "author", Authors.of(w, language))));
        w.fallback().ifPresent(f -> out.append(" · ").append(Page.escape(f.in(language))));
        out.append("</p>\n<p>");
        for (String sentence : w.sentences()) {
            out.append(
                    Page.figures(
                            sentence, description.facts(), language, Disclosure.FEWEST, false));
            out.append(language == Language.CHINESE ? "" : " ");
        }
        out.append("</p>\n");
        differences(p);
        outcomes(p);
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
        List<Difference> shown =
                p.differences().stream()
                        .filter(d -> !d.attribute().startsWith("word:"))
                        .limit(MOST_DIFFERENCES)
                        .toList();
        if (shown.isEmpty()) {
            out.append("<p class=\"note\">").append(words.text("diff.none")).append("</p>\n");
            return;
        }
        table(p, shown);
    }

    /** What became of the segment's customers. */
    private void outcomes(SegmentProfile p) {
        if (p.outcomes().isEmpty()) return;
        out.append("<h4>").append(words.text("outcomes")).append("</h4>\n<p class=\"note\">");
        out.append(words.text("outcomes.note")).append("</p>\n");
        table(p, p.outcomes());
    }

    private void table(SegmentProfile p, List<Difference> shown) {
        out.append("<table><thead><tr><th scope=\"col\">").append(words.text("diff.attribute"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(words.text("diff.here"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(words.text("diff.other"));
        out.append("</th><th scope=\"col\" colspan=\"2\">").append(words.text("diff.interval"));
        out.append("</th><th scope=\"col\" class=\"num\">n</th></tr></thead><tbody>\n");
        for (Difference d : shown) {
            Fact fact = description.facts().get(d.segmentFact());
            Fact.Unit unit = fact == null ? Fact.Unit.NUMBER : fact.unit();
            out.append("<tr><td>").append(Page.escape(d.label().in(language))).append("</td>");
            long others = analysis.customers().customers() - p.size();
            boolean withheld = disclosure.withheld(p.number());
            boolean bounded =
                    withheld
                            || d.kind() == Difference.Kind.SHARE
                                    && (bounded(d.segmentValue(), d.n())
                                            || bounded(d.otherValue(), others));
            words.number(out, here(d, unit));
            words.number(out, shown(d, d.otherValue(), unit, others));
            // An interval gives its middle away, and by its length the number of customers.
            out.append("<td>");
            out.append(bounded ? "" : ReportCharts.interval(d, p.number())).append("</td>");
            words.number(
                    out, bounded ? "–" : signed(d.low(), unit) + " … " + signed(d.high(), unit));
            words.number(out, withheld ? "–" : words.small(d.n()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
        if (shown.stream().anyMatch(d -> d.spread().isPresent())) {
            out.append("<p class=\"note\">").append(words.text("diff.median")).append("</p>\n");
        }
    }

    /** The segment's figure, with the middle half of its values where it is a median. */
    private String here(Difference d, Fact.Unit unit) {
        String figure = shown(d, d.segmentValue(), unit, d.n());
        if (d.spread().isEmpty() || d.n() < Disclosure.FEWEST) return figure;
        Difference.Spread s = d.spread().get();
        return words.say(
                "diff.spread",
                "median",
                figure,
                "low",
                Figures.show(s.low(), unit, language),
                "high",
                Figures.show(s.high(), unit, language));
    }

    private String shown(Difference d, double value, Fact.Unit unit, long n) {
        if (n < Disclosure.FEWEST) return "–";
        return d.kind() == Difference.Kind.SHARE
                ? Figures.shared(value, n, language, Disclosure.FEWEST)
                : Figures.show(value, unit, language);
    }

    private static boolean bounded(double share, long n) {
        return Figures.bounded(share, n, Disclosure.FEWEST);
    }

    private String signed(double value, Fact.Unit unit) {
        return (value > 0 ? "+" : "") + Figures.show(value, unit, language);
    }

    private void words(SegmentProfile p) {
        if (p.words().isEmpty()) return;
        out.append("<h4>").append(words.text("words")).append("</h4>\n<ul class=\"words\">");
        List<DistinctiveWord> shown =
                p.words().stream()
                        .filter(w -> w.customers() >= Disclosure.FEWEST)
                        .limit(MOST_WORDS)
                        .toList();
        for (DistinctiveWord w : shown) {
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

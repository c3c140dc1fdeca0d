package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.segment.Segmentation;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Why there are as many segments as there are, and how far each can be trusted. */
final class ReportChoice {
    private final Analysis analysis;
    private final Description told;
    private final ReportWords words;
    private final Language language;
    private final StringBuilder out = new StringBuilder();

    ReportChoice(Analysis analysis, Description told, ReportWords words) {
        this.analysis = analysis;
        this.told = told;
        this.words = words;
        this.language = words.language();
    }

    String section() {
        Segmentation s = analysis.segmentation();
        out.append("<h2>").append(words.text("why")).append("</h2>\n<p>");
        out.append(Page.escape(s.reason().in(language))).append("</p>\n<p>");
        out.append(Page.escape(s.method().reason().in(language))).append("</p>\n");
        candidates(s);
        certificates();
        return out.append(ReportTree.of(analysis, language)).toString();
    }

    private void candidates(Segmentation s) {
        if (s.candidates().isEmpty()) {
            out.append("<p class=\"note\">").append(words.text("candidates.none")).append("</p>\n");
            return;
        }
        out.append("<p class=\"note\">").append(words.text("candidates.note")).append("</p>\n");
        out.append("<table><thead><tr>");
        for (String head :
                List.of("k", "evidence", "silhouette", "stability", "separation", "smallest")) {
            out.append("<th scope=\"col\" class=\"num\">").append(words.text(head)).append("</th>");
        }
        out.append("<th scope=\"col\"></th></tr></thead><tbody>\n");
        for (Segmentation.Candidate c : s.candidates()) {
            out.append(c.k() == s.k() ? "<tr class=\"chosen\">" : "<tr>");
            words.number(out, String.valueOf(c.k()));
            words.number(out, String.format(Locale.ROOT, "%.3f", c.evidence()));
            words.number(out, String.format(Locale.ROOT, "%.3f", c.silhouette()));
            words.number(out, String.format(Locale.ROOT, "%.2f", c.stability()));
            words.number(out, String.format(Locale.ROOT, "%.2f", c.separation()));
            // those of other numbers are known of the sample only that all are tried on
            words.number(out, words.small(c.k() == s.k() ? smallest(s) : c.smallest()));
            out.append("<td>")
                    .append(c.k() == s.k() ? words.text("chosen") : "")
                    .append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private static long smallest(Segmentation s) {
        return IntStream.range(0, s.k()).mapToLong(s::size).min().orElse(0);
    }

    /** How far each segment can be trusted, figure by figure. */
    private void certificates() {
        out.append("<h3>").append(words.text("certificate")).append("</h3>\n<p class=\"note\">");
        out.append(
                Page.escape(
                        words.say(
                                "certificate.note",
                                "order",
                                Figures.show(
                                        analysis.prepared().rowOrder(),
                                        Fact.Unit.SHARE,
                                        language))));
        out.append("</p>\n<table><thead><tr><th scope=\"col\"></th><th scope=\"col\">")
                .append(words.text("name"))
                .append("</th>");
        for (String head : List.of("stability", "seeds", "separability")) {
            out.append("<th scope=\"col\" class=\"num\">").append(words.text(head)).append("</th>");
        }
        out.append("<th scope=\"col\">")
                .append(words.text("trust"))
                .append("</th></tr></thead><tbody>\n");
        var certificate = analysis.segmentation().certificate();
        for (SegmentProfile p : told.segments()) {
            int s = p.number() - 1;
            out.append("<tr><td>").append(Page.badge(p.number())).append("</td><td>");
            out.append(Page.escape(p.wording(language).name())).append("</td>");
            words.number(out, Figures.show(p.stability(), Fact.Unit.NUMBER, language));
            words.number(
                    out,
                    s < certificate.seeds().length
                            ? Figures.show(certificate.seeds()[s], Fact.Unit.NUMBER, language)
                            : "–");
            words.number(
                    out, Figures.show(certificate.separability()[s], Fact.Unit.SHARE, language));
            out.append("<td>")
                    .append(words.level(analysis.segmentation(), p))
                    .append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }
}

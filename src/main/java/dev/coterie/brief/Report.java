package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.segment.Segmentation;
import java.util.List;
import java.util.Optional;

/** The whole run as one printable page without script: {@code report.html} of the batch command. */
public final class Report {
    private final Analysis analysis;
    private final Language language;
    private final Optional<ReportChanges> changes;
    private final ReportWords words;
    private final Disclosure disclosure;
    private final Description told;
    private final StringBuilder out = new StringBuilder();

    private Report(Analysis analysis, Language language, Optional<ReportChanges> changes) {
        this.analysis = analysis;
        this.language = language;
        this.changes = changes;
        this.words = new ReportWords(language);
        this.disclosure = Disclosure.of(analysis.segmentation());
        this.told = disclosure.told(analysis.description());
    }

    public static String render(Analysis analysis, Language language) {
        return render(analysis, language, "");
    }

    /**
     * @param footer one line at the end, such as seed, versions and fingerprint; may be empty
     */
    public static String render(Analysis analysis, Language language, String footer) {
        return new Report(analysis, language, Optional.empty()).page(footer);
    }

    /** With a section that says what changed since an earlier run. */
    public static String render(Analysis analysis, Language language, ReportChanges changes) {
        return new Report(analysis, language, Optional.of(changes)).page("");
    }

    private String page(String footer) {
        Segmentation s = analysis.segmentation();
        out.append("<header class=\"top\"><p class=\"kicker\">Coterie</p>\n<h1>");
        out.append(words.text("title")).append("</h1>\n<p class=\"by\">");
        out.append(
                Page.escape(
                        words.say(
                                "subtitle",
                                "customers",
                                words.count(analysis.customers().customers()),
                                "segments",
                                s.k())));
        out.append("</p></header>\n<main>\n");
        summary();
        List<String> names = told.segments().stream().map(p -> p.wording(language).name()).toList();
        changes.ifPresent(c -> out.append(c.section(names, disclosure, language)));
        out.append(new ReportChoice(analysis, told, words).section());
        out.append("<h2 id=\"segments\">").append(words.text("segments")).append("</h2>\n");
        var segments = new ReportSegment(analysis, told, disclosure, words);
        for (SegmentProfile p : told.segments()) out.append(segments.of(p));
        var quality = new ReportQuality(analysis, words);
        out.append(quality.section());
        out.append("<h2>").append(words.text("warnings")).append("</h2>\n");
        out.append(quality.notices(analysis.notices(), "none"));
        out.append("</main>\n<footer><p>Coterie");
        if (!footer.isBlank()) out.append(" · ").append(Page.escape(footer));
        out.append("</p></footer>\n");
        return Page.of(words.say("title"), language, out.toString());
    }

    private void summary() {
        out.append("<h2>").append(words.text("summary")).append("</h2>\n<div class=\"tiles\">");
        tile(analysis.customers().customers(), "customers");
        tile(analysis.customers().texts().size(), "texts");
        tile(analysis.customers().events().count(), "events");
        tile(analysis.segmentation().k(), "segments.count");
        tile(words.small(analysis.segmentation().outliers()), "outliers");
        out.append("</div>\n");
        if (!analysis.segmentation().clear()) {
            // Whoever reads no further must not take a cut continuum for kinds of customers.
            out.append("<p><span class=\"source warn\">")
                    .append(words.text("severity.warning"))
                    .append("</span> ")
                    .append(Page.escape(analysis.segmentation().reason().in(language)))
                    .append("</p>\n");
        }
        boolean values = told.segments().stream().anyMatch(p -> p.value().isPresent());
        out.append("<table class=\"wide\"><thead><tr><th scope=\"col\"></th><th scope=\"col\">")
                .append(words.text("name"));
        out.append("</th>");
        for (String head :
                values
                        ? List.of("customers", "share", "value", "stability")
                        : List.of("customers", "share", "stability")) {
            out.append("<th scope=\"col\" class=\"num\">").append(words.text(head)).append("</th>");
        }
        out.append("<th scope=\"col\">").append(words.text("trust"));
        out.append("</th><th scope=\"col\"></th></tr></thead><tbody>\n");
        double largest =
                told.segments().stream().mapToDouble(SegmentProfile::share).max().orElse(1);
        for (SegmentProfile p : told.segments()) {
            out.append("<tr><td>")
                    .append(Page.badge(p.number()))
                    .append("</td><td><a href=\"#segment-")
                    .append(p.number())
                    .append("\">");
            out.append(Page.escape(p.wording(language).name())).append("</a></td>");
            boolean withheld = disclosure.withheld(p.number());
            words.number(out, disclosure.size(p.number(), language));
            words.number(out, withheld ? "–" : Figures.show(p.share(), Fact.Unit.SHARE, language));
            if (values) words.number(out, p.value().map(this::each).orElse("–"));
            words.number(out, Figures.show(p.stability(), Fact.Unit.NUMBER, language));
            out.append("<td>")
                    .append(words.level(analysis.segmentation(), p))
                    .append("</td><td>")
                    .append(
                            withheld
                                    ? ""
                                    : ReportCharts.bar(
                                            p.share() / Math.max(1e-9, largest), p.number()))
                    .append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
        out.append(ReportCharts.map(analysis, told, disclosure, language));
    }

    /** The mean, and the median where a few customers carry the mean. */
    private String each(SegmentProfile.Value value) {
        String mean = Figures.show(value.perCustomer(), Fact.Unit.MONEY, language);
        return value.typical()
                .map(m -> Figures.show(m, Fact.Unit.MONEY, language))
                .map(m -> words.say("value.median", "mean", mean, "median", m))
                .orElse(mean);
    }

    private void tile(long value, String label) {
        tile(words.count(value), label);
    }

    private void tile(String value, String label) {
        out.append("<div class=\"tile\"><b>").append(Page.escape(value)).append("</b><span>");
        out.append(words.text(label)).append("</span></div>");
    }
}

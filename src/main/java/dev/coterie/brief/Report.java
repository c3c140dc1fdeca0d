package dev.coterie.brief;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.NameScore;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.prepare.QualityReport;
import dev.coterie.prepare.Recipe;
import dev.coterie.segment.Certificate;
import dev.coterie.segment.Segmentation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The whole run as one printable page without script: {@code report.html} of the batch command. */
public final class Report {
    private static final int MOST_DIFFERENCES = 14;
    private static final int MOST_WORDS = 12;

    private final Analysis analysis;
    private final Language language;
    private final Optional<ReportChanges> changes;
    private final Disclosure disclosure;
    private final Description told;
    private final StringBuilder out = new StringBuilder();

    private Report(Analysis analysis, Language language, Optional<ReportChanges> changes) {
        this.analysis = analysis;
        this.language = language;
        this.changes = changes;
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
        out.append(text("title")).append("</h1>\n<p class=\"by\">");
        out.append(
                Page.escape(
                        say(
                                "subtitle",
                                "customers",
                                count(analysis.customers().customers()),
                                "segments",
                                s.k())));
        out.append("</p></header>\n<main>\n");
        summary();
        List<String> names = told.segments().stream().map(p -> p.wording(language).name()).toList();
        changes.ifPresent(c -> out.append(c.section(names, language)));
        quality();
        why();
        out.append("<h2 id=\"segments\">").append(text("segments")).append("</h2>\n");
        for (SegmentProfile p : told.segments()) segment(p);
        warnings();
        out.append("</main>\n<footer><p>Coterie");
        if (!footer.isBlank()) out.append(" · ").append(Page.escape(footer));
        out.append("</p></footer>\n");
        return Page.of(say("title"), language, out.toString());
    }

    private void summary() {
        out.append("<h2>").append(text("summary")).append("</h2>\n<div class=\"tiles\">");
        tile(analysis.customers().customers(), "customers");
        tile(analysis.customers().texts().size(), "texts");
        tile(analysis.customers().events().count(), "events");
        tile(analysis.segmentation().k(), "segments.count");
        tile(small(analysis.segmentation().outliers()), "outliers");
        out.append("</div>\n");
        boolean values = told.segments().stream().anyMatch(p -> p.value().isPresent());
        out.append("<table><thead><tr><th scope=\"col\"></th><th scope=\"col\">")
                .append(text("name"));
        out.append("</th>");
        for (String head :
                values
                        ? List.of("customers", "share", "value", "stability")
                        : List.of("customers", "share", "stability")) {
            out.append("<th scope=\"col\" class=\"num\">").append(text(head)).append("</th>");
        }
        out.append("<th scope=\"col\">").append(text("trust"));
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
            number(disclosure.size(p.number(), language));
            number(withheld ? "–" : Figures.show(p.share(), Fact.Unit.SHARE, language));
            if (values)
                number(
                        p.value()
                                .map(v -> Figures.show(v.perCustomer(), Fact.Unit.MONEY, language))
                                .orElse("–"));
            number(Figures.show(p.stability(), Fact.Unit.NUMBER, language));
            out.append("<td>")
                    .append(level(p))
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

    private void tile(long value, String label) {
        tile(count(value), label);
    }

    private void tile(String value, String label) {
        out.append("<div class=\"tile\"><b>").append(Page.escape(value)).append("</b><span>");
        out.append(text(label)).append("</span></div>");
    }

    private void quality() {
        out.append("<h2>")
                .append(text("quality"))
                .append("</h2>\n<table><thead><tr><th scope=\"col\">");
        out.append(text("table")).append("</th>");
        for (String head : List.of("rows.in", "rows.kept", "rows.merged", "rows.rejected")) {
            out.append("<th scope=\"col\" class=\"num\">").append(text(head)).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (QualityReport.TableCount t : analysis.prepared().quality().tables()) {
            out.append("<tr><td>").append(Page.escape(t.table())).append("</td>");
            number(count(t.in()));
            number(count(t.kept()));
            number(count(t.merged()));
            number(count(t.rejected()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n<h3>").append(text("findings")).append("</h3>\n");
        notices(analysis.prepared().quality().findings(), "findings.none");
        out.append("<h3>").append(text("recipe")).append("</h3>\n<ol>\n");
        for (Recipe.Step step : analysis.prepared().recipe().steps()) {
            // The sentence holds its count of rows or cells.
            out.append("<li>")
                    .append(Page.escape(step.description().in(language)))
                    .append("</li>\n");
        }
        out.append("</ol>\n<h3>").append(text("roles")).append("</h3>\n");
        for (Collected.Source source : analysis.collected().tables()) roles(source);
    }

    private void roles(Collected.Source source) {
        out.append("<table><caption class=\"note\">").append(Page.escape(source.schema().table()));
        out.append("</caption><thead><tr>");
        for (String head : List.of("role.column", "role.role", "role.why")) {
            out.append("<th scope=\"col\">").append(text(head)).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (ColumnSchema c : source.schema().columns()) {
            out.append("<tr><td>").append(Page.escape(c.name())).append("</td><td>");
            out.append(Page.escape(c.role().word())).append("</td><td>");
            out.append(Page.escape(c.reason().in(language))).append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void why() {
        Segmentation s = analysis.segmentation();
        out.append("<h2>").append(text("why")).append("</h2>\n<p>");
        out.append(Page.escape(s.reason().in(language))).append("</p>\n<p>");
        out.append(Page.escape(s.method().reason().in(language))).append("</p>\n");
        candidates(s);
        certificates();
        out.append(ReportTree.of(analysis, language));
    }

    private void candidates(Segmentation s) {
        if (s.candidates().isEmpty()) {
            out.append("<p class=\"note\">").append(text("candidates.none")).append("</p>\n");
            return;
        }
        out.append("<table><thead><tr>");
        for (String head :
                List.of("k", "evidence", "silhouette", "stability", "separation", "smallest")) {
            out.append("<th scope=\"col\" class=\"num\">").append(text(head)).append("</th>");
        }
        out.append("<th scope=\"col\"></th></tr></thead><tbody>\n");
        for (Segmentation.Candidate c : s.candidates()) {
            out.append(c.k() == s.k() ? "<tr class=\"chosen\">" : "<tr>");
            number(String.valueOf(c.k()));
            number(String.format(Locale.ROOT, "%.3f", c.evidence()));
            number(String.format(Locale.ROOT, "%.3f", c.silhouette()));
            number(String.format(Locale.ROOT, "%.2f", c.stability()));
            number(String.format(Locale.ROOT, "%.2f", c.separation()));
            number(small(c.smallest()));
            out.append("<td>").append(c.k() == s.k() ? text("chosen") : "").append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private String level(SegmentProfile p) {
        var level = analysis.segmentation().level(p.number() - 1);
        String word = text("trust." + level.word());
        return level == Certificate.Level.LOW ? "<strong>" + word + "</strong>" : word;
    }

    /** How far each segment can be trusted, figure by figure. */
    private void certificates() {
        out.append("<h3>").append(text("certificate")).append("</h3>\n<p class=\"note\">");
        out.append(
                Page.escape(
                        say(
                                "certificate.note",
                                "order",
                                Figures.show(
                                        analysis.prepared().rowOrder(),
                                        Fact.Unit.SHARE,
                                        language))));
        out.append("</p>\n<table><thead><tr><th scope=\"col\"></th><th scope=\"col\">")
                .append(text("name"))
                .append("</th>");
        for (String head : List.of("stability", "seeds", "separability")) {
            out.append("<th scope=\"col\" class=\"num\">").append(text(head)).append("</th>");
        }
        out.append("<th scope=\"col\">")
                .append(text("trust"))
                .append("</th></tr></thead><tbody>\n");
        var certificate = analysis.segmentation().certificate();
        for (SegmentProfile p : told.segments()) {
            int s = p.number() - 1;
            out.append("<tr><td>").append(Page.badge(p.number())).append("</td><td>");
            out.append(Page.escape(p.wording(language).name())).append("</td>");
            number(Figures.show(p.stability(), Fact.Unit.NUMBER, language));
            number(
                    s < certificate.seeds().length
                            ? Figures.show(certificate.seeds()[s], Fact.Unit.NUMBER, language)
                            : "–");
            number(Figures.show(certificate.separability()[s], Fact.Unit.SHARE, language));
            out.append("<td>").append(level(p)).append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void segment(SegmentProfile p) {
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
                        say(
                                "size.line",
                                "size",
                                disclosure.size(p.number(), language),
                                "share",
                                disclosure.withheld(p.number())
                                        ? "–"
                                        : Figures.show(p.share(), Fact.Unit.SHARE, language))));
        if (p.outliers() > 0)
            out.append(" · ")
                    .append(Page.escape(say("outlier.line", "outliers", small(p.outliers()))));
        out.append(" · ")
                .append(text("stability"))
                .append(" ")
                .append(Page.escape(Figures.show(p.stability(), Fact.Unit.NUMBER, language)))
                .append(" · ")
                .append(text("trust"))
                .append(" ")
                .append(level(p));
        p.tried()
                .map(this::tried)
                .or(() -> p.untried().map(m -> m.in(language)))
                .ifPresent(t -> out.append(" · ").append(Page.escape(t)));
        out.append(" · ").append(Page.escape(say("written.by", "author", Authors.of(w, language))));
        w.fallback().ifPresent(f -> out.append(" · ").append(Page.escape(f.in(language))));
        out.append("</p>\n<p>");
        for (String sentence : w.sentences()) {
            out.append(Page.figures(sentence, told.facts(), language, false));
            out.append(language == Language.CHINESE ? "" : " ");
        }
        out.append("</p>\n");
        differences(p);
        words(p);
        p.rule().ifPresent(r -> out.append(ReportRule.of(r, language)));
        quotes(p);
        out.append("</section>\n");
    }

    private String tried(NameScore score) {
        return say(
                score.weak() ? "tried.weak" : "tried",
                "forced",
                Figures.show(score.forcedChoice(), Fact.Unit.SHARE, language),
                "coverage",
                Figures.show(score.coverage(), Fact.Unit.SHARE, language));
    }

    private void differences(SegmentProfile p) {
        out.append("<h4>").append(text("diff")).append("</h4>\n");
        List<Difference> shown =
                p.differences().stream()
                        .filter(d -> !d.attribute().startsWith("word:"))
                        .limit(MOST_DIFFERENCES)
                        .toList();
        if (shown.isEmpty()) {
            out.append("<p class=\"note\">").append(text("diff.none")).append("</p>\n");
            return;
        }
        out.append("<table><thead><tr><th scope=\"col\">").append(text("diff.attribute"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(text("diff.here"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(text("diff.other"));
        out.append("</th><th scope=\"col\" colspan=\"2\">").append(text("diff.interval"));
        out.append("</th><th scope=\"col\" class=\"num\">n</th></tr></thead><tbody>\n");
        for (Difference d : shown) {
            Fact fact = told.facts().get(d.segmentFact());
            Fact.Unit unit = fact == null ? Fact.Unit.NUMBER : fact.unit();
            out.append("<tr><td>").append(Page.escape(d.label().in(language))).append("</td>");
            long others = analysis.customers().customers() - p.size();
            boolean bounded =
                    d.kind() == Difference.Kind.SHARE
                            && (Figures.bounded(d.segmentValue(), d.n())
                                    || Figures.bounded(d.otherValue(), others));
            number(shown(d, d.segmentValue(), unit, d.n()));
            number(shown(d, d.otherValue(), unit, others));
            // An interval gives its middle away.
            out.append("<td>");
            out.append(bounded ? "" : ReportCharts.interval(d, p.number())).append("</td>");
            number(bounded ? "–" : signed(d.low(), unit) + " … " + signed(d.high(), unit));
            number(small(d.n()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private String shown(Difference d, double value, Fact.Unit unit, long n) {
        if (n < Disclosure.FEWEST) return "–";
        return d.kind() == Difference.Kind.SHARE
                ? Figures.shared(value, n, language)
                : Figures.show(value, unit, language);
    }

    private String signed(double value, Fact.Unit unit) {
        return (value > 0 ? "+" : "") + Figures.show(value, unit, language);
    }

    private void words(SegmentProfile p) {
        if (p.words().isEmpty()) return;
        out.append("<h4>").append(text("words")).append("</h4>\n<ul class=\"words\">");
        List<DistinctiveWord> shown =
                p.words().stream()
                        .filter(w -> w.customers() >= Disclosure.FEWEST)
                        .limit(MOST_WORDS)
                        .toList();
        for (DistinctiveWord w : shown) {
            out.append("<li>")
                    .append(Page.escape(w.word()))
                    .append(" <small>")
                    .append(Page.escape(small(w.customers())))
                    .append("</small></li>");
        }
        out.append("</ul>\n");
    }

    private void quotes(SegmentProfile p) {
        if (p.quotes().isEmpty()) return;
        out.append("<h4>").append(text("quotes")).append("</h4>\n");
        for (Quote q : p.quotes()) {
            out.append("<blockquote class=\"")
                    .append(q.kind() == Quote.Kind.OPPOSING ? "opposing" : "typical")
                    .append("\">");
            out.append(Page.escape(q.text())).append("<cite>");
            out.append(text(q.kind() == Quote.Kind.OPPOSING ? "opposing" : "typical"))
                    .append("</cite></blockquote>\n");
        }
    }

    private void warnings() {
        out.append("<h2>").append(text("warnings")).append("</h2>\n");
        notices(analysis.notices(), "none");
    }

    private void notices(List<Notice> notices, String none) {
        if (notices.isEmpty()) {
            out.append("<p class=\"note\">").append(text(none)).append("</p>\n");
            return;
        }
        out.append("<ul>\n");
        for (Notice n : notices) {
            String word = n.severity().name().toLowerCase(Locale.ROOT);
            String look =
                    n.severity() == Notice.Severity.HIGH
                            ? "high"
                            : n.severity() == Notice.Severity.WARNING ? "warn" : "note";
            out.append("<li><span class=\"source ")
                    .append(look)
                    .append("\">")
                    .append(text("severity." + word))
                    .append("</span> ");
            out.append(Page.escape(n.message().in(language))).append("</li>\n");
        }
        out.append("</ul>\n");
    }

    private void number(String shown) {
        out.append("<td class=\"num\">").append(Page.escape(shown)).append("</td>");
    }

    private String count(long value) {
        return Figures.show(value, Fact.Unit.COUNT, language);
    }

    /** A count of customers, withheld where it is small. */
    private String small(long value) {
        return small(value, language);
    }

    static String small(long value, Language language) {
        boolean few = value > 0 && value < Disclosure.FEWEST;
        return few
                ? Message.of("describe.figure.small", "limit", Disclosure.FEWEST).in(language)
                : Figures.show(value, Fact.Unit.COUNT, language);
    }

    private String say(String key, Object... arguments) {
        return Message.of("brief.report." + key, arguments).in(language);
    }

    private String text(String key) {
        return Page.escape(say(key));
    }
}

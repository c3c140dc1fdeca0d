package dev.coterie.brief;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.prepare.QualityReport;
import dev.coterie.prepare.Recipe;
import java.util.List;
import java.util.Locale;

/** What was read, what was found in it and what was done to it. */
final class ReportQuality {
    private final Analysis analysis;
    private final ReportWords words;
    private final Language language;
    private final StringBuilder out = new StringBuilder();

    ReportQuality(Analysis analysis, ReportWords words) {
        this.analysis = analysis;
        this.words = words;
        this.language = words.language();
    }

    String section() {
        out.setLength(0);
        out.append("<h2>")
                .append(words.text("quality"))
                .append("</h2>\n<table><thead><tr><th scope=\"col\">");
        out.append(words.text("table")).append("</th>");
        for (String head : List.of("rows.in", "rows.kept", "rows.merged", "rows.rejected")) {
            out.append("<th scope=\"col\" class=\"num\">").append(words.text(head)).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (QualityReport.TableCount t : analysis.prepared().quality().tables()) {
            out.append("<tr><td>").append(Page.escape(t.table())).append("</td>");
            words.number(out, words.count(t.in()));
            words.number(out, words.count(t.kept()));
            words.number(out, words.count(t.merged()));
            words.number(out, words.count(t.rejected()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n<h3>").append(words.text("findings")).append("</h3>\n");
        out.append(notices(analysis.prepared().quality().findings(), "findings.none"));
        out.append("<h3>").append(words.text("recipe")).append("</h3>\n<ol>\n");
        for (Recipe.Step step : analysis.prepared().recipe().steps()) {
            // The sentence holds its count of rows or cells.
            out.append("<li>")
                    .append(Page.escape(step.description().in(language)))
                    .append("</li>\n");
        }
        out.append("</ol>\n<h3>").append(words.text("roles")).append("</h3>\n");
        for (Collected.Source source : analysis.collected().tables()) roles(source);
        return out.toString();
    }

    private void roles(Collected.Source source) {
        out.append("<table><caption class=\"note\">").append(Page.escape(source.schema().table()));
        out.append("</caption><thead><tr>");
        for (String head : List.of("role.column", "role.role", "role.why")) {
            out.append("<th scope=\"col\">").append(words.text(head)).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (ColumnSchema c : source.schema().columns()) {
            out.append("<tr><td>").append(Page.escape(c.name())).append("</td><td>");
            out.append(Page.escape(role(c.role()))).append("</td><td>");
            out.append(Page.escape(c.reason().in(language))).append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private String role(Role role) {
        return Message.of("brief.report.role.word." + role.word()).in(language);
    }

    String notices(List<Notice> notices, String none) {
        var list = new StringBuilder();
        if (notices.isEmpty()) {
            list.append("<p class=\"note\">").append(words.text(none)).append("</p>\n");
            return list.toString();
        }
        list.append("<ul>\n");
        for (Notice n : notices) {
            String word = n.severity().name().toLowerCase(Locale.ROOT);
            String look =
                    n.severity() == Notice.Severity.HIGH
                            ? "high"
                            : n.severity() == Notice.Severity.WARNING ? "warn" : "note";
            list.append("<li><span class=\"source ")
                    .append(look)
                    .append("\">")
                    .append(words.text("severity." + word))
                    .append("</span> ");
            list.append(Page.escape(n.message().in(language))).append("</li>\n");
        }
        return list.append("</ul>\n").toString();
    }
}

package dev.coterie.brief;

import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.Quote;
import dev.coterie.language.Language;
import dev.coterie.language.Message;

/** A brief as a self-contained page that prints to A4. */
public final class BriefHtml {
    private BriefHtml() {}

    /**
     * @param language of headings and figures; the texts stay in the brief's own language
     */
    public static String render(Brief brief, Language language) {
        var out = new StringBuilder();
        out.append("<header class=\"top\">\n<p class=\"kicker\">");
        out.append(Page.badge(brief.segment()));
        out.append(Page.escape(say(language, "segment.line", "segment", brief.segment())));
        out.append(" · ")
                .append(
                        say(
                                language,
                                "goal.line",
                                "goal",
                                Message.of("brief.goal." + brief.goal())));
        out.append("</p>\n<h1>")
                .append(Page.escape(brief.name()))
                .append("</h1>\n<p class=\"by\">");
        out.append(Page.escape(Authors.of(brief, language)));
        brief.fallback().ifPresent(f -> out.append(" · ").append(Page.escape(f.in(language))));
        out.append("</p>\n</header>\n<main class=\"brief\">\n");
        int number = 1;
        for (Brief.Section section : brief.sections()) {
            out.append("<section class=\"part ")
                    .append(section.source().word())
                    .append("\">\n<h2><span class=\"no\">");
            out.append(number++).append("</span> ");
            out.append(Page.escape(say(language, "section." + section.key().word())));
            out.append(" <span class=\"source\">")
                    .append(Page.escape(say(language, "source." + section.source().word())))
                    .append("</span></h2>\n");
            if (section.key() == Brief.Key.EVIDENCE) evidence(out, brief, section, language);
            else items(out, brief, section, language);
            out.append("</section>\n");
        }
        out.append("</main>\n<footer><p>");
        Brief.Checks checks = brief.checks();
        out.append(
                Page.escape(
                        say(
                                language,
                                "checks",
                                "claims",
                                checks.claims(),
                                "supported",
                                checks.supported(),
                                "hypotheses",
                                checks.hypotheses(),
                                "removed",
                                checks.removed())));
        out.append(" · ")
                .append(Page.escape(Authors.of(brief, language)))
                .append("</p></footer>\n");
        return Page.of(say(language, "title", "name", brief.name()), language, out.toString());
    }

    private static void items(
            StringBuilder out, Brief brief, Brief.Section section, Language language) {
        out.append(section.items().size() == 1 ? "<div class=\"items\">\n" : "<ul>\n");
        String tag = section.items().size() == 1 ? "p" : "li";
        for (Brief.Item item : section.items()) {
            out.append("<").append(tag).append(">");
            out.append(Page.figures(item.text(), brief.facts(), language, true));
            if (item.source() != section.source())
                out.append(" <span class=\"source\">")
                        .append(Page.escape(say(language, "source." + item.source().word())))
                        .append("</span>");
            if (tag.equals("p")) out.append("</p>");
            for (Quote quote : item.quotes()) {
                out.append("\n<blockquote>")
                        .append(Page.escape(quote.text()))
                        .append("</blockquote>");
            }
            out.append(tag.equals("li") ? "</li>\n" : "\n");
        }
        out.append(section.items().size() == 1 ? "</div>\n" : "</ul>\n");
    }

    private static void evidence(
            StringBuilder out, Brief brief, Brief.Section section, Language language) {
        out.append("<table class=\"small\"><thead><tr>");
        for (String column : new String[] {"id", "what", "value", "n", "whose", "how"}) {
            out.append("<th scope=\"col\">")
                    .append(Page.escape(say(language, "evidence." + column)))
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (Fact fact : brief.facts().values()) {
            out.append("<tr id=\"").append(fact.id()).append("\"><td>").append(fact.id());
            out.append("</td><td>").append(Page.escape(fact.label().in(language)));
            out.append("</td><td class=\"num\">").append(Page.escape(Figures.show(fact, language)));
            out.append("</td><td class=\"num\">")
                    .append(Page.escape(Figures.show(fact.n(), Fact.Unit.COUNT, language)));
            out.append("</td><td>").append(Page.escape(fact.filter().in(language)));
            out.append("</td><td>")
                    .append(Page.escape(fact.formula().in(language)))
                    .append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
        for (Brief.Item item : section.items()) {
            if (item.source() == Brief.Source.HUMAN)
                out.append("<p class=\"sign\">").append(Page.escape(item.text())).append("</p>\n");
        }
    }

    private static String say(Language language, String key, Object... arguments) {
        return Message.of("brief." + key, arguments).in(language);
    }
}

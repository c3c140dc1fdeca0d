package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Section;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Quote;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.List;

/** A brief as a self-contained page that prints to A4. */
public final class BriefHtml {
    private final Brief brief;
    private final Language language;
    private final int fewest;
    private final StringBuilder out = new StringBuilder();

    private BriefHtml(Brief brief, Language language, int fewest) {
        this.brief = brief;
        this.language = language;
        this.fewest = fewest;
    }

    /**
     * @param language of headings and figures; the texts stay in the brief's own language
     * @param smallCount nothing is told about fewer customers, nor about fewer than {@link
     *     Disclosure#FEWEST}
     */
    public static String render(Brief brief, Language language, int smallCount) {
        var html = new BriefHtml(brief, language, Math.max(Disclosure.FEWEST, smallCount));
        html.head();
        html.out.append("<main class=\"brief\">\n");
        brief.sections().forEach(html::section);
        html.out.append("</main>\n");
        html.foot();
        String title = html.say("title", "name", brief.name());
        return Page.of(title, language, html.out.toString(), Remarks.foot(brief, language));
    }

    private void head() {
        out.append("<header class=\"top\">\n<p class=\"kicker\">");
        out.append(Page.badge(brief.segment()));
        out.append(Page.escape(say("segment.line", "segment", brief.segment()))).append(" · ");
        out.append(Page.escape(say("goal.line", "goal", Message.of("brief.goal." + brief.goal()))));
        out.append(" · ").append(Page.escape(Authors.of(brief, language)));
        brief.fallback().ifPresent(f -> out.append(" · ").append(Page.escape(f.in(language))));
        out.append("</p>\n<h1>").append(Page.escape(brief.name())).append("</h1>\n</header>\n");
    }

    private void section(Section section) {
        out.append("<section class=\"part ").append(section.source().word());
        out.append("\" id=\"s-").append(section.key().word());
        out.append("\">\n<h2><span class=\"no\">").append(section.key().ordinal() + 1);
        out.append("</span> ").append(Page.escape(say("section." + section.key().word())));
        out.append(" ").append(mark(section.source())).append("</h2>\n");
        if (section.key() == Key.EVIDENCE) evidence(section);
        else items(section);
        out.append("</section>\n");
    }

    private String mark(Brief.Source source) {
        return "<span class=\"source\">" + Page.escape(say("source." + source.word())) + "</span>";
    }

    private void items(Section section) {
        List<String> places = Remarks.places(section);
        out.append("<ul class=\"items\">\n");
        for (int i = 0; i < section.items().size(); i++) {
            Item item = section.items().get(i);
            out.append("<li><span class=\"place\">").append(places.get(i)).append("</span> ");
            out.append(Page.figures(item.text(), brief.facts(), language, fewest, true));
            out.append(Page.escape(Remarks.of(brief, section.key(), item, language, fewest)));
            if (item.source() != section.source()) out.append(" ").append(mark(item.source()));
            for (Quote quote : item.quotes()) {
                out.append("\n<blockquote>")
                        .append(Page.escape(quote.text()))
                        .append("</blockquote>");
            }
            out.append("</li>\n");
        }
        out.append("</ul>\n");
    }

    private void evidence(Section section) {
        out.append("<table class=\"small\"><thead><tr>");
        for (String column : new String[] {"id", "what", "own", "other", "how"}) {
            out.append("<th scope=\"col\">")
                    .append(Page.escape(say("evidence." + column)))
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        Evidence.rows(brief.facts().values()).forEach(this::row);
        out.append("</tbody></table>\n");
        Remarks.provenance(brief, language)
                .ifPresent(p -> out.append("<p>").append(Page.escape(p)).append("</p>\n"));
        for (Item item : Evidence.signatures(section)) {
            out.append("<p class=\"sign\">").append(Page.escape(item.text())).append("</p>\n");
        }
    }

    private void row(Evidence.Row row) {
        Fact own = row.own();
        out.append("<tr id=\"").append(own.id()).append("\"><td>").append(own.id());
        row.other().ifPresent(o -> out.append(" <span id=\"").append(o.id()).append("\"></span>"));
        out.append("</td><td>").append(Page.escape(own.label().in(language)));
        out.append("</td><td class=\"num\">").append(figure(own)).append("</td><td class=\"num\">");
        row.other().ifPresent(o -> out.append(figure(o)));
        out.append("</td><td>").append(Page.escape(own.formula().in(language)));
        out.append("</td></tr>\n");
    }

    private String figure(Fact fact) {
        String shown = Figures.shared(fact, language, fewest);
        if (fact.n() == 0) return Page.escape(shown);
        String n = Figures.count(fact.n(), language, fewest);
        return Page.escape(
                language == Language.CHINESE ? shown + "（" + n + "）" : shown + " (" + n + ")");
    }

    private void foot() {
        out.append("<footer><p>").append(Page.escape(Remarks.checks(brief, language)));
        out.append(" · ").append(Page.escape(Authors.of(brief, language)));
        out.append("</p></footer>\n");
    }

    private String say(String key, Object... arguments) {
        return Message.of("brief." + key, arguments).in(language);
    }
}

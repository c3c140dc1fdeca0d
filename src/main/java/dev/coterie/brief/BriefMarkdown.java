package dev.coterie.brief;

import dev.coterie.describe.Quote;
import dev.coterie.describe.References;
import dev.coterie.language.Language;
import dev.coterie.language.Message;

/** A brief as Markdown. */
public final class BriefMarkdown {
    private BriefMarkdown() {}

    /**
     * @param language of headings and figures; the texts stay in the brief's own language
     */
    public static String render(Brief brief, Language language) {
        var out = new StringBuilder();
        out.append("# ")
                .append(escape(say(language, "title", "name", brief.name())))
                .append("\n\n");
        out.append(escape(say(language, "segment.line", "segment", brief.segment()))).append(" · ");
        out.append(say(language, "goal.line", "goal", Message.of("brief.goal." + brief.goal())));
        out.append(" · ").append(escape(Authors.of(brief, language))).append("\n\n");
        int number = 1;
        for (Brief.Section section : brief.sections()) {
            out.append("## ").append(number++).append(". ");
            out.append(say(language, "section." + section.key().word()));
            out.append(" (")
                    .append(say(language, "source." + section.source().word()))
                    .append(")\n\n");
            for (Brief.Item item : section.items()) item(out, brief, section, item, language);
            out.append('\n');
        }
        out.append(
                say(
                        language,
                        "checks",
                        "claims",
                        brief.checks().claims(),
                        "supported",
                        brief.checks().supported(),
                        "hypotheses",
                        brief.checks().hypotheses(),
                        "removed",
                        brief.checks().removed()));
        return out.append('\n').toString();
    }

    private static void item(
            StringBuilder out,
            Brief brief,
            Brief.Section section,
            Brief.Item item,
            Language language) {
        out.append("- ");
        if (section.key() == Brief.Key.EVIDENCE && !item.facts().isEmpty())
            out.append("[").append(item.facts().get(0)).append("] ");
        out.append(References.render(escape(item.text()), brief.facts(), language));
        if (item.source() != section.source())
            out.append(" (").append(say(language, "source." + item.source().word())).append(")");
        out.append('\n');
        for (Quote quote : item.quotes()) {
            out.append("  > ").append(escape(quote.text().replaceAll("\\s+", " "))).append("\n\n");
        }
    }

    /** Customers' words must not become markup; braces of references stay. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1").replaceAll("[\\r\\n]+", " ");
    }

    private static String say(Language language, String key, Object... arguments) {
        return Message.of("brief." + key, arguments).in(language);
    }
}

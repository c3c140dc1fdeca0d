package dev.coterie.brief;

import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Quote;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.References;

/** A brief as Markdown. */
public final class BriefMarkdown {
    private BriefMarkdown() {}

    /**
     * @param language of headings and figures; the texts stay in the brief's own language
     * @param smallCount nothing is told about fewer customers, nor about fewer than {@link
     *     Disclosure#FEWEST}
     */
    public static String render(Brief brief, Language language, int smallCount) {
        int fewest = Math.max(Disclosure.FEWEST, smallCount);
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
            out.append(bracketed(say(language, "source." + section.source().word()), language))
                    .append("\n\n");
            for (Brief.Item item : section.items()) {
                item(out, brief, section, item, language, fewest);
            }
            if (section.key() == Brief.Key.EVIDENCE)
                Remarks.provenance(brief, language)
                        .ifPresent(p -> out.append("\n").append(escape(p)).append('\n'));
            out.append('\n');
        }
        out.append(Remarks.checks(brief, language));
        return out.append('\n').toString();
    }

    private static void item(
            StringBuilder out,
            Brief brief,
            Brief.Section section,
            Brief.Item item,
            Language language,
            int fewest) {
        out.append("- ");
        String text = escape(item.text());
        if (section.key() == Brief.Key.EVIDENCE) {
            if (!item.facts().isEmpty()) out.append("[").append(item.facts().get(0)).append("] ");
        } else {
            out.append("**").append(brief.place(item.id()).orElseThrow()).append("** ");
            if (item.id().equals(Selection.FILTER)) text = code(item.text(), brief);
        }
        out.append(References.shared(text, brief.facts(), language, fewest));
        out.append(escape(Remarks.of(brief, section.key(), item, language, fewest)));
        if (item.source() != section.source() && !item.placeholder())
            out.append(bracketed(say(language, "source." + item.source().word()), language));
        out.append('\n');
        for (Quote quote : item.quotes()) {
            out.append("  > ").append(escape(quote.text().replaceAll("\\s+", " "))).append("\n\n");
        }
    }

    private static String bracketed(String word, Language language) {
        return language == Language.CHINESE ? "（" + word + "）" : " (" + word + ")";
    }

    /** The filter is to be copied as it is. */
    private static String code(String text, Brief brief) {
        String filter = brief.segmentRule().map(r -> Selection.plain(r.filter())).orElse("");
        int at = filter.isEmpty() || filter.contains("`") ? -1 : text.indexOf(filter);
        if (at < 0) return escape(text);
        return escape(text.substring(0, at))
                + "`"
                + filter
                + "`"
                + escape(text.substring(at + filter.length()));
    }

    /** Customers' words must not become markup; braces of references stay. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1").replaceAll("[\\r\\n]+", " ");
    }

    private static String say(Language language, String key, Object... arguments) {
        return Message.of("brief." + key, arguments).in(language);
    }
}

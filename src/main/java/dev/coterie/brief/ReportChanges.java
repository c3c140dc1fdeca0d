package dev.coterie.brief;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.segment.Succession;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed since an earlier run, as a section of the report.
 *
 * @param succession from the earlier run to the one that the report is of
 * @param before names of the earlier segments, by number
 */
public record ReportChanges(Succession succession, List<String> before) {
    public ReportChanges {
        before = List.copyOf(before);
        if (before.size() != succession.earlier()) {
            throw new IllegalArgumentException(
                    succession.earlier() + " segments, " + before.size() + " names");
        }
    }

    /**
     * @param after names of the report's own segments, by number
     */
    String section(List<String> after, Language language) {
        var out = new StringBuilder("<h2 id=\"changes\">");
        out.append(say(language, "title")).append("</h2>\n<p>");
        out.append(
                say(
                        language,
                        "customers",
                        "stayed",
                        count(succession.stayed(), language),
                        "moved",
                        count(succession.moved(), language),
                        "new",
                        count(succession.newCustomers(), language),
                        "gone",
                        count(succession.goneCustomers(), language)));
        out.append("</p>\n");
        List<String> sentences = sentences(after, language);
        if (!sentences.isEmpty()) {
            out.append("<ul>\n");
            for (String sentence : sentences) {
                out.append("<li>").append(Page.escape(sentence)).append("</li>\n");
            }
            out.append("</ul>\n");
        }
        table(out, after, language);
        return out.toString();
    }

    /** New, gone, split and merged segments in words. */
    private List<String> sentences(List<String> after, Language language) {
        var out = new ArrayList<String>();
        for (int j : succession.born()) {
            out.add(message(language, "born", "number", j + 1, "name", after.get(j)));
        }
        for (int i : succession.died()) {
            out.add(message(language, "died", "number", i + 1, "name", before.get(i)));
        }
        for (Succession.Regrouping split : succession.splits()) {
            out.add(
                    message(
                            language,
                            "split",
                            "name",
                            before.get(split.whole()),
                            "parts",
                            names(split.parts(), after, language)));
        }
        for (Succession.Regrouping merge : succession.merges()) {
            out.add(
                    message(
                            language,
                            "merged",
                            "name",
                            after.get(merge.whole()),
                            "parts",
                            names(merge.parts(), before, language)));
        }
        return out;
    }

    private static String names(List<Integer> parts, List<String> of, Language language) {
        return String.join(
                language == Language.CHINESE ? "、" : ", ", parts.stream().map(of::get).toList());
    }

    private void table(StringBuilder out, List<String> after, Language language) {
        out.append("<table><caption class=\"note\">").append(say(language, "table"));
        out.append("</caption><thead><tr><th scope=\"col\">").append(say(language, "from"));
        out.append("</th>");
        for (int j = 0; j < after.size(); j++) {
            out.append("<th scope=\"col\" class=\"num\" title=\"")
                    .append(Page.escape(after.get(j)))
                    .append("\">")
                    .append(Page.badge(j + 1))
                    .append("</th>");
        }
        out.append("<th scope=\"col\" class=\"num\">").append(say(language, "gone"));
        out.append("</th></tr></thead><tbody>\n");
        for (int i = 0; i < before.size(); i++) {
            out.append("<tr><td>").append(Page.badge(i + 1)).append(Page.escape(before.get(i)));
            out.append("</td>");
            for (int j = 0; j < after.size(); j++) {
                boolean same = succession.successor()[i] == j;
                cell(out, succession.flow()[i][j], same, language);
            }
            cell(out, succession.gone()[i], false, language);
            out.append("</tr>\n");
        }
        out.append("<tr><td>").append(say(language, "new")).append("</td>");
        for (long joined : succession.joined()) cell(out, joined, false, language);
        out.append("<td></td></tr>\n</tbody></table>\n");
    }

    private static void cell(StringBuilder out, long value, boolean same, Language language) {
        out.append("<td class=\"num\">").append(same ? "<b>" : "");
        out.append(Page.escape(count(value, language))).append(same ? "</b></td>" : "</td>");
    }

    /** A count of customers, withheld where it is small. */
    private static String count(long value, Language language) {
        return ReportWords.small(value, language);
    }

    private static String message(Language language, String key, Object... arguments) {
        return Message.of("brief.report.changes." + key, arguments).in(language);
    }

    private static String say(Language language, String key, Object... arguments) {
        return Page.escape(message(language, key, arguments));
    }
}

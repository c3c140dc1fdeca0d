package dev.coterie.brief;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A self-contained printable HTML page: one style block, no script, no outside reference. */
final class Page {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(f\\d{1,6})\\s*}}");
    private static final Pattern BOUND_APART =
            Pattern.compile("(?<=\\p{IsHan}) (<(?:a|span) class=\"fig\"[^>]*>)(?=\\p{IsHan})");
    private static final List<String> COLOURS =
            List.of(
                    "#3970B4", "#CF201F", "#AA54FE", "#679E6C", "#D26ED8", "#A06882", "#D322B0",
                    "#AC9226", "#F95F7B", "#379AEC", "#635F81", "#B33665", "#958BAE", "#7E5F0F",
                    "#817E54", "#7234F7", "#BC6B0B", "#A310CF", "#137144", "#776ED8");
    private static final String NEUTRAL = "#7A828C";

    private Page() {}

    static String of(String title, Language language, String body) {
        return of(title, language, body, "");
    }

    /**
     * @param foot of each printed page, before the page's number; empty: neither
     */
    static String of(String title, Language language, String body, String foot) {
        return "<!doctype html>\n<html lang=\""
                + language.tag()
                + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + escape(title)
                + "</title>\n<style>\n"
                + style()
                + printed(foot)
                + "</style>\n</head>\n<body>\n"
                + body
                + "</body>\n</html>\n";
    }

    private static String printed(String foot) {
        if (foot.isEmpty()) return "";
        // Nothing but letters and digits may reach a style sheet unescaped.
        var content = new StringBuilder();
        foot.codePoints()
                .forEach(
                        c -> {
                            if (Character.isLetterOrDigit(c) || c == ' ')
                                content.appendCodePoint(c);
                            else content.append(String.format("\\%06x", c));
                        });
        return "@page { @bottom-left { content: \""
                + content
                + "\"; } @bottom-right { content: counter(page) \" / \" counter(pages); } }\n";
    }

    /** Text for element content and quoted attributes; control and direction marks go. */
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                case '\'' -> out.append("&#39;");
                                default -> {
                                    boolean control = Character.isISOControl(c) && c != '\n';
                                    boolean direction =
                                            c >= 0x202A && c <= 0x202E
                                                    || c >= 0x2066 && c <= 0x2069;
                                    boolean tag = c >= 0xE0000 && c <= 0xE007F;
                                    boolean half = Character.getType(c) == Character.SURROGATE;
                                    if (!control && !direction && !tag && !half)
                                        out.appendCodePoint(c);
                                }
                            }
                        });
        return out.toString();
    }

    /** Escaped text with each figure as a link to its row among the evidence. */
    static String figures(
            String text, Map<String, Fact> facts, Language language, int fewest, boolean linked) {
        String marked =
                REFERENCE
                        .matcher(escape(text))
                        .replaceAll(
                                match -> {
                                    Fact fact = facts.get(match.group(1));
                                    String shown =
                                            fact == null
                                                    ? "–"
                                                    : escape(
                                                            Figures.shared(fact, language, fewest));
                                    String title =
                                            fact == null
                                                    ? ""
                                                    : escape(
                                                            fact.label().in(language)
                                                                    + " · "
                                                                    + fact.filter().in(language));
                                    String open =
                                            linked
                                                    ? "<a class=\"fig\" href=\"#"
                                                            + match.group(1)
                                                            + "\" title=\""
                                                            + title
                                                            + "\">"
                                                    : "<span class=\"fig\" title=\""
                                                            + title
                                                            + "\">";
                                    return java.util.regex.Matcher.quoteReplacement(
                                            open + shown + (linked ? "</a>" : "</span>"));
                                });
        // Digits stand apart from Chinese words; a bound, which begins with a word, does not.
        return BOUND_APART.matcher(marked).replaceAll("$1");
    }

    static String colour(int segment) {
        return segment >= 1 && segment <= COLOURS.size() ? COLOURS.get(segment - 1) : NEUTRAL;
    }

    /**
     * The number badge: an SVG, so that print keeps its colour and no style attribute is needed.
     */
    static String badge(int segment) {
        return "<svg class=\"badge\" viewBox=\"0 0 26 20\" width=\"26\" height=\"20\" aria-hidden=\"true\"><rect x=\"0\" y=\"2\" width=\"5\" height=\"16\" fill=\""
                + colour(segment)
                + "\"/><text x=\"15.5\" y=\"15\" text-anchor=\"middle\">"
                + segment
                + "</text></svg>";
    }

    private static String style() {
        try (var in = Page.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

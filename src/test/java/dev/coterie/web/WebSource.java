package dev.coterie.web;

import java.util.ArrayList;
import java.util.List;

/** One script of the page, taken apart far enough to check it: comments, strings, templates. */
final class WebSource {
    /** The text with comments blanked out, strings and templates kept; same length, same lines. */
    final String code;

    /**
     * Bodies of the {@code html} and {@code svg} templates, their expressions replaced by a mark.
     */
    final List<String> templates = new ArrayList<>();

    /** Contents of the quoted strings. */
    final List<String> strings = new ArrayList<>();

    /** Stands for an expression inside a template body. */
    static final char HOLE = '\u0001';

    private final String text;
    private final StringBuilder kept;
    private int at;

    WebSource(String text) {
        this.text = text;
        this.kept = new StringBuilder(text);
        code(false);
        this.code = kept.toString();
    }

    /** Reads code up to the end, or to the brace that closes a template's expression. */
    private void code(boolean inTemplate) {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at)) blank(text.indexOf('\n', at));
            else if (text.startsWith("/*", at)) blank(text.indexOf("*/", at) + 2);
            else if (c == '"' || c == '\'') string(c);
            else if (c == '`') template();
            else if (c == '/' && beginsRegex()) regex();
            else {
                if (c == '{') depth++;
                if (c == '}' && inTemplate && depth-- == 0) return;
                at++;
            }
        }
    }

    private void blank(int end) {
        int stop = end < 0 ? text.length() : end;
        for (int i = at; i < stop; i++) if (text.charAt(i) != '\n') kept.setCharAt(i, ' ');
        at = stop;
    }

    private void string(char quote) {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != quote)
            at += text.charAt(at) == '\\' ? 2 : 1;
        strings.add(text.substring(start, Math.min(at, text.length())));
        at++;
    }

    private void template() {
        boolean markup = text.startsWith("html", at - 4) || text.startsWith("svg", at - 3);
        var body = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '`') {
            if (text.startsWith("${", at)) {
                at += 2;
                code(true);
                body.append(HOLE);
            } else if (text.charAt(at) == '\\') {
                body.append(text, at, at + 2);
                at++;
            } else {
                body.append(text.charAt(at));
            }
            at++;
        }
        at++;
        if (markup) templates.add(body.toString());
    }

    /** A slash divides after a value and begins a pattern after anything else. */
    private boolean beginsRegex() {
        int before = at - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) before--;
        if (before < 0) return true;
        char c = text.charAt(before);
        return !(Character.isJavaIdentifierPart(c) || c == ')' || c == ']' || c == '"' || c == '`');
    }

    private void regex() {
        boolean inClass = false;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') at++;
            else if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '/' && !inClass) break;
            at++;
        }
        at++;
    }
}

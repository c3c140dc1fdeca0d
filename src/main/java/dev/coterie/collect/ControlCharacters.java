package dev.coterie.collect;

import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the characters that no cell may hold and that are taken out while reading: NUL, other
 * control characters except tab and line ends, byte order marks inside the text, and halves of
 * surrogate pairs. Not thread-safe.
 */
final class ControlCharacters {
    private final LineNumbers nulLines = new LineNumbers();
    private final LineNumbers otherLines = new LineNumbers();

    static boolean isUnwanted(char c) {
        return c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c == 0x7F || c == '\uFEFF';
    }

    void removed(char c, int line) {
        (c == 0 ? nulLines : otherLines).add(line);
    }

    /** The text without unwanted characters. */
    String clean(String text, int line) {
        int i = 0;
        while (i < text.length() && !isBadAt(text, i)) i++;
        if (i == text.length()) return text;
        var kept = new StringBuilder(text.length()).append(text, 0, i);
        for (; i < text.length(); i++) {
            if (isBadAt(text, i)) removed(text.charAt(i), line);
            else kept.append(text.charAt(i));
        }
        return kept.toString();
    }

    List<Notice> notices() {
        var notices = new ArrayList<Notice>();
        if (nulLines.any()) notices.add(notice("collect.nul_removed", nulLines));
        if (otherLines.any()) notices.add(notice("collect.controls_removed", otherLines));
        return notices;
    }

    private static Notice notice(String key, LineNumbers lines) {
        long count = lines.count();
        return Notice.warning(Message.of(key, "count", count, "lines", lines.message()), count);
    }

    private static boolean isBadAt(String text, int i) {
        char c = text.charAt(i);
        if (c < 0xD800 || c > 0xDFFF) return isUnwanted(c);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
}

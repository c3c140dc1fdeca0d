package dev.coterie.chat;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a segment's name in a text, in any case and as whole words: people give short names. */
final class SegmentName {
    /**
     * A letter that goes on a word; Chinese sets no spaces, so that any Han character may stand.
     */
    static final String LETTER = "[\\p{L}\\p{N}&&[^\\p{IsHan}]]";

    private SegmentName() {}

    /** The name as a part of a pattern that ignores case. */
    static String pattern(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String before = plain.matches("(?s)" + LETTER + ".*") ? "(?<!" + LETTER + ")" : "";
        String after = plain.matches("(?s).*" + LETTER) ? "(?!" + LETTER + ")" : "";
        return before + Pattern.quote(plain) + after;
    }

    /**
     * @param text in normalization form KC
     */
    static Matcher in(String name, String text) {
        int anyCase = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(pattern(name), anyCase).matcher(text);
    }
}

package dev.coterie.predict;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts a text into the words and pairs of words (1-2-grams) that count as features; in scripts
 * without spaces into runs of one to three characters. Nothing here is fitted.
 */
final class Grams {
    /** Beyond this many characters a text adds no words: one pasted book must not fill memory. */
    private static final int LONGEST_TEXT = 20_000;

    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_RUN = 3;

    private Grams() {}

    static void each(String text, Consumer<String> gram) {
        String lower =
                text.substring(0, Math.min(text.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        var word = new StringBuilder();
        List<String> run = new ArrayList<>();
        String previous = null;
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            i += Character.charCount(c);
            boolean unspaced = unspaced(c);
            if (!unspaced && belongsToWord(c, word)) {
                word.appendCodePoint(c);
                continue;
            }
            if (word.length() > 0) {
                flushRun(run, gram);
                previous = flushWord(word, previous, gram);
            }
            if (unspaced) {
                previous = null;
                run.add(Character.toString(c));
            } else {
                flushRun(run, gram);
            }
        }
        flushRun(run, gram);
        if (word.length() > 0) flushWord(word, previous, gram);
    }

    private static boolean belongsToWord(int c, StringBuilder word) {
        if (Character.isLetterOrDigit(c)) return true;
        // Marks continue a letter; an apostrophe joins "don't".
        int type = Character.getType(c);
        boolean mark =
                type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return word.length() > 0 && (mark || c == '\'' || c == '\u2019');
    }

    private static boolean unspaced(int c) {
        if (c < 0x0E00) return false;
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || script == UnicodeScript.THAI;
    }

    private static String flushWord(StringBuilder letters, String previous, Consumer<String> gram) {
        int end = letters.length();
        while (end > 0
                && (letters.charAt(end - 1) == '\'' || letters.charAt(end - 1) == '\u2019')) {
            end--;
        }
        String word = letters.substring(0, Math.min(end, LONGEST_WORD)).replace('\u2019', '\'');
        letters.setLength(0);
        gram.accept(word);
        if (previous != null) gram.accept(previous + ' ' + word);
        return word;
    }

    private static void flushRun(List<String> run, Consumer<String> gram) {
        for (int from = 0; from < run.size(); from++) {
            var characters = new StringBuilder();
            for (int to = from; to < Math.min(run.size(), from + LONGEST_RUN); to++) {
                gram.accept(characters.append(run.get(to)).toString());
            }
        }
        run.clear();
    }
}

package dev.coterie.proof;

import java.util.regex.Pattern;

/** Customers' words that a sentence repeats in quotation marks. */
public final class Passage {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}'’]+");
    private static final int FEW_WORDS = 3;
    private static final int FEW_LETTERS = 6;

    private Passage() {}

    /** True if a text holds the words, none of them cut; Chinese has no word borders. */
    public static boolean in(String text, String words) {
        if (words.isEmpty()) return false;
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            if (whole(text, at) && whole(text, at + words.length())) return true;
        }
        return false;
    }

    /** True if no word goes on across a place. */
    private static boolean whole(String text, int at) {
        if (at == 0 || at == text.length()) return true;
        int before = text.codePointBefore(at);
        int after = text.codePointAt(at);
        return !Character.isLetterOrDigit(before)
                || !Character.isLetterOrDigit(after)
                || han(before)
                || han(after);
    }

    /**
     * True from three words or six Han characters on. Fewer may be a term that somebody used: they
     * do not show what anybody said, and a number among them is not a customer's.
     */
    public static boolean telling(String words) {
        long letters = words.codePoints().filter(Character::isLetter).count();
        if (letters < FEW_LETTERS) return false;
        long characters = words.codePoints().filter(Passage::han).count();
        return characters >= FEW_LETTERS || WORD.matcher(words).results().count() >= FEW_WORDS;
    }

    private static boolean han(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}

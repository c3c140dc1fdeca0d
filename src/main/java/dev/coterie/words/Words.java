package dev.coterie.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts a text into words. English by letters, Chinese by Lucene's hidden Markov segmentation.
 * Thread-safe.
 */
public final class Words {
    private static final Pattern TOP_UP = Pattern.compile("(?i)\\btop(?:p?ed|ping)?[ -]?ups?\\b");

    /** Characters of "topping " before "up". */
    private static final int LONGEST_TOP = 8;

    private static final String JOINTS = "'’-";
    private static final String BREAKS = ".!?,;:()\"";
    private static final String SENTENCE_ENDS = ".!?\n";
    private static final Set<String> STOP = WordList.words("stopwords-en.txt");
    private static final Set<String> STOP_HAN = WordList.words("stopwords-zh.txt");
    private static final Set<String> WEAK = WordList.words("weak-en.txt");
    private static final Set<String> WEAK_HAN = WordList.words("weak-zh.txt");
    private static final Set<String> BRANDS = WordList.words("brands.txt");
    private static final Analyzer CHINESE =
            new Analyzer() {
                @Override
                protected TokenStreamComponents createComponents(String field) {
                    Tokenizer tokenizer = new HMMChineseTokenizer();
                    return new TokenStreamComponents(tokenizer);
                }
            };

    private static final int FIRST_HAN_BLOCK = 0x2E80;

    private Words() {}

    /** True if any character is Han. */
    public static boolean han(String text) {
        return text.codePoints().anyMatch(Words::han);
    }

    private static boolean han(int codePoint) {
        // No Han character is below this block, and most letters are: the look-up is slow.
        return codePoint >= FIRST_HAN_BLOCK
                && Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    /** True if a third or more of the letters are Han. */
    public static boolean chinese(String text) {
        int han = 0;
        int letters = 0;
        for (int i = 0; i < text.length() && letters < 400; i++) {
            char c = text.charAt(i);
            if (!letter(c)) continue;
            letters++;
            if (han(c)) han++;
        }
        return han > 0 && han * 3 >= letters;
    }

    /** Stop words and punctuation, which break phrases, come as empty strings. */
    public static List<String> of(String text) {
        return chinese(text) ? chineseWords(text) : englishWords(text);
    }

    private static List<String> englishWords(String original) {
        // The one phrasal verb of shops and banks whose parts mislead when taken alone.
        String text = mayTopUp(original) ? TOP_UP.matcher(original).replaceAll("top-up") : original;
        boolean shouting = text.equals(text.toUpperCase(Locale.ROOT));
        var out = new ArrayList<String>();
        boolean begins = true;
        boolean broken = false;
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            if (end == at) {
                char c = text.charAt(at++);
                broken |= BREAKS.indexOf(c) >= 0;
                begins |= SENTENCE_ENDS.indexOf(c) >= 0;
                continue;
            }
            if (broken) out.add("");
            String word = text.substring(at, end).replace('’', '\'');
            if (word.endsWith("'s")) word = word.substring(0, word.length() - 2);
            String lower = word.toLowerCase(Locale.ROOT);
            boolean stop = lower.length() < 3 || lower.contains("'") || STOP.contains(lower);
            out.add(stop ? "" : ownCase(word, lower, begins, shouting));
            begins = false;
            broken = false;
            at = end;
        }
        return out;
    }

    /** Few texts do, and a search by pattern takes as long as cutting the words. */
    private static boolean mayTopUp(String text) {
        for (int at = 3; at + 1 < text.length(); at++) {
            if ((text.charAt(at) | 0x20) != 'u' || (text.charAt(at + 1) | 0x20) != 'p') continue;
            String before = text.substring(Math.max(0, at - LONGEST_TOP), at);
            if (before.toLowerCase(Locale.ROOT).contains("top")) return true;
        }
        return false;
    }

    /** Where the letters from a place on end, with apostrophes and hyphens between letters. */
    private static int wordEnd(String text, int from) {
        int end = letters(text, from);
        while (end > from && end < text.length() && JOINTS.indexOf(text.charAt(end)) >= 0) {
            int further = letters(text, end + 1);
            if (further == end + 1) break;
            end = further;
        }
        return end;
    }

    /** Most letters are of English, and the look-up of others is slow. */
    private static boolean letter(int c) {
        return c < 128 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c);
    }

    private static int letters(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            if (!letter(letter)) break;
            at += Character.charCount(letter);
        }
        return at;
    }

    /** Acronyms and names inside a sentence keep their capitals. */
    private static String ownCase(String word, String lower, boolean begins, boolean shouting) {
        if (shouting) return lower;
        boolean acronym = word.length() <= 5 && word.equals(word.toUpperCase(Locale.ROOT));
        boolean name = !begins && word.equals(English.capital(lower));
        return acronym || name ? word : lower;
    }

    private static List<String> chineseWords(String text) {
        var out = new ArrayList<String>();
        try (var stream = CHINESE.tokenStream("", text.strip())) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                String word = term.toString().toLowerCase(Locale.ROOT);
                boolean letters = word.codePoints().allMatch(Character::isLetter);
                out.add(!letters || STOP_HAN.contains(word) ? "" : word);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    /** Words that tell little by themselves and never carry a name: nice, bought, 觉得. */
    public static boolean weak(String word) {
        if (han(word)) return WEAK_HAN.contains(word);
        String lower = word.toLowerCase(Locale.ROOT);
        return WEAK.contains(lower) || lower.endsWith("ly");
    }

    /** True for a brand or a shop: in no list, an English name is told by its capital. */
    public static boolean brand(String word) {
        for (String part : word.split("[ -]")) {
            if (BRANDS.contains(part.toLowerCase(Locale.ROOT))) return true;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return !han(word) && word.length() > 1 && word.equals(English.capital(lower));
    }
}

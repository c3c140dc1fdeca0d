package dev.coterie.describe;

import dev.coterie.words.Words;
import java.util.List;

/**
 * A word that members of a segment use more than others, by class-based TF-IDF.
 *
 * @param word as people write it
 * @param score c-TF-IDF weight, above 0
 * @param customers distinct customers of the segment who use it in any of its forms, in any text
 * @param lift share of the segment's writers who use it, divided by the share of the others
 * @param elsewhere distinct customers of the others who use it
 */
public record DistinctiveWord(
        String word, double score, long customers, double lift, long elsewhere) {
    /** True for a word that tells little by itself: nice, bought, 整整. */
    public boolean weak() {
        return Words.weak(word);
    }

    /**
     * True if a sentence uses the word as one: 整整 is not in 整整齐齐, nor <i>date</i> in <i>update</i>;
     * a plural counts.
     */
    public boolean in(String sentence) {
        if (!Words.han(word)) {
            for (int at = 0; at + word.length() <= sentence.length(); at++) {
                if (begins(sentence, at)) return true;
            }
            return false;
        }
        List<String> words = Words.of(sentence);
        for (int from = 0; from < words.size(); from++) {
            var joined = new StringBuilder();
            for (int i = from; i < words.size() && joined.length() < word.length(); i++) {
                if (words.get(i).isEmpty()) break;
                joined.append(words.get(i));
            }
            if (joined.toString().equalsIgnoreCase(word)) return true;
        }
        return false;
    }

    /** Looks at letters: a pattern for each word and sentence would take longer to make. */
    private boolean begins(String sentence, int at) {
        if (!sentence.regionMatches(true, at, word, 0, word.length())) return false;
        if (at > 0 && Character.isLetter(sentence.codePointBefore(at))) return false;
        int end = at + word.length();
        return ends(sentence, end)
                || sentence.regionMatches(true, end, "s", 0, 1) && ends(sentence, end + 1)
                || sentence.regionMatches(true, end, "es", 0, 2) && ends(sentence, end + 2);
    }

    private static boolean ends(String sentence, int at) {
        return at == sentence.length() || !Character.isLetter(sentence.codePointAt(at));
    }
}

package dev.coterie.describe;

import dev.coterie.words.Words;
import java.util.List;
import java.util.regex.Pattern;

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
            String letters = "(?iu)(?<!\\p{L})" + Pattern.quote(word) + "(?:e?s)?(?!\\p{L})";
            return Pattern.compile(letters).matcher(sentence).find();
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
}

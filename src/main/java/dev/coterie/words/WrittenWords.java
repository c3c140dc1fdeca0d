package dev.coterie.words;

import dev.coterie.prepare.CustomerText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The words of every text, cut once, since cutting is the costly part of reading texts. Each
 * distinct word has a number; 0 is a stop word or a break. Immutable.
 */
public final class WrittenWords {
    public static final int BREAK = 0;

    /** Texts whose words are held as strings at a time. */
    private static final int TOGETHER = 4096;

    private final List<CustomerText> texts;
    private final int[][] words;
    private final List<String> vocabulary;
    private final List<String> keys;
    private final boolean[] han;

    private WrittenWords(List<CustomerText> texts, int[][] words, List<String> vocabulary) {
        this.texts = texts;
        this.words = words;
        this.vocabulary = List.copyOf(vocabulary);
        this.han = new boolean[vocabulary.size()];
        var found = new ArrayList<String>();
        for (int w = 0; w < han.length; w++) {
            String word = vocabulary.get(w);
            han[w] = Words.han(word);
            found.add(han[w] || word.isEmpty() ? word : Stem.word(word));
        }
        this.keys = List.copyOf(found);
    }

    /** Cuts the texts into words, on all cores. */
    public static WrittenWords of(List<CustomerText> texts) {
        Map<String, Integer> numbers = new HashMap<>();
        var vocabulary = new ArrayList<String>();
        numbers.put("", BREAK);
        vocabulary.add("");
        int[][] words = new int[texts.size()][];
        for (int from = 0; from < words.length; from += TOGETHER) {
            List<List<String>> cut =
                    IntStream.range(from, Math.min(words.length, from + TOGETHER))
                            .parallel()
                            .mapToObj(i -> Words.of(texts.get(i).text()))
                            .toList();
            for (int i = 0; i < cut.size(); i++) {
                words[from + i] = numbered(cut.get(i), numbers, vocabulary);
            }
        }
        return new WrittenWords(texts, words, vocabulary);
    }

    private static int[] numbered(
            List<String> words, Map<String, Integer> numbers, List<String> vocabulary) {
        int[] numbered = new int[words.size()];
        for (int i = 0; i < numbered.length; i++) {
            String word = words.get(i);
            Integer known = numbers.putIfAbsent(word, vocabulary.size());
            numbered[i] = known == null ? vocabulary.size() : known;
            if (known == null) vocabulary.add(word);
        }
        return numbered;
    }

    /** The texts, in the order their words are asked for. */
    public List<CustomerText> texts() {
        return texts;
    }

    /** The words of a text in their order; not to be changed. */
    public int[] of(int text) {
        return words[text];
    }

    /** How many different words there are, the break among them. */
    int distinct() {
        return han.length;
    }

    String word(int number) {
        return vocabulary.get(number);
    }

    /** What forms of one word share: the stem of an English one, a Chinese one itself. */
    public String key(int number) {
        return keys.get(number);
    }

    boolean han(int number) {
        return han[number];
    }
}

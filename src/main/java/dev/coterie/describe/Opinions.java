package dev.coterie.describe;

import dev.coterie.prepare.CustomerText;
import dev.coterie.words.WordList;
import dev.coterie.words.Words;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether a review praises or finds fault, by the words of {@code opinions.txt}: what stands in for
 * ratings where nobody gave any. A word counts the other way after a negation.
 */
public final class Opinions {
    private static final Map<String, Boolean> PRAISE = new HashMap<>();
    private static final int LONGEST;
    private static final Set<String> NOT = Set.of("not", "no", "never", "without", "hardly");
    private static final List<String> NOT_HAN = List.of("不", "没", "没有", "不太", "不够", "不是");

    static {
        int longest = 0;
        for (String line : WordList.lines("opinions.txt")) {
            for (String word : line.substring(1).strip().split(" ")) {
                PRAISE.put(word, line.startsWith("+"));
                longest = Math.max(longest, word.length());
            }
        }
        LONGEST = longest;
    }

    private Opinions() {}

    /** True if texts are reviews that came without ratings, so that words are all there is. */
    static boolean only(List<CustomerText> texts) {
        return Topics.review(Quotes.column(texts))
                && texts.stream().allMatch(t -> Double.isNaN(t.rating()));
    }

    /** What to go by for how content the writer of each text is: its rating, or else its words. */
    static double[] scores(List<CustomerText> texts) {
        if (!only(texts)) return texts.stream().mapToDouble(CustomerText::rating).toArray();
        return texts.parallelStream().mapToDouble(t -> score(t.text())).toArray();
    }

    /** Praise less fault by their sum, -1..1; NaN where there is neither or as much of each. */
    public static double score(String text) {
        int[] found = Words.chinese(text) ? chinese(text) : english(text);
        double all = found[0] + found[1];
        return found[0] == found[1] ? Double.NaN : (found[0] - found[1]) / all;
    }

    /**
     * For each customer 1 if the texts find fault more than they praise, 0 if they praise more, NaN
     * where they do neither.
     */
    static double[] complaints(List<CustomerText> texts, int customers) {
        double[] scores = scores(texts);
        double[] sums = new double[customers];
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) sums[texts.get(i).customer()] += scores[i];
        }
        return Arrays.stream(sums).map(s -> s == 0 ? Double.NaN : s < 0 ? 1 : 0).toArray();
    }

    private static int[] chinese(String text) {
        int[] found = new int[2];
        for (int at = 0; at < text.length(); ) {
            int length = Math.min(LONGEST, text.length() - at);
            while (length > 0 && !PRAISE.containsKey(text.substring(at, at + length))) length--;
            if (length > 0) {
                String before = text.substring(Math.max(0, at - 2), at);
                boolean turned = NOT_HAN.stream().anyMatch(before::endsWith);
                found[PRAISE.get(text.substring(at, at + length)) != turned ? 0 : 1]++;
            }
            at += Math.max(1, length);
        }
        return found;
    }

    private static int[] english(String text) {
        int[] found = new int[2];
        String lower = text.toLowerCase(Locale.ROOT);
        String last = "";
        String beforeLast = "";
        for (int at = 0; at < lower.length(); ) {
            int end = at;
            while (end < lower.length() && ofWord(lower.codePointAt(end))) {
                end += Character.charCount(lower.codePointAt(end));
            }
            if (end == at) {
                at += Character.charCount(lower.codePointAt(at));
                continue;
            }
            String word = lower.substring(at, end);
            Boolean praise = PRAISE.get(word);
            if (praise != null) {
                found[praise != (negation(last) || negation(beforeLast)) ? 0 : 1]++;
            }
            beforeLast = last;
            last = word;
            at = end;
        }
        return found;
    }

    private static boolean ofWord(int c) {
        return Character.isLetter(c) || c == '\'' || c == '’';
    }

    private static boolean negation(String word) {
        return NOT.contains(word) || word.endsWith("n't") || word.endsWith("n’t");
    }
}

package dev.coterie.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What texts can be said to mention: single words, pairs of English words, and Chinese words joined
 * where the segmentation may have cut one. Forms of one word or phrase are one term. Not
 * thread-safe.
 */
public final class Terms {
    private final WrittenWords words;

    private final Map<String, Integer> byKey = new HashMap<>();

    /** Each way that a term is written: by its text, the term, and how often it was read. */
    private final Map<String, Integer> bySurface = new HashMap<>();

    private final List<String> surfaces = new ArrayList<>();
    private int[] termOf = new int[1024];
    private int[] uses = new int[1024];

    /** The way a single word, or two words in a row, are written; found without their letters. */
    private final int[] single;

    private final Map<Long, Integer> pairs = new HashMap<>();

    /** Words made of a known word and a single character, with the known word. */
    private final Map<Integer, Integer> halves = new HashMap<>();

    private int[] lastReader = new int[1024];
    private int reader = 1;
    private int[] used = new int[256];
    private int usedCount;
    private int counting = 1;
    private int[] commonest = {};

    public Terms(WrittenWords words) {
        this.words = words;
        this.single = new int[words.distinct()];
        Arrays.fill(single, -1);
    }

    /** The terms of a text count as used. */
    public void read(int text) {
        read(text, 1);
    }

    /** The same for a text that repeats another: how it writes a term is not counted again. */
    public void readCopy(int text) {
        read(text, 0);
    }

    private void read(int text, int times) {
        counting = times;
        int before = WrittenWords.BREAK;
        int earlier = WrittenWords.BREAK;
        for (int word : words.of(text)) {
            if (word != WrittenWords.BREAK) {
                boolean han = words.han(word);
                if (!han || words.word(word).length() > 1) use(single(word));
                if (before != WrittenWords.BREAK && before != word && han == words.han(before)) {
                    if (han) chinesePhrase(earlier, before, word);
                    else use(pair(before, word));
                }
            }
            earlier = before;
            before = word;
        }
    }

    /**
     * The segmentation knows no newer words and leaves them as single characters: two or three in a
     * row are tried as one word. A single character beside a longer word counts only if that word
     * hardly ever stands without it.
     */
    private void chinesePhrase(int earlier, int before, int word) {
        int first = words.word(before).length();
        int second = words.word(word).length();
        boolean characters = first == 1 && second == 1;
        if (characters || first > 1 && second > 1 && first + second <= 6) use(pair(before, word));
        if (first + second == 3) {
            int whole = pair(before, word);
            halves.put(termOf[whole], termOf[single(first == 2 ? before : word)]);
            use(whole);
        }
        if (characters && words.word(earlier).length() == 1 && words.han(earlier)) {
            String all = words.word(earlier) + words.word(before) + words.word(word);
            use(surface(all, all));
        }
    }

    private void use(int surface) {
        uses[surface] += counting;
        int term = termOf[surface];
        if (term >= lastReader.length) lastReader = Arrays.copyOf(lastReader, 2 * term);
        if (lastReader[term] == reader) return;
        lastReader[term] = reader;
        if (usedCount == used.length) used = Arrays.copyOf(used, 2 * usedCount);
        used[usedCount++] = term;
    }

    /** The distinct terms used since the last time this was asked. */
    public int[] takeUsed() {
        int[] taken = Arrays.copyOf(used, usedCount);
        usedCount = 0;
        reader++;
        return taken;
    }

    private int single(int word) {
        if (single[word] < 0) single[word] = surface(words.word(word), words.key(word));
        return single[word];
    }

    private int pair(int before, int word) {
        long both = (long) before << 32 | word;
        Integer known = pairs.get(both);
        if (known != null) return known;
        String between = words.han(word) ? "" : " ";
        int surface =
                surface(
                        words.word(before) + between + words.word(word),
                        words.key(before) + between + words.key(word));
        pairs.put(both, surface);
        return surface;
    }

    private int surface(String text, String key) {
        Integer known = bySurface.putIfAbsent(text, surfaces.size());
        if (known != null) return known;
        int number = surfaces.size();
        surfaces.add(text);
        if (number == uses.length) {
            uses = Arrays.copyOf(uses, 2 * number);
            termOf = Arrays.copyOf(termOf, 2 * number);
        }
        Integer term = byKey.putIfAbsent(key, byKey.size());
        termOf[number] = term == null ? byKey.size() - 1 : term;
        return number;
    }

    /** The term of something that was read, by one of the ways it is written. */
    public int of(String surface) {
        return termOf[bySurface.get(surface)];
    }

    /** The way a term is written most. */
    public String surface(int term) {
        if (commonest.length < byKey.size()) commonest = commonest();
        return surfaces.get(commonest[term]);
    }

    private int[] commonest() {
        int[] best = new int[byKey.size()];
        Arrays.fill(best, -1);
        for (int s = 0; s < surfaces.size(); s++) {
            int known = best[termOf[s]];
            boolean more = known < 0 || uses[s] > uses[known];
            boolean later =
                    known >= 0
                            && uses[s] == uses[known]
                            && surfaces.get(s).compareTo(surfaces.get(known)) > 0;
            if (more || later) best[termOf[s]] = s;
        }
        return best;
    }

    /** The known word within a term made of it and a single character, or -1. */
    public int inner(int term) {
        return halves.getOrDefault(term, -1);
    }
}

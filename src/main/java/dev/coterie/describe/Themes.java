package dev.coterie.describe;

import dev.coterie.prepare.CustomerText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Distinctive words by class-based TF-IDF over distinct customers: the share of a segment's writers
 * who use a word, times log(1 + average writers a segment / writers of the word).
 *
 * <p>A text that repeats an earlier one of another customer counts for nobody else, so copies
 * cannot make a theme.
 */
final class Themes {
    private static final int MOST_WORDS = 20;
    private static final int SHORT_TEXT = 4;
    private static final int FEWEST_RATED = 8;

    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, String> stems = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Map<String, Integer>> surfaces = new ArrayList<>();
    private final List<int[]> terms = new ArrayList<>();

    /** Words made of a known word and a single character, with the known word. */
    private final Map<Integer, Integer> halves = new HashMap<>();

    private final int[] labels;
    private final int k;
    private final int[] writers;
    private final boolean[] heldOut;
    private final int[] hiddenWriters;

    private Themes(int[] labels, int k, boolean[] heldOut) {
        this.labels = labels;
        this.heldOut = heldOut;
        this.k = k;
        this.writers = new int[k];
        this.hiddenWriters = new int[k];
    }

    /**
     * Themes of each cluster, most distinctive first.
     *
     * @param heldOut customers who have no say in what is distinctive; the figures count them
     */
    static List<List<Theme>> of(List<CustomerText> texts, int[] labels, int k, boolean[] heldOut) {
        var themes = new Themes(labels, k, heldOut);
        List<List<String>> words =
                IntStream.range(0, texts.size())
                        .parallel()
                        .mapToObj(i -> Words.of(texts.get(i).text()))
                        .toList();
        themes.read(texts, words);
        return themes.toned(texts, words, IntStream.range(0, k).mapToObj(themes::top).toList());
    }

    private final Map<Integer, int[]> counts = new HashMap<>();
    private final Map<Integer, int[]> hidden = new HashMap<>();

    private void read(List<CustomerText> texts, List<List<String>> words) {
        Set<List<String>> seen = new HashSet<>();
        int customer = -1;
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            int c = texts.get(i).customer();
            if (c != customer) {
                close(customer, used);
                customer = c;
            }
            List<String> content = words.get(i).stream().filter(w -> !w.isEmpty()).toList();
            if (content.size() >= SHORT_TEXT && !seen.add(content)) continue;
            collect(words.get(i), used);
        }
        close(customer, used);
    }

    private void close(int customer, Set<Integer> used) {
        if (customer < 0) return;
        int label = labels[customer];
        writers[label]++;
        if (heldOut[customer]) hiddenWriters[label]++;
        for (int term : used) {
            counts.computeIfAbsent(term, t -> new int[k])[label]++;
            if (heldOut[customer]) hidden.computeIfAbsent(term, t -> new int[k])[label]++;
        }
        used.clear();
    }

    private void collect(List<String> words, Set<Integer> used) {
        String before = "";
        String earlier = "";
        for (String word : words) {
            if (!word.isEmpty()) {
                boolean han = Words.han(word);
                if (!han || word.length() > 1) used.add(term(word, han ? word : stem(word)));
                if (!before.isEmpty() && !before.equals(word) && han == Words.han(before)) {
                    if (han) chinesePhrase(earlier, before, word, used);
                    else used.add(term(before + " " + word, stem(before) + " " + stem(word)));
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
    private void chinesePhrase(String earlier, String before, String word, Set<Integer> used) {
        boolean single = before.length() == 1 && word.length() == 1;
        boolean both =
                before.length() > 1 && word.length() > 1 && before.length() + word.length() <= 6;
        if (single || both) used.add(term(before + word, before + word));
        boolean half =
                before.length() == 2 && word.length() == 1
                        || before.length() == 1 && word.length() == 2;
        if (half) {
            int whole = term(before + word, before + word);
            String inner = before.length() == 2 ? before : word;
            halves.put(whole, term(inner, inner));
            used.add(whole);
        }
        if (single && earlier.length() == 1 && Words.han(earlier))
            used.add(term(earlier + before + word, earlier + before + word));
    }

    private String stem(String word) {
        return stems.computeIfAbsent(word, Stem::word);
    }

    private int term(String surface, String key) {
        Integer known = index.get(key);
        int id = known == null ? keys.size() : known;
        if (known == null) {
            index.put(key, id);
            keys.add(key);
            surfaces.add(new HashMap<>(2));
        }
        surfaces.get(id).merge(surface, 1, Integer::sum);
        return id;
    }

    /** The least customers behind a word: 11, or fewer where the segment itself is small. */
    static int fewest(int writers) {
        return writers >= 60 ? 11 : Math.max(2, (int) Math.ceil(writers * 0.18));
    }

    private static final int[] NOBODY = {};

    /** Whether a word is distinctive, from those who have a say. */
    private record Choice(int users, int writers, int otherUsers, int otherWriters, int k) {
        double share() {
            return (double) users / writers;
        }

        double elsewhere() {
            return otherWriters == 0 ? 0 : (double) otherUsers / otherWriters;
        }

        double score() {
            double average = (double) (writers + otherWriters) / Math.max(1, k);
            return share() * Math.log(1 + average / (users + otherUsers));
        }

        /** Cohen's h. */
        double strength() {
            return 2 * Math.asin(Math.sqrt(share())) - 2 * Math.asin(Math.sqrt(elsewhere()));
        }

        private double sureGap() {
            double most = otherWriters == 0 ? 0 : Comparison.wilson(elsewhere(), otherWriters)[1];
            return Comparison.wilson(share(), writers)[0] - most;
        }

        boolean clear() {
            return strength() >= 0.08 && (otherWriters == 0 || sureGap() > 0);
        }

        double confidence() {
            double gap = share() - elsewhere();
            return gap > 0 ? Math.max(0, sureGap() / gap) : 0;
        }
    }

    private List<Theme> top(int cluster) {
        int all = Arrays.stream(writers).sum();
        int here = writers[cluster];
        if (here == 0) return List.of();
        int seen = here - hiddenWriters[cluster];
        int seenElsewhere =
                all - here - Arrays.stream(hiddenWriters).sum() + hiddenWriters[cluster];
        var found = new ArrayList<Theme>();
        counts.forEach(
                (term, byCluster) -> {
                    int[] unseen = hidden.getOrDefault(term, NOBODY);
                    int hiddenHere = unseen.length == 0 ? 0 : unseen[cluster];
                    int users = byCluster[cluster] - hiddenHere;
                    if (users < fewest(seen)) return;
                    int total = Arrays.stream(byCluster).sum();
                    Integer inner = halves.get(term);
                    if (inner != null && total < 0.85 * Arrays.stream(counts.get(inner)).sum())
                        return;
                    int seenTotal = total - Arrays.stream(unseen).sum();
                    var choice = new Choice(users, seen, seenTotal - users, seenElsewhere, k);
                    if (k > 1 && !choice.clear()) return;
                    found.add(
                            new Theme(
                                    surface(term),
                                    byCluster[cluster],
                                    here,
                                    (double) byCluster[cluster] / here,
                                    all == here
                                            ? 0
                                            : (double) (total - byCluster[cluster]) / (all - here),
                                    all - here,
                                    choice.score(),
                                    choice.strength(),
                                    choice.confidence(),
                                    Double.NaN));
                });
        found.sort(Comparator.comparingDouble((Theme t) -> -t.score()).thenComparing(Theme::word));
        return distinct(found);
    }

    /** The same themes with how the texts that mention them are rated. */
    private List<List<Theme>> toned(
            List<CustomerText> texts, List<List<String>> words, List<List<Theme>> found) {
        double[] ratings =
                texts.stream()
                        .mapToDouble(CustomerText::rating)
                        .filter(r -> !Double.isNaN(r))
                        .toArray();
        double mean = Arrays.stream(ratings).average().orElse(Double.NaN);
        double variance = Arrays.stream(ratings).map(r -> (r - mean) * (r - mean)).sum();
        if (ratings.length < 2 || variance == 0) return found;
        double deviation = Math.sqrt(variance / (ratings.length - 1));
        var sums = new ArrayList<Map<Integer, double[]>>();
        for (List<Theme> own : found) {
            var of = new HashMap<Integer, double[]>();
            for (Theme t : own) of.put(index.get(key(t.word())), new double[2]);
            sums.add(of);
        }
        for (int i = 0; i < texts.size(); i++) {
            double rating = texts.get(i).rating();
            if (Double.isNaN(rating)) continue;
            var used = new HashSet<Integer>();
            collect(words.get(i), used);
            sums.get(labels[texts.get(i).customer()])
                    .forEach(
                            (term, sum) -> {
                                if (!used.contains(term)) return;
                                sum[0] += (rating - mean) / deviation;
                                sum[1]++;
                            });
        }
        var out = new ArrayList<List<Theme>>();
        for (int c = 0; c < found.size(); c++) {
            var own = sums.get(c);
            out.add(
                    found.get(c).stream()
                            .map(t -> t.toned(mean(own.get(index.get(key(t.word()))))))
                            .toList());
        }
        return out;
    }

    private static double mean(double[] sumAndCount) {
        return sumAndCount[1] < FEWEST_RATED ? Double.NaN : sumAndCount[0] / sumAndCount[1];
    }

    private String key(String surface) {
        if (Words.han(surface)) return surface;
        var key = new StringBuilder();
        for (String word : surface.split(" ")) {
            if (key.length() > 0) key.append(' ');
            key.append(stem(word));
        }
        return key.toString();
    }

    private String surface(int term) {
        return surfaces.get(term).entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    /** Of a phrase and a word within it only those are kept that people use apart. */
    private static List<Theme> distinct(List<Theme> sorted) {
        var kept = new ArrayList<Theme>();
        for (Theme theme : sorted) {
            List<Theme> inside =
                    kept.stream()
                            .filter(k -> k.word().length() < theme.word().length())
                            .filter(k -> contains(k.word(), theme.word()))
                            .filter(k -> theme.customers() >= 0.7 * k.customers())
                            .toList();
            boolean apart =
                    kept.stream()
                            .filter(k -> !inside.contains(k))
                            .filter(k -> contains(k.word(), theme.word()))
                            .allMatch(k -> standsApart(theme, k));
            if (!apart) {
                kept.removeAll(inside); // a fragment of a phrase that itself says nothing new
                continue;
            }
            if (inside.isEmpty()) {
                kept.add(theme);
            } else {
                kept.set(kept.indexOf(inside.get(0)), theme);
                kept.removeAll(inside);
            }
        }
        return kept.subList(0, Math.min(MOST_WORDS, kept.size()));
    }

    private static boolean standsApart(Theme theme, Theme other) {
        boolean longer = theme.word().length() > other.word().length();
        return longer
                ? theme.customers() >= 0.25 * other.customers()
                : theme.customers() >= 1.6 * other.customers();
    }

    private static boolean contains(String a, String b) {
        String x = Words.han(a) ? a : " " + Stem.phrase(a) + " ";
        String y = Words.han(b) ? b : " " + Stem.phrase(b) + " ";
        return x.contains(y) || y.contains(x);
    }
}

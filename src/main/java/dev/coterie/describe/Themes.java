package dev.coterie.describe;

import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Wilson;
import dev.coterie.segment.Segmentation;
import dev.coterie.words.Terms;
import dev.coterie.words.WrittenWords;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Distinctive words by class-based TF-IDF over distinct customers: the share of a group's writers
 * who use a word, times log(1 + average writers a segment / writers of the word).
 *
 * <p>The figures count every customer who uses a word in any text. The choice of words leaves out
 * those who are held out, and a text that repeats an earlier one speaks for nobody else in it, so
 * that copies cannot make a theme.
 */
public final class Themes {
    private static final int MOST_WORDS = 20;
    private static final int SHORT_TEXT = 4;
    private static final int FEWEST_RATED = 8;

    private final WrittenWords words;
    private final int[] labels;
    private final int k;
    private final IntPredicate heard;
    private final boolean[] heldOut;
    private final int[] writers;
    private final int[] hiddenWriters;

    private final Terms terms;

    /**
     * For each term its writers in each cluster, and those of them who have no say in its choice.
     */
    private final List<int[]> counts = new ArrayList<>();

    private final List<int[]> hidden = new ArrayList<>();

    /** For each term the last customer who used it in a text of their own, or -1. */
    private int[] lastAuthor = {};

    private Themes(WrittenWords words, int[] labels, int k, IntPredicate heard, boolean[] heldOut) {
        this.words = words;
        this.labels = labels;
        this.heard = heard;
        this.heldOut = heldOut;
        this.k = k;
        this.writers = new int[k];
        this.hiddenWriters = new int[k];
        this.terms = new Terms(words);
    }

    /**
     * Themes of each cluster, most distinctive first.
     *
     * @param heard customers whose texts are read at all
     * @param heldOut customers who have no say in what is distinctive; the figures count them
     */
    static List<List<Theme>> of(
            WrittenWords words, int[] labels, int k, IntPredicate heard, boolean[] heldOut) {
        return read(words, labels, k, heard, heldOut).of(Group.each(k));
    }

    /** The words of themes that are found among some customers, most distinctive first. */
    public static List<List<String>> words(
            WrittenWords words, Segmentation segmentation, IntPredicate heard) {
        int[] labels = segmentation.labels();
        return of(words, labels, segmentation.k(), heard, new boolean[labels.length]).stream()
                .map(themes -> themes.stream().map(Theme::word).toList())
                .toList();
    }

    /** Counts who uses which word, as the parameters of {@link #of} say. */
    static Themes read(
            WrittenWords words, int[] labels, int k, IntPredicate heard, boolean[] heldOut) {
        var themes = new Themes(words, labels, k, heard, heldOut);
        themes.read();
        return themes;
    }

    /** Themes of each group against everyone else, most distinctive first. */
    List<List<Theme>> of(List<Group> groups) {
        return toned(groups, groups.stream().map(this::top).toList());
    }

    /**
     * For each segment the share of its writers who use the word of a theme; NaN where nobody
     * writes.
     */
    double[] shares(String word) {
        int[] users = counts.get(terms.of(word));
        return IntStream.range(0, k)
                .mapToDouble(s -> writers[s] == 0 ? Double.NaN : (double) users[s] / writers[s])
                .toArray();
    }

    private void read() {
        Set<IntBuffer> seen = new HashSet<>();
        var copies = new ArrayList<Integer>();
        int customer = -1;
        for (int i = 0; i < words.texts().size(); i++) {
            int c = words.texts().get(i).customer();
            if (!heard.test(c)) continue;
            if (c != customer) {
                close(customer, copies);
                customer = c;
            }
            int[] content =
                    IntStream.of(words.of(i)).filter(w -> w != WrittenWords.BREAK).toArray();
            if (content.length >= SHORT_TEXT && !seen.add(IntBuffer.wrap(content))) copies.add(i);
            else terms.read(i);
        }
        close(customer, copies);
    }

    /**
     * Counts what a customer wrote of.
     *
     * @param copies texts that repeat earlier ones, not read yet; empty afterwards
     */
    private void close(int customer, List<Integer> copies) {
        if (customer < 0) return;
        int label = labels[customer];
        writers[label]++;
        if (heldOut[customer]) hiddenWriters[label]++;
        for (int term : terms.takeUsed()) {
            grow(term);
            lastAuthor[term] = customer;
            count(term, label, heldOut[customer]);
        }
        if (copies.isEmpty()) return;
        copies.forEach(terms::readCopy);
        copies.clear();
        for (int term : terms.takeUsed()) {
            grow(term);
            if (lastAuthor[term] != customer) count(term, label, true);
        }
    }

    private void grow(int term) {
        while (counts.size() <= term) {
            counts.add(new int[k]);
            hidden.add(NOBODY);
        }
        int known = lastAuthor.length;
        if (term < known) return;
        lastAuthor = Arrays.copyOf(lastAuthor, Math.max(1024, 2 * term));
        Arrays.fill(lastAuthor, known, lastAuthor.length, -1);
    }

    private void count(int term, int label, boolean unheard) {
        counts.get(term)[label]++;
        if (!unheard) return;
        if (hidden.get(term).length == 0) hidden.set(term, new int[k]);
        hidden.get(term)[label]++;
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
            double most = otherWriters == 0 ? 0 : Wilson.interval(elsewhere(), otherWriters)[1];
            return Wilson.interval(share(), writers)[0] - most;
        }

        /** The probability of such a difference if the words were dealt out by chance. */
        double chance() {
            return otherWriters == 0 ? 0 : Chance.exact(users, writers, otherUsers, otherWriters);
        }

        boolean clear() {
            return strength() >= 0.08 && (otherWriters == 0 || sureGap() > 0);
        }

        double confidence() {
            double gap = share() - elsewhere();
            return gap > 0 ? Math.max(0, sureGap() / gap) : 0;
        }
    }

    /** How many write in a group and elsewhere, and how many of them have a say. */
    private record Writers(Group group, int here, int all, int seen, int seenElsewhere) {}

    /** A word that members use, and how likely they would by chance; null unless it is clear. */
    private record Found(double chance, Phrase phrase) {}

    private List<Theme> top(Group group) {
        int all = sum(writers);
        int here = group.sum(writers);
        if (here == 0) return List.of();
        int unseenHere = group.sum(hiddenWriters);
        int seenElsewhere = all - here - sum(hiddenWriters) + unseenHere;
        var of = new Writers(group, here, all, here - unseenHere, seenElsewhere);
        var tried = new ArrayList<Found>();
        for (int term = 0; term < counts.size(); term++) {
            int users = users(term, group);
            if (users >= fewest(of.seen())) look(term, users, of).ifPresent(tried::add);
        }
        double limit = Chance.limit(tried.stream().mapToDouble(Found::chance).toArray());
        var found = new ArrayList<Phrase>();
        for (Found f : tried) if (f.phrase() != null && f.chance() <= limit) found.add(f.phrase());
        found.sort(
                Comparator.comparingDouble((Phrase p) -> -p.theme().score())
                        .thenComparing(p -> p.theme().word()));
        return Phrase.distinct(found).stream().limit(MOST_WORDS).map(Phrase::theme).toList();
    }

    /** Those of a group who use a term and have a say. */
    private int users(int term, Group group) {
        int[] unseen = hidden.get(term);
        return group.sum(counts.get(term)) - (unseen.length == 0 ? 0 : group.sum(unseen));
    }

    private Optional<Found> look(int term, int users, Writers of) {
        int using = of.group().sum(counts.get(term));
        int total = sum(counts.get(term));
        int seenTotal = total - sum(hidden.get(term));
        int inner = terms.inner(term);
        if (inner >= 0 && seenTotal < 0.85 * heard(inner)) return Optional.empty();
        var choice = new Choice(users, of.seen(), seenTotal - users, of.seenElsewhere(), k);
        double chance = choice.chance();
        if (k > 1 && !choice.clear()) return Optional.of(new Found(chance, null));
        int elsewhere = of.all() - of.here();
        var theme =
                new Theme(
                        terms.surface(term),
                        using,
                        of.here(),
                        (double) using / of.here(),
                        elsewhere == 0 ? 0 : (double) (total - using) / elsewhere,
                        elsewhere,
                        choice.score(),
                        choice.strength(),
                        choice.confidence(),
                        Double.NaN);
        return Optional.of(new Found(chance, Phrase.of(theme, users)));
    }

    /** A plain loop: there are as many terms as words, and a stream for each is slow to begin. */
    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) sum += count;
        return sum;
    }

    /** Those of all who use a term that have a say. */
    private int heard(int term) {
        return sum(counts.get(term)) - sum(hidden.get(term));
    }

    /** The same themes with how the texts that mention them are rated, or else worded. */
    private List<List<Theme>> toned(List<Group> groups, List<List<Theme>> found) {
        List<CustomerText> texts = words.texts();
        double[] scores = Opinions.scores(texts);
        double[] ratings =
                IntStream.range(0, scores.length)
                        .filter(i -> heard.test(texts.get(i).customer()))
                        .mapToDouble(i -> scores[i])
                        .filter(r -> !Double.isNaN(r))
                        .toArray();
        double mean = Arrays.stream(ratings).average().orElse(Double.NaN);
        double variance = Arrays.stream(ratings).map(r -> (r - mean) * (r - mean)).sum();
        if (ratings.length < 2 || variance == 0) return found;
        double deviation = Math.sqrt(variance / (ratings.length - 1));
        var sums = new ArrayList<Map<Integer, double[]>>();
        for (List<Theme> own : found) {
            var of = new HashMap<Integer, double[]>();
            for (Theme t : own) of.put(terms.of(t.word()), new double[2]);
            sums.add(of);
        }
        List<List<Map<Integer, double[]>>> bySegment = bySegment(groups, sums);
        for (int i = 0; i < texts.size(); i++) {
            double rating = scores[i];
            int customer = texts.get(i).customer();
            if (Double.isNaN(rating) || !heard.test(customer)) continue;
            List<Map<Integer, double[]>> own = bySegment.get(labels[customer]);
            terms.read(i);
            for (int term : terms.takeUsed()) {
                for (Map<Integer, double[]> of : own) {
                    double[] sum = of.get(term);
                    if (sum == null) continue;
                    sum[0] += (rating - mean) / deviation;
                    sum[1]++;
                }
            }
        }
        var out = new ArrayList<List<Theme>>();
        for (int g = 0; g < found.size(); g++) {
            var own = sums.get(g);
            out.add(
                    found.get(g).stream()
                            .map(t -> t.toned(mean(own.get(terms.of(t.word())))))
                            .toList());
        }
        return out;
    }

    /** For each segment what is summed of the groups that hold it. */
    private <T> List<List<T>> bySegment(List<Group> groups, List<T> sums) {
        return IntStream.range(0, k)
                .mapToObj(
                        s ->
                                IntStream.range(0, groups.size())
                                        .filter(g -> groups.get(g).holds(s))
                                        .mapToObj(sums::get)
                                        .toList())
                .toList();
    }

    private static double mean(double[] sumAndCount) {
        return sumAndCount[1] < FEWEST_RATED ? Double.NaN : sumAndCount[0] / sumAndCount[1];
    }
}

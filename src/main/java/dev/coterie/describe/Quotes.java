package dev.coterie.describe;

import com.ibm.icu.text.BreakIterator;
import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerText;
import dev.coterie.words.PersonalData;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import dev.coterie.words.WrittenWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Picks the customers' own words for each segment: typical ones near the middle of its texts, and
 * at least one that speaks against it. Texts with structured personal data are passed over.
 */
final class Quotes {
    static final int MOST_CHARACTERS = 240;
    private static final Pattern SENTENCE_END =
            Pattern.compile("[.!?]+[\"”')]*\\s+|[。！？]+[”」』]*|\\n+");
    private static final int CONSIDERED = 400;
    private static final int TYPICAL = 3;
    private static final int OPPOSING = 1;

    private final WrittenWords words;
    private final List<CustomerText> texts;
    private final Optional<Embeddings> embeddings;
    private final int[] labels;
    private final int k;
    private final boolean[] heldOut;
    private final double[] content;
    private final double everyone;

    /**
     * @param heldOut customers that are not quoted
     */
    Quotes(
            WrittenWords words,
            Optional<Embeddings> embeddings,
            int[] labels,
            int k,
            boolean[] heldOut) {
        this.heldOut = heldOut;
        this.words = words;
        this.texts = words.texts();
        this.embeddings = embeddings.filter(e -> e.rows() == texts.size());
        this.labels = labels;
        this.k = k;
        this.content = Opinions.scores(texts);
        this.everyone = content(IntStream.range(0, texts.size()).boxed().toList());
    }

    /** The quotes of each cluster: typical first, then opposing. */
    List<List<Quote>> choose(List<List<Theme>> themes) {
        double[] near = embeddings.isPresent() ? byMeaning(embeddings.get()) : byWords(themes);
        var byCluster = new ArrayList<List<Integer>>();
        for (int c = 0; c < k; c++) byCluster.add(new ArrayList<>());
        for (int i = 0; i < texts.size(); i++) {
            int customer = texts.get(i).customer();
            if (!heldOut[customer]) byCluster.get(labels[customer]).add(i);
        }
        var out = new ArrayList<List<Quote>>();
        for (int c = 0; c < k; c++) out.add(ofCluster(byCluster.get(c), near, themes.get(c)));
        return out;
    }

    private List<Quote> ofCluster(List<Integer> own, double[] near, List<Theme> themes) {
        var quotes = new ArrayList<Quote>();
        Set<Integer> customers = new HashSet<>();
        Set<String> heard = new HashSet<>();
        double mean =
                own.stream()
                        .mapToDouble(i -> texts.get(i).rating())
                        .filter(r -> !Double.isNaN(r))
                        .average()
                        .orElse(Double.NaN);
        best(own, i -> near[i] - dull(i, mean))
                .forEach(
                        i ->
                                take(
                                        i,
                                        Quote.Kind.TYPICAL,
                                        TYPICAL,
                                        quotes,
                                        customers,
                                        heard,
                                        themes));
        boolean low = content(own) < everyone;
        List<Integer> others = best(own, i -> contrary(i, mean, low) - near[i]).toList();
        Stream.concat(others.stream().filter(i -> contradicts(i, low)), others.stream())
                .forEach(
                        i ->
                                take(
                                        i,
                                        Quote.Kind.OPPOSING,
                                        TYPICAL + OPPOSING,
                                        quotes,
                                        customers,
                                        heard,
                                        themes));
        return quotes;
    }

    /** Mean of how content the writers of some texts are; NaN where nothing tells. */
    private double content(List<Integer> some) {
        return some.stream()
                .mapToDouble(i -> content[i])
                .filter(c -> !Double.isNaN(c))
                .average()
                .orElse(Double.NaN);
    }

    /** True for words that say the opposite of what the segment says, and say enough of it. */
    private boolean contradicts(int i, boolean low) {
        String words = cut(texts.get(i).text());
        double score = Opinions.score(words);
        return words.length() >= least(words) && (low ? score > 0 : score < 0);
    }

    /** The texts with the highest scores, each score computed once. */
    private static Stream<Integer> best(List<Integer> own, IntToDoubleFunction score) {
        record Scored(int text, double score) {}
        return own.stream()
                .map(i -> new Scored(i, score.applyAsDouble(i)))
                .sorted(
                        Comparator.comparingDouble((Scored s) -> -s.score())
                                .thenComparing(Scored::text))
                .limit(CONSIDERED)
                .map(Scored::text);
    }

    private void take(
            int i,
            Quote.Kind kind,
            int most,
            List<Quote> quotes,
            Set<Integer> customers,
            Set<String> heard,
            List<Theme> themes) {
        long ofKind = quotes.stream().filter(q -> q.kind() == kind).count();
        if (quotes.size() >= most || kind == Quote.Kind.OPPOSING && ofKind >= OPPOSING) return;
        CustomerText text = texts.get(i);
        if (customers.contains(text.customer()) || PersonalData.found(text.text())) return;
        String words = kind == Quote.Kind.TYPICAL ? excerpt(text.text(), themes) : cut(text.text());
        if (words.isBlank() || words.codePointCount(0, words.length()) < 4) return;
        String same = words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
        if (!heard.add(same.substring(0, Math.min(40, same.length())))) return;
        customers.add(text.customer());
        quotes.add(new Quote(words, text.customer(), i, kind));
    }

    /** What makes a text a poor example: too short, too long to read, or rated unlike the rest. */
    private double dull(int i, double mean) {
        int length = texts.get(i).text().length();
        int least = least(texts.get(i).text());
        double dull = length < least ? 0.06 * (least - length) / least : 0;
        if (length > 3 * MOST_CHARACTERS) dull += 0.03;
        double rating = texts.get(i).rating();
        if (!Double.isNaN(rating) && !Double.isNaN(mean)) dull += 0.01 * Math.abs(rating - mean);
        return dull;
    }

    /** Shorter texts tell little. */
    private static int least(String text) {
        return Words.chinese(text) ? 12 : 30;
    }

    /**
     * How far a text's rating is from the segment's mean, on the other side.
     *
     * @param low true if the segment is less content than everyone
     */
    private double contrary(int i, double mean, boolean low) {
        double rating = texts.get(i).rating();
        double distance = Double.isNaN(rating) || Double.isNaN(mean) ? 0 : rating - mean;
        return 0.15 * (low ? distance : -distance) - 3 * dull(i, Double.NaN);
    }

    /** Cosine to the own segment's centroid of texts, less a part of that to the best other. */
    private double[] byMeaning(Embeddings vectors) {
        int d = vectors.dimensions();
        var centroids = new float[k][d];
        for (int i = 0; i < texts.size(); i++) {
            float[] centroid = centroids[labels[texts.get(i).customer()]];
            for (int j = 0; j < d; j++) centroid[j] += vectors.get(i, j);
        }
        for (float[] centroid : centroids) {
            double norm = 0;
            for (float v : centroid) norm += v * v;
            if (norm == 0) continue;
            for (int j = 0; j < d; j++) centroid[j] /= (float) Math.sqrt(norm);
        }
        return IntStream.range(0, texts.size())
                .parallel()
                .mapToDouble(
                        i -> {
                            int own = labels[texts.get(i).customer()];
                            double mine = vectors.cosine(i, centroids[own]);
                            double other = 0;
                            for (int c = 0; c < k; c++) {
                                if (c != own)
                                    other = Math.max(other, vectors.cosine(i, centroids[c]));
                            }
                            return mine - 0.3 * other;
                        })
                .toArray();
    }

    /** Without vectors: how many of the segment's distinctive words a text holds for its length. */
    private double[] byWords(List<List<Theme>> themes) {
        var scores = new ArrayList<Map<String, Double>>();
        for (List<Theme> list : themes) {
            var score = new HashMap<String, Double>();
            for (Theme t : list)
                score.put(t.han() ? t.word() : Stem.phrase(t.word()), t.strength());
            scores.add(score);
        }
        return IntStream.range(0, texts.size())
                .parallel()
                .mapToDouble(
                        i -> {
                            var score = scores.get(labels[texts.get(i).customer()]);
                            int[] of = words.of(i);
                            double sum =
                                    IntStream.of(of)
                                            .distinct()
                                            .mapToDouble(w -> score.getOrDefault(words.key(w), 0.0))
                                            .sum();
                            return sum / Math.sqrt(8 + of.length);
                        })
                .toArray();
    }

    /** The sentences of a long text that hold the segment's words, as one unbroken part. */
    private static String excerpt(String text, List<Theme> themes) {
        String own = text.strip();
        if (own.length() <= MOST_CHARACTERS) return own;
        String best = "";
        int most = -1;
        for (int start : sentenceStarts(own)) {
            String part = cut(own.substring(start));
            String lower = part.toLowerCase(Locale.ROOT);
            int held =
                    (int)
                            themes.stream()
                                    .limit(8)
                                    .filter(t -> lower.contains(t.word().toLowerCase(Locale.ROOT)))
                                    .count();
            if (held > most && part.length() >= 30) {
                most = held;
                best = part;
            }
        }
        return best.isEmpty() ? cut(own) : best;
    }

    /** Writers of reviews begin sentences small, so a capital is not asked for. */
    private static List<Integer> sentenceStarts(String text) {
        var starts = new ArrayList<Integer>();
        starts.add(0);
        var matcher = SENTENCE_END.matcher(text);
        while (matcher.find()) if (matcher.end() < text.length()) starts.add(matcher.end());
        return starts;
    }

    /** The start of a text, cut after a sentence if one ends in time, else between words. */
    static String cut(String text) {
        String own = text.strip();
        if (own.length() <= MOST_CHARACTERS) return own;
        int end = 0;
        for (int start : sentenceStarts(own)) if (start <= MOST_CHARACTERS) end = start;
        if (end < MOST_CHARACTERS / 5)
            end = lastBreak(BreakIterator.getWordInstance(Locale.ROOT), own);
        if (end < MOST_CHARACTERS / 5)
            end = lastBreak(BreakIterator.getCharacterInstance(Locale.ROOT), own);
        return own.substring(0, end).strip();
    }

    private static int lastBreak(BreakIterator breaks, String text) {
        breaks.setText(text);
        int end = breaks.preceding(MOST_CHARACTERS + 1);
        return end == BreakIterator.DONE ? 0 : end;
    }

    /** The texts of one cluster, for those who must look at all of them. */
    static List<String> textsOf(List<CustomerText> texts, int[] labels, int cluster) {
        return texts.stream()
                .filter(t -> labels[t.customer()] == cluster)
                .map(CustomerText::text)
                .toList();
    }

    static String column(List<CustomerText> texts) {
        return texts.isEmpty()
                ? ""
                : String.join(" ", Arrays.asList(texts.get(0).table(), texts.get(0).column()));
    }
}

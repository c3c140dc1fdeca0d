package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Tries descriptions without a language model, on the tenth of the customers whose texts they have
 * not seen. A description is read as a theme, the mean vector of its embedded sentences, and as
 * predicates, the figures that it cites. A customer's score under it is the log-likelihood ratio of
 * its values as a member against as anyone else: normal for means and for the cosine to the theme,
 * Bernoulli for shares, each figure taken as independent of the others.
 *
 * <p>The intruder is that of Chang et al., Reading Tea Leaves, 2009, with customers for words.
 */
public final class NameCheck {
    private static final int GROUP = 4;
    private static final int INTRUSIONS = 400;
    private static final int FEWEST = 5;

    private final CustomerTable customers;
    private final Optional<Embeddings> embeddings;
    private final int[] labels;
    private final boolean[] heldOut;

    /**
     * @param embeddings one row per text of the customers, or empty
     * @param labels segment of each customer, 0..k-1
     */
    public NameCheck(CustomerTable customers, Optional<Embeddings> embeddings, int[] labels) {
        this.customers = customers;
        this.embeddings = embeddings.filter(e -> e.rows() == customers.texts().size());
        this.labels = labels.clone();
        this.heldOut = HeldOut.of(customers);
    }

    /** For each customer whether the check is made on it. */
    public boolean[] heldOut() {
        return heldOut.clone();
    }

    /**
     * The description with a score beside each name that could be tried.
     *
     * @param encode makes vectors of sentences with the encoder of the embeddings
     */
    public Description score(Description description, Function<List<String>, Embeddings> encode) {
        int k = description.segments().size();
        if (k < 2 || IntStream.range(0, heldOut.length).noneMatch(i -> heldOut[i])) {
            return description;
        }
        double[][] fit = fit(description, encode);
        var segments = new ArrayList<SegmentProfile>();
        for (SegmentProfile profile : description.segments()) {
            segments.add(profile.tried(score(profile.number() - 1, k, fit)));
        }
        return new Description(segments, description.facts(), description.textLanguage());
    }

    /**
     * k × customers: how well each customer fits each description, in nats. Words count only for
     * those who are held out.
     */
    double[][] fit(Description description, Function<List<String>, Embeddings> encode) {
        double[][] fit = new double[description.segments().size()][labels.length];
        Map<String, Attribute> attributes = new java.util.HashMap<>();
        for (Attribute a : Attributes.of(customers)) attributes.put(a.key(), a);
        var words = new WordUse(customers, heldOut);
        description.segments().parallelStream()
                .forEach(
                        profile -> {
                            double[] of = fit[profile.number() - 1];
                            for (Difference d : told(profile, description.textLanguage())) {
                                double[] values = values(d, words, attributes);
                                if (values.length > 0) add(of, values, d);
                            }
                        });
        embeddings.ifPresent(e -> themes(description, e, encode, fit));
        return fit;
    }

    private static double[] values(Difference d, WordUse words, Map<String, Attribute> attributes) {
        if (d.attribute().startsWith("word:")) return words.of(d.attribute().substring(5));
        Attribute known = attributes.get(d.attribute());
        return known == null ? new double[0] : known.values();
    }

    /** The differences whose figures the sentences cite. */
    private static List<Difference> told(SegmentProfile profile, String language) {
        Set<String> cited = new HashSet<>();
        for (String s : wording(profile, language).sentences()) cited.addAll(References.ids(s));
        return profile.differences().stream().filter(d -> cited.contains(d.segmentFact())).toList();
    }

    private static Wording wording(SegmentProfile profile, String textLanguage) {
        return profile.wording(textLanguage.equals("zh") ? Language.CHINESE : Language.ENGLISH);
    }

    private static void add(double[] fit, double[] values, Difference d) {
        if (d.kind() == Difference.Kind.SHARE) {
            double here = inside(d.segmentValue());
            double other = inside(d.otherValue());
            for (int i = 0; i < fit.length; i++) {
                if (Double.isNaN(values[i])) continue;
                fit[i] +=
                        values[i] > 0.5
                                ? Math.log(here / other)
                                : Math.log((1 - here) / (1 - other));
            }
            return;
        }
        normal(fit, values, d.segmentValue(), d.otherValue(), i -> true);
    }

    private static double inside(double share) {
        return Math.min(0.995, Math.max(0.005, share));
    }

    /** Adds the log-likelihood ratio of two normal distributions of equal variance. */
    private static void normal(
            double[] fit,
            double[] values,
            double here,
            double other,
            java.util.function.IntPredicate known) {
        double mean = (here + other) / 2;
        double sum = 0;
        long n = 0;
        double[] sorted =
                IntStream.range(0, values.length)
                        .filter(i -> known.test(i) && !Double.isNaN(values[i]))
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
        if (sorted.length == 0) return;
        double low = sorted[sorted.length / 100];
        double high = sorted[sorted.length - 1 - sorted.length / 100];
        for (double v : sorted) {
            double clipped = Math.max(low, Math.min(high, v));
            sum += (clipped - mean) * (clipped - mean);
            n++;
        }
        double variance = sum / n;
        if (variance == 0) return;
        for (int i = 0; i < fit.length; i++) {
            if (Double.isNaN(values[i])) continue;
            double clipped = Math.max(low, Math.min(high, values[i]));
            fit[i] += (here - other) * (clipped - mean) / variance;
        }
    }

    private void themes(
            Description description,
            Embeddings texts,
            Function<List<String>, Embeddings> encode,
            double[][] fit) {
        double[][] members = new MeanVectors(customers, texts).centred();
        var sentences = new ArrayList<String>();
        var of = new ArrayList<Integer>();
        for (SegmentProfile profile : description.segments()) {
            for (String sentence : spoken(profile, description.textLanguage())) {
                sentences.add(sentence);
                of.add(profile.number() - 1);
            }
        }
        double[][] themes = MeanVectors.centred(encode.apply(sentences), of, fit.length);
        IntStream.range(0, fit.length)
                .parallel()
                .forEach(s -> theme(members, themes[s], s, fit[s]));
    }

    private void theme(double[][] members, double[] theme, int segment, double[] fit) {
        double[] cosine = new double[labels.length];
        for (int i = 0; i < cosine.length; i++) {
            cosine[i] = members[i] == null ? Double.NaN : MeanVectors.dot(members[i], theme);
        }
        // Only members that the description has seen say how near a member usually is.
        double here = mean(cosine, segment, true);
        double other = mean(cosine, segment, false);
        if (!Double.isNaN(here) && !Double.isNaN(other)) {
            normal(fit, cosine, here, other, i -> !heldOut[i]);
        }
    }

    private double mean(double[] values, int segment, boolean member) {
        return IntStream.range(0, values.length)
                .filter(i -> !heldOut[i] && labels[i] == segment == member)
                .filter(i -> !Double.isNaN(values[i]))
                .mapToDouble(i -> values[i])
                .average()
                .orElse(Double.NaN);
    }

    /** The sentences without figures, and the words and quotes that stand beside them. */
    private static List<String> spoken(SegmentProfile profile, String language) {
        Wording wording = wording(profile, language);
        var out = new ArrayList<String>();
        out.add(wording.name());
        out.add(wording.who());
        for (String s : wording.sentences()) {
            if (s.contains("“")) out.add(References.REFERENCE.matcher(s).replaceAll(""));
        }
        profile.words().stream().limit(8).forEach(w -> out.add(w.word()));
        profile.quotes().stream()
                .filter(q -> q.kind() == Quote.Kind.TYPICAL)
                .forEach(q -> out.add(q.text()));
        return out;
    }

    private Optional<NameScore> score(int segment, int k, double[][] fit) {
        int[] own = held(i -> labels[i] == segment);
        if (own.length < FEWEST) return Optional.empty();
        double won = 0;
        int best = 0;
        int[] taken = new int[k];
        for (int i : own) {
            int beaten = 0;
            int nearest = segment;
            for (int o = 0; o < k; o++) {
                if (fit[o][i] > fit[nearest][i]) nearest = o;
                if (o == segment) continue;
                won += half(fit[segment][i], fit[o][i]) / (k - 1);
                if (fit[segment][i] > fit[o][i]) beaten++;
            }
            if (beaten == k - 1) best++;
            if (nearest != segment) taken[nearest]++;
        }
        return Optional.of(
                new NameScore(
                        won / own.length,
                        (double) best / own.length,
                        intruder(fit[segment], own, held(i -> labels[i] != segment), segment),
                        own.length,
                        IntStream.range(0, k)
                                .filter(o -> taken[o] > 0)
                                .boxed()
                                .max(Comparator.comparingInt((Integer o) -> taken[o]))
                                .map(o -> o + 1)));
    }

    private int[] held(java.util.function.IntPredicate which) {
        return IntStream.range(0, labels.length).filter(i -> heldOut[i] && which.test(i)).toArray();
    }

    private static double half(double a, double b) {
        return a > b ? 1 : a == b ? 0.5 : 0;
    }

    private static double intruder(double[] fit, int[] own, int[] others, int segment) {
        if (own.length < GROUP || others.length == 0) return Double.NaN;
        var random = new SplittableRandom(segment);
        int found = 0;
        for (int turn = 0; turn < INTRUSIONS; turn++) {
            double stranger = fit[others[random.nextInt(others.length)]];
            boolean lowest = true;
            int[] group = own.clone();
            for (int g = 0; g < GROUP; g++) {
                int swap = g + random.nextInt(group.length - g);
                int member = group[swap];
                group[swap] = group[g];
                group[g] = member;
                lowest &= fit[member] > stranger;
            }
            if (lowest) found++;
        }
        return (double) found / INTRUSIONS;
    }

    /** Which of the customers that are held out use a word in any text. */
    private static final class WordUse {
        private final int customers;
        private final List<CustomerText> texts;
        private final List<String> stems;

        WordUse(CustomerTable customers, boolean[] heldOut) {
            this.customers = customers.customers();
            this.texts = customers.texts().stream().filter(t -> heldOut[t.customer()]).toList();
            this.stems =
                    texts.parallelStream()
                            .map(t -> Words.chinese(t.text()) ? t.text() : stems(t.text()))
                            .toList();
        }

        private static String stems(String text) {
            var out = new StringBuilder(" ");
            for (String word : Words.of(text)) {
                out.append(word.isEmpty() ? "" : Stem.word(word)).append(' ');
            }
            return out.toString();
        }

        /** 1 or 0 for each customer, NaN for one without a text and for one not held out. */
        double[] of(String word) {
            double[] used = new double[customers];
            java.util.Arrays.fill(used, Double.NaN);
            String wanted = Words.han(word) ? word : " " + Stem.phrase(word) + " ";
            for (int t = 0; t < texts.size(); t++) {
                int c = texts.get(t).customer();
                if (Double.isNaN(used[c])) used[c] = 0;
                if (stems.get(t).contains(wanted)) used[c] = 1;
            }
            return used;
        }
    }
}

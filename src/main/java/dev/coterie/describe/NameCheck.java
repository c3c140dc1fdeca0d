package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.proof.References;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntPredicate;
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
     * The description with a score beside each name, or with why there is none.
     *
     * @param encode makes vectors of sentences with the encoder of the embeddings
     */
    public Description score(Description description, Function<List<String>, Embeddings> encode) {
        int k = description.segments().size();
        if (k < 2) return untried(description, Message.of("describe.untried.one_segment"));
        if (IntStream.range(0, heldOut.length).noneMatch(i -> heldOut[i])) {
            return untried(
                    description,
                    Message.of(
                            "describe.untried.few_customers", "least", HeldOut.FEWEST_CUSTOMERS));
        }
        double[][] fit = fit(description, encode);
        var segments = new ArrayList<SegmentProfile>();
        for (SegmentProfile profile : description.segments()) {
            segments.add(
                    score(profile.number() - 1, k, fit)
                            .map(profile::tried)
                            .orElseGet(
                                    () ->
                                            profile.untried(
                                                    Message.of(
                                                            "describe.untried.few_members",
                                                            "least",
                                                            FEWEST))));
        }
        return description.with(segments);
    }

    private static Description untried(Description description, Message reason) {
        return description.with(
                description.segments().stream().map(s -> s.untried(reason)).toList());
    }

    /**
     * k × customers: how well each customer fits each description, in nats. Words count only for
     * those who are held out.
     */
    double[][] fit(Description description, Function<List<String>, Embeddings> encode) {
        double[][] fit = new double[description.segments().size()][labels.length];
        var predicates = new Predicates(customers, heldOut);
        description.segments().parallelStream()
                .forEach(
                        profile -> {
                            for (Difference d : told(profile, description.textLanguage())) {
                                predicates.add(d, fit[profile.number() - 1]);
                            }
                        });
        embeddings.ifPresent(e -> themes(description, e, encode, fit));
        return fit;
    }

    /** The differences whose figures the sentences cite. */
    private static List<Difference> told(SegmentProfile profile, String language) {
        Set<String> cited = new HashSet<>();
        for (String s : wording(profile, language).sentences()) cited.addAll(References.ids(s));
        return profile.differences().stream().filter(d -> cited.contains(d.segmentFact())).toList();
    }

    /** The language whose wording is tried: that of most texts. */
    static Language language(String textLanguage) {
        return textLanguage.equals("zh") ? Language.CHINESE : Language.ENGLISH;
    }

    private static Wording wording(SegmentProfile profile, String textLanguage) {
        return profile.wording(language(textLanguage));
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
            Predicates.normal(fit, cosine, here, other, i -> !heldOut[i]);
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

    /**
     * Why members of a segment would be taken for others.
     *
     * @param sibling number of the segment they would be taken for; empty: no other in particular
     * @param alike facts that its sentences cite and that tell the two least, worst first
     * @param apart facts of the segment that tell the two best, best first
     */
    record Confusion(
            int number, Optional<Integer> sibling, List<String> alike, List<String> apart) {}

    /** A fact of a segment and how well it tells the members from the sibling's, in nats. */
    private record Separation(String fact, boolean told, double nats) {}

    /**
     * How a weak description could be told from the one it is mistaken for. Only customers that the
     * descriptions have seen speak, so that the next try stays blind.
     */
    Confusion confusion(Description description, int number) {
        SegmentProfile profile = description.segment(number).orElseThrow();
        Optional<Integer> sibling = profile.tried().flatMap(NameScore::confusedWith);
        boolean[] seen = new boolean[heldOut.length];
        for (int i = 0; i < seen.length; i++) seen[i] = !heldOut[i];
        var predicates = new Predicates(customers, seen);
        Set<String> told = new HashSet<>();
        told(profile, description.textLanguage()).forEach(d -> told.add(d.segmentFact()));
        List<Separation> all =
                profile.differences().stream()
                        .map(
                                d ->
                                        new Separation(
                                                d.segmentFact(),
                                                told.contains(d.segmentFact()),
                                                separation(predicates, d, number - 1, sibling)))
                        .sorted(Comparator.comparingDouble(Separation::nats))
                        .toList();
        List<String> apart =
                IntStream.iterate(all.size() - 1, i -> i >= 0, i -> i - 1)
                        .mapToObj(all::get)
                        .filter(s -> s.nats() > 0)
                        .map(Separation::fact)
                        .toList();
        List<String> alike = all.stream().filter(Separation::told).map(Separation::fact).toList();
        return new Confusion(number, sibling, alike, apart);
    }

    /** Mean log-likelihood ratio of the members less that of the sibling's, or of all others. */
    private double separation(
            Predicates predicates, Difference d, int own, Optional<Integer> sibling) {
        double[] ratio = new double[labels.length];
        predicates.add(d, ratio);
        double here = average(ratio, i -> labels[i] == own);
        double there =
                average(
                        ratio,
                        sibling.<IntPredicate>map(s -> i -> labels[i] == s - 1)
                                .orElse(i -> labels[i] != own));
        return here - there;
    }

    private double average(double[] values, IntPredicate which) {
        return IntStream.range(0, values.length)
                .filter(i -> !heldOut[i] && which.test(i))
                .mapToDouble(i -> values[i])
                .average()
                .orElse(0);
    }

    private int[] held(IntPredicate which) {
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
}

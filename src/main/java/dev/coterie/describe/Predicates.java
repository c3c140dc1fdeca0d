package dev.coterie.describe;

import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Reads a difference as a predicate on customers: the log-likelihood ratio of a customer's value as
 * a member against as anyone else, Bernoulli for shares, normal for means and, of the values'
 * ranks, for medians. Thread-safe.
 */
final class Predicates {
    private static final String WORD = "word:";

    private final Map<String, Attribute> attributes = new HashMap<>();
    private final WordUse words;

    /**
     * @param of for each customer whether words count for it
     */
    Predicates(CustomerTable customers, boolean[] of) {
        for (Attribute a : Attributes.of(customers)) attributes.put(a.key(), a);
        this.words = new WordUse(customers, of);
    }

    /**
     * Adds what a difference says of each customer, in nats; nothing where the value is missing.
     *
     * @param fit one sum per customer
     */
    void add(Difference d, double[] fit) {
        if (d.attribute().startsWith(WORD)) {
            add(fit, words.of(d.attribute().substring(WORD.length())), d);
        } else if (attributes.containsKey(d.attribute())) {
            add(fit, attributes.get(d.attribute()).values(), d);
        }
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
        if (d.kind() == Difference.Kind.MEDIAN) {
            ranked(fit, values, d);
            return;
        }
        normal(fit, values, d.segmentValue(), d.otherValue(), i -> true);
    }

    /** A median splits a group where the values' rank is that of the median: 0..1. */
    private static void ranked(double[] fit, double[] values, Difference d) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) return;
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Double.isNaN(values[i]) ? Double.NaN : rank(sorted, values[i]);
        }
        double here = rank(sorted, d.segmentValue());
        normal(fit, ranks, here, rank(sorted, d.otherValue()), i -> true);
    }

    /** The part of the values below one, and half of those equal to it. */
    private static double rank(double[] sorted, double value) {
        int below = first(sorted, v -> v >= value);
        int above = first(sorted, v -> v > value);
        return (below + above) / (2.0 * sorted.length);
    }

    private static int first(double[] sorted, DoublePredicate met) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (met.test(sorted[middle])) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private static double inside(double share) {
        return Math.min(0.995, Math.max(0.005, share));
    }

    /** Adds the log-likelihood ratio of two normal distributions of equal variance. */
    static void normal(
            double[] fit, double[] values, double here, double other, IntPredicate known) {
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

    /** Which of some customers use a word in any text. */
    private static final class WordUse {
        private final int customers;
        private final List<CustomerText> texts;
        private final List<String> stems;

        WordUse(CustomerTable customers, boolean[] of) {
            this.customers = customers.customers();
            this.texts = customers.texts().stream().filter(t -> of[t.customer()]).toList();
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

        /** 1 or 0 for each customer, NaN for one without a text and for the others. */
        double[] of(String word) {
            double[] used = new double[customers];
            Arrays.fill(used, Double.NaN);
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

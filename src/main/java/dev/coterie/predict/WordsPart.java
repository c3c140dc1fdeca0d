package dev.coterie.predict;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The vocabulary of one text column: TF-IDF of its grams with logarithmic term frequency, each row
 * of length 1.
 *
 * @param terms sorted by spelling
 * @param idf in the order of terms
 */
record WordsPart(String column, List<String> terms, double[] idf) {
    /** Length of a customer's word vector beside its other features. */
    static final double WEIGHT = 2;

    private static final int MOST_TERMS = 60_000;

    WordsPart {
        terms = List.copyOf(terms);
    }

    /** The place of a gram among the terms; negative if it is not one. */
    int place(String gram) {
        return Collections.binarySearch(terms, gram);
    }

    /**
     * @param rows the training rows; no other is looked at
     * @return empty if no gram is used by enough customers
     */
    static Optional<WordsPart> fit(String column, GramTable grams, int[] rows) {
        int[] customers = new int[grams.terms().size()];
        int writers = 0;
        for (int row : rows) {
            if (grams.ids()[row].length > 0) writers++;
            for (int id : grams.ids()[row]) customers[id]++;
        }
        List<String> spelled = grams.terms();
        int[] kept =
                IntStream.range(0, customers.length)
                        .filter(id -> customers[id] >= CustomerRows.LEAST_CUSTOMERS)
                        .boxed()
                        .sorted(
                                Comparator.comparing((Integer id) -> -customers[id])
                                        .thenComparing(spelled::get))
                        .limit(MOST_TERMS)
                        .sorted(Comparator.comparing(spelled::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
        if (kept.length == 0) return Optional.empty();
        double all = writers + 1.0;
        double[] idf =
                Arrays.stream(kept)
                        .mapToDouble(id -> Math.log(all / (customers[id] + 1.0)) + 1)
                        .toArray();
        var terms = Arrays.stream(kept).mapToObj(spelled::get).toList();
        return Optional.of(new WordsPart(column, terms, idf));
    }

    int width() {
        return terms.size();
    }

    /**
     * @param toPlace for each id of the grams its place among the terms, or negative
     */
    void write(GramTable grams, int[] toPlace, int row, int offset, Sink sink) {
        int[] ids = grams.ids()[row];
        int[] counts = grams.counts()[row];
        long[] found = new long[ids.length];
        int size = 0;
        for (int i = 0; i < ids.length; i++) {
            if (toPlace[ids[i]] >= 0) found[size++] = (long) toPlace[ids[i]] << 32 | counts[i];
        }
        Arrays.sort(found, 0, size);
        double[] values = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            values[i] = (1 + Math.log((int) found[i])) * idf[(int) (found[i] >>> 32)];
            squares += values[i] * values[i];
        }
        double factor = WEIGHT / Math.sqrt(squares);
        for (int i = 0; i < size; i++) {
            sink.put(offset + (int) (found[i] >>> 32), values[i] * factor);
        }
    }
}

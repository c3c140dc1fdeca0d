package dev.coterie.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often each customer used each gram in one text column.
 *
 * @param terms the grams by id; ids follow the rows they were first met in and mean nothing else
 * @param ids for each customer the ids of its grams, rising
 * @param counts for each customer how often, in the order of ids
 */
record GramTable(List<String> terms, int[][] ids, int[][] counts) {
    private static final int BUCKETS = 1 << 22;

    /**
     * @param texts for each customer its texts of the column
     * @param keep grams that fail it are not stored
     */
    static GramTable of(List<List<String>> texts, Predicate<String> keep) {
        Map<String, Integer> known = new HashMap<>();
        var terms = new ArrayList<String>();
        int[][] ids = new int[texts.size()][];
        int[][] counts = new int[texts.size()][];
        for (int row = 0; row < texts.size(); row++) {
            var grams = new ArrayList<Integer>();
            for (String text : texts.get(row)) {
                Grams.each(
                        text,
                        gram -> {
                            Integer id = known.get(gram);
                            if (id == null) {
                                if (!keep.test(gram)) return;
                                id = terms.size();
                                known.put(gram, id);
                                terms.add(gram);
                            }
                            grams.add(id);
                        });
            }
            count(grams.stream().mapToInt(Integer::intValue).sorted().toArray(), row, ids, counts);
        }
        return new GramTable(terms, ids, counts);
    }

    /**
     * Keeps the grams that can be in at least {@code least} customers' texts. This drops only what
     * no vocabulary could take, whatever rows it is fitted on, and so fits nothing; it spares the
     * memory of the many grams that are met once.
     */
    static Predicate<String> inAtLeast(int least, List<List<String>> texts) {
        byte[] customers = new byte[BUCKETS];
        int[] lastRow = new int[BUCKETS];
        for (int row = 0; row < texts.size(); row++) {
            int mark = row + 1;
            for (String text : texts.get(row)) {
                Grams.each(
                        text,
                        gram -> {
                            int bucket = bucket(gram);
                            if (lastRow[bucket] == mark) return;
                            lastRow[bucket] = mark;
                            if (customers[bucket] < least) customers[bucket]++;
                        });
            }
        }
        return gram -> customers[bucket(gram)] >= least;
    }

    private static int bucket(String gram) {
        int hash = gram.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 15) & BUCKETS - 1;
    }

    private static void count(int[] sorted, int row, int[][] ids, int[][] counts) {
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        }
        ids[row] = new int[distinct];
        counts[row] = new int[distinct];
        int at = -1;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) ids[row][++at] = sorted[i];
            counts[row][at]++;
        }
    }

    /** For each id the place of its gram in a vocabulary, or a negative number. */
    int[] places(WordsPart vocabulary) {
        int[] places = new int[terms.size()];
        Arrays.setAll(places, id -> vocabulary.place(terms.get(id)));
        return places;
    }
}

package dev.coterie.segment;

/**
 * How far two labellings of the same rows agree.
 *
 * <p>Shapes: labels int[n] with n at least 1, values from 0 on, which need not all occur.
 */
public final class Agreement {
    private Agreement() {}

    /**
     * Adjusted Rand index: 1 for the same partition, about 0 for independent ones.
     *
     * @see <a href="https://doi.org/10.1007/BF01908075">Hubert and Arabie, 1985</a>
     */
    public static double adjustedRand(int[] a, int[] b) {
        int rows = max(a) + 1;
        int columns = max(b) + 1;
        long[][] table = new long[rows][columns];
        long[] ofA = new long[rows];
        long[] ofB = new long[columns];
        for (int i = 0; i < a.length; i++) {
            table[a[i]][b[i]]++;
            ofA[a[i]]++;
            ofB[b[i]]++;
        }
        double both = 0;
        for (long[] row : table) for (long cell : row) both += pairs(cell);
        double inA = 0;
        for (long size : ofA) inA += pairs(size);
        double inB = 0;
        for (long size : ofB) inB += pairs(size);
        double expected = inA * inB / pairs(a.length);
        double most = (inA + inB) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    /**
     * Normalised mutual information with the arithmetic mean of the two entropies: 0 for
     * independent labellings, 1 for the same partition.
     *
     * @see <a href="https://jmlr.org/papers/v11/vinh10a.html">Vinh, Epps and Bailey, 2010</a>
     */
    public static double normalizedMutualInformation(int[] a, int[] b) {
        double[][] table = contingency(a, b);
        double[] ofA = new double[table.length];
        double[] ofB = new double[table[0].length];
        for (int x = 0; x < ofA.length; x++) {
            for (int y = 0; y < ofB.length; y++) {
                ofA[x] += table[x][y];
                ofB[y] += table[x][y];
            }
        }
        double n = a.length;
        double shared = 0;
        for (int x = 0; x < ofA.length; x++) {
            for (int y = 0; y < ofB.length; y++) {
                double cell = table[x][y];
                if (cell > 0) shared += cell / n * Math.log(cell * n / (ofA[x] * ofB[y]));
            }
        }
        double mean = (entropy(ofA, n) + entropy(ofB, n)) / 2;
        return mean == 0 ? 1 : shared / mean;
    }

    /**
     * Share of rows that agree once the clusters of the two labellings are paired one to one in the
     * best way; known as clustering accuracy.
     */
    public static double accuracy(int[] a, int[] b) {
        double[][] table = contingency(a, b);
        int[] partner = LinearAssignment.maximum(table);
        double agreed = 0;
        for (int x = 0; x < partner.length; x++) {
            if (partner[x] >= 0) agreed += table[x][partner[x]];
        }
        return agreed / a.length;
    }

    /**
     * For each cluster of the first labelling its best Jaccard similarity with a cluster of the
     * second.
     *
     * @see <a href="https://doi.org/10.1016/j.csda.2006.11.025">Hennig, cluster-wise assessment of
     *     cluster stability, 2007</a>
     */
    static double[] bestJaccard(int[] a, int[] b, int k) {
        int columns = max(b) + 1;
        long[][] table = new long[k][columns];
        long[] ofA = new long[k];
        long[] ofB = new long[columns];
        for (int i = 0; i < a.length; i++) {
            table[a[i]][b[i]]++;
            ofA[a[i]]++;
            ofB[b[i]]++;
        }
        double[] best = new double[k];
        for (int x = 0; x < k; x++) {
            for (int y = 0; y < columns; y++) {
                long union = ofA[x] + ofB[y] - table[x][y];
                if (union > 0) best[x] = Math.max(best[x], (double) table[x][y] / union);
            }
        }
        return best;
    }

    private static double[][] contingency(int[] a, int[] b) {
        double[][] table = new double[max(a) + 1][max(b) + 1];
        for (int i = 0; i < a.length; i++) table[a[i]][b[i]]++;
        return table;
    }

    private static double entropy(double[] sizes, double n) {
        double sum = 0;
        for (double size : sizes) if (size > 0) sum -= size / n * Math.log(size / n);
        return sum;
    }

    private static double pairs(long n) {
        return n * (n - 1) / 2.0;
    }

    private static int max(int[] labels) {
        int max = 0;
        for (int label : labels) max = Math.max(max, label);
        return max;
    }
}

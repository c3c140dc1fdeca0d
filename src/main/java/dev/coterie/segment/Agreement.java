package dev.coterie.segment;

/** How far two labellings of the same rows agree. */
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

    private static double pairs(long n) {
        return n * (n - 1) / 2.0;
    }

    private static int max(int[] labels) {
        int max = 0;
        for (int label : labels) max = Math.max(max, label);
        return max;
    }
}

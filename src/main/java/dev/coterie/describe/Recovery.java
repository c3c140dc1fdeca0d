package dev.coterie.describe;

import java.util.List;
import java.util.stream.IntStream;

/** Which withheld counts follow from known sums taken together, by linear algebra. */
final class Recovery {
    private static final double ZERO = 1e-9;

    private Recovery() {}

    /**
     * The first guarded count that is fully determined.
     *
     * @param sums sets of counts, as their indices, whose sum is known
     * @param withheld the counts that are not known
     * @param guarded those of them that must not follow
     * @return its index, or -1 if none follows
     */
    static int first(List<int[]> sums, boolean[] withheld, boolean[] guarded) {
        int[] unknown = IntStream.range(0, withheld.length).filter(i -> withheld[i]).toArray();
        int[] place = new int[withheld.length];
        for (int u = 0; u < unknown.length; u++) place[unknown[u]] = u;
        double[][] rows = new double[sums.size()][unknown.length];
        for (int s = 0; s < rows.length; s++) {
            for (int i : sums.get(s)) if (withheld[i]) rows[s][place[i]] = 1;
        }
        int rank = reduce(rows, unknown.length);
        for (int r = 0; r < rank; r++) {
            double[] row = rows[r];
            int[] held =
                    IntStream.range(0, row.length).filter(u -> Math.abs(row[u]) > ZERO).toArray();
            // A reduced row of one unknown says what it is.
            if (held.length == 1 && guarded[unknown[held[0]]]) return unknown[held[0]];
        }
        return -1;
    }

    /** Brings the rows to reduced echelon form by Gauss and Jordan; their rank. */
    private static int reduce(double[][] rows, int columns) {
        int rank = 0;
        for (int c = 0; c < columns && rank < rows.length; c++) {
            int pivot = rank;
            for (int r = rank; r < rows.length; r++) {
                if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) pivot = r;
            }
            if (Math.abs(rows[pivot][c]) < ZERO) continue;
            double[] top = rows[pivot];
            rows[pivot] = rows[rank];
            rows[rank] = top;
            double by = top[c];
            for (int j = c; j < columns; j++) top[j] /= by;
            for (int r = 0; r < rows.length; r++) {
                if (r == rank || Math.abs(rows[r][c]) < ZERO) continue;
                double times = rows[r][c];
                for (int j = c; j < columns; j++) rows[r][j] -= times * top[j];
            }
            rank++;
        }
        return rank;
    }
}

package dev.coterie.segment;

import dev.coterie.progress.Progress;
import dev.coterie.segment.NeighbourSearch.Neighbours;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Near rows without comparing with all: rows lie in cells around centres, and a query looks into
 * the cells of its nearest centres only (an inverted file). Up to two thousand rows there is one
 * cell, and the search is exact. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2010.57">Jégou, Douze and Schmid, 2011, section 4</a>
 */
final class CellSearch {
    private static final int ALL_IN_ONE = 2048;
    private static final int VISITED = 8;
    private static final int ROUNDS = 3;
    private static final int PIECE = 64;

    private final int d;
    private final NeighbourSearch centres;
    private final NeighbourSearch[] cells;

    /**
     * @param rows n×d, n ≥ 1, finite and at most 1e15 in size
     */
    CellSearch(float[] rows, int n, int d) {
        this.d = d;
        int count = n <= ALL_IN_ONE ? 1 : (int) Math.sqrt(n);
        float[] middles = new float[count * d];
        for (int c = 0; c < count; c++) {
            System.arraycopy(rows, (int) ((long) c * n / count) * d, middles, c * d, d);
        }
        int[] labels = new int[n];
        for (int round = 0; round < ROUNDS && count > 1; round++) {
            labels = labels(rows, n, middles, count);
            move(middles, rows, labels, count);
        }
        int[][] members = members(labels, count);
        int[] filled = IntStream.range(0, count).filter(c -> members[c].length > 0).toArray();
        float[] kept = new float[filled.length * d];
        this.cells = new NeighbourSearch[filled.length];
        for (int c = 0; c < filled.length; c++) {
            System.arraycopy(middles, filled[c] * d, kept, c * d, d);
            cells[c] = new NeighbourSearch(rows, d, members[filled[c]]);
        }
        this.centres = NeighbourSearch.over(kept, filled.length, d);
    }

    private int[] labels(float[] rows, int n, float[] middles, int count) {
        var nearest = Neighbours.none(n, 1);
        var search = NeighbourSearch.over(middles, count, d);
        IntStream.range(0, (n + PIECE - 1) / PIECE)
                .parallel()
                .forEach(
                        piece -> {
                            int from = piece * PIECE;
                            int to = Math.min(n, from + PIECE);
                            search.collect(rows, from, to, false, nearest);
                        });
        return nearest.rows();
    }

    /** Each centre becomes the mean of its rows; one without rows stays. */
    private void move(float[] middles, float[] rows, int[] labels, int count) {
        double[] sums = new double[count * d];
        int[] sizes = new int[count];
        for (int i = 0; i < labels.length; i++) {
            sizes[labels[i]]++;
            for (int j = 0; j < d; j++) sums[labels[i] * d + j] += rows[i * d + j];
        }
        for (int at = 0; at < sums.length; at++) {
            if (sizes[at / d] > 0) middles[at] = (float) (sums[at] / sizes[at / d]);
        }
    }

    private static int[][] members(int[] labels, int count) {
        int[][] members = new int[count][];
        int[] sizes = new int[count];
        for (int label : labels) sizes[label]++;
        Arrays.setAll(members, c -> new int[sizes[c]]);
        Arrays.fill(sizes, 0);
        for (int i = 0; i < labels.length; i++) members[labels[i]][sizes[labels[i]]++] = i;
        return members;
    }

    /**
     * @param queries m×d
     * @param k neighbours of each query; at least one is found, the rest as far as the visited
     *     cells hold them
     */
    Neighbours nearest(float[] queries, int m, int k, Progress progress) {
        var found = Neighbours.none(m, k);
        int visited = Math.min(VISITED, cells.length);
        var near = Neighbours.none(m, visited);
        IntStream.range(0, (m + PIECE - 1) / PIECE)
                .parallel()
                .forEach(
                        piece -> {
                            progress.checkCancelled();
                            int from = piece * PIECE;
                            int to = Math.min(m, from + PIECE);
                            centres.collect(queries, from, to, false, near);
                            for (int q = from; q < to; q++) {
                                for (int v = 0; v < visited; v++) {
                                    int cell = near.rows()[q * visited + v];
                                    cells[cell].collect(queries, q, q + 1, false, found);
                                }
                            }
                        });
        return found;
    }
}

package dev.coterie.segment;

import static dev.coterie.segment.DistanceKernel.DEPTH;
import static dev.coterie.segment.DistanceKernel.ROWS;

import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact nearest rows by squared Euclidean distance, by comparing each query with every row.
 *
 * <p>Rows stand side by side in blocks of 128, four dimensions to a tile, so that the inner loop
 * runs over rows without a reduction and the compiler vectorises it. Cost O(queries·n·d) on all
 * cores; the result does not depend on their number. Immutable and thread-safe.
 */
final class NeighbourSearch {
    /** Queries in one piece of work, which share each block while it is in the cache. */
    private static final int PIECE = 64;

    private final int[] names;
    private final int d;
    private final float[][][] blocks;

    /**
     * @param rows all rows, d values each, finite and at most 1e15 in size
     * @param names the rows that are searched, in ascending order
     */
    NeighbourSearch(float[] rows, int d, int[] names) {
        this.names = names;
        this.d = d;
        int tiles = (d + DEPTH - 1) / DEPTH;
        this.blocks = new float[(names.length + ROWS - 1) / ROWS][tiles][DEPTH * ROWS];
        for (int i = 0; i < names.length; i++) {
            for (int j = 0; j < d; j++) {
                float[] tile = blocks[i / ROWS][j / DEPTH];
                tile[j % DEPTH * ROWS + i % ROWS] = rows[names[i] * d + j];
            }
        }
    }

    /** A search of all n rows. */
    static NeighbourSearch over(float[] rows, int n, int d) {
        return new NeighbourSearch(rows, d, IntStream.range(0, n).toArray());
    }

    /**
     * The nearest rows of each of m queries.
     *
     * @param k neighbours of each
     * @param rows m×k row numbers, the nearest first
     * @param squares m×k squared distances; infinite where fewer than k rows were found
     */
    record Neighbours(int k, int[] rows, float[] squares) {
        static Neighbours none(int m, int k) {
            var none = new Neighbours(k, new int[m * k], new float[m * k]);
            Arrays.fill(none.squares, Float.POSITIVE_INFINITY);
            return none;
        }

        /** Puts a row where it belongs among the nearest; on a tie the earlier one stays ahead. */
        private void insert(int query, int row, float square) {
            int first = query * k;
            int at = first + k - 1;
            while (at > first && squares[at - 1] > square) {
                squares[at] = squares[at - 1];
                rows[at] = rows[at - 1];
                at--;
            }
            squares[at] = square;
            rows[at] = row;
        }
    }

    /**
     * The neighbours of the searched rows among themselves, none being its own neighbour.
     *
     * @param rows those that {@link #over} was given
     * @param k 1..n-1
     */
    Neighbours amongThemselves(float[] rows, int k, Progress progress) {
        int n = names.length;
        var found = Neighbours.none(n, k);
        IntStream.range(0, (n + PIECE - 1) / PIECE)
                .parallel()
                .forEach(
                        piece -> {
                            progress.checkCancelled();
                            int from = piece * PIECE;
                            collect(rows, from, Math.min(n, from + PIECE), true, found);
                        });
        return found;
    }

    /** Adds the searched rows to what some of the queries have found so far. */
    void collect(float[] queries, int from, int to, boolean themselves, Neighbours found) {
        float[] squares = new float[ROWS];
        float[][] padded = new float[to - from][(d + DEPTH - 1) / DEPTH * DEPTH];
        for (int q = from; q < to; q++) System.arraycopy(queries, q * d, padded[q - from], 0, d);
        for (int b = 0; b < blocks.length; b++) {
            int first = b * ROWS;
            int last = Math.min(names.length, first + ROWS);
            for (int q = from; q < to; q++) {
                Arrays.fill(squares, 0);
                for (int t = 0; t < blocks[b].length; t++) {
                    DistanceKernel.add(blocks[b][t], padded[q - from], t * DEPTH, squares);
                }
                int worst = (q + 1) * found.k - 1;
                for (int i = first; i < last; i++) {
                    if (squares[i - first] < found.squares[worst] && !(themselves && i == q)) {
                        found.insert(q, names[i], squares[i - first]);
                    }
                }
            }
        }
    }
}

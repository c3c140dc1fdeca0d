package dev.coterie.segment;

import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact nearest rows by squared Euclidean distance, by comparing each query with every row.
 *
 * <p>Rows are stored in blocks, dimension by dimension, so that the inner loop runs over the rows
 * of a block without a reduction and the compiler vectorises it. Cost O(queries·n·d) on all cores;
 * the result does not depend on their number. Immutable and thread-safe.
 */
final class NeighbourSearch {
    /** Most rows whose distances are computed together; of 64 dimensions they take 32 KB. */
    private static final int MOST_IN_BLOCK = 128;

    /** Queries in one piece of work, which share each block while it is in the cache. */
    private static final int PIECE = 64;

    private final int[] names;
    private final int d;
    private final int width;
    private final float[] blocks;

    /**
     * @param rows all rows, d values each, finite and at most 1e15 in size
     * @param names the rows that are searched, in ascending order
     */
    NeighbourSearch(float[] rows, int d, int[] names) {
        int count = Math.max(1, (names.length + MOST_IN_BLOCK - 1) / MOST_IN_BLOCK);
        this.names = names;
        this.d = d;
        this.width = (names.length + count - 1) / count;
        this.blocks = new float[count * width * d];
        for (int i = 0; i < names.length; i++) {
            int at = i / width * width * d + i % width;
            for (int j = 0; j < d; j++) blocks[at + j * width] = rows[names[i] * d + j];
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
        float[] squares = new float[width];
        for (int first = 0; first < names.length; first += width) {
            int last = Math.min(names.length, first + width);
            for (int q = from; q < to; q++) {
                distances(queries, q * d, first * d, squares);
                int worst = (q + 1) * found.k - 1;
                for (int i = first; i < last; i++) {
                    if (squares[i - first] < found.squares[worst] && !(themselves && i == q)) {
                        found.insert(q, names[i], squares[i - first]);
                    }
                }
            }
        }
    }

    /** Squared distances of one query to the rows of one block. */
    private void distances(float[] queries, int query, int block, float[] squares) {
        Arrays.fill(squares, 0);
        int j = 0;
        for (; j + 3 < d; j += 4) {
            float q0 = queries[query + j];
            float q1 = queries[query + j + 1];
            float q2 = queries[query + j + 2];
            float q3 = queries[query + j + 3];
            int at0 = block + j * width;
            int at1 = at0 + width;
            int at2 = at1 + width;
            int at3 = at2 + width;
            for (int b = 0; b < squares.length; b++) {
                float d0 = q0 - blocks[at0 + b];
                float d1 = q1 - blocks[at1 + b];
                float d2 = q2 - blocks[at2 + b];
                float d3 = q3 - blocks[at3 + b];
                squares[b] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
            }
        }
        for (; j < d; j++) {
            float q0 = queries[query + j];
            int at0 = block + j * width;
            for (int b = 0; b < squares.length; b++) {
                float d0 = q0 - blocks[at0 + b];
                squares[b] += d0 * d0;
            }
        }
    }
}

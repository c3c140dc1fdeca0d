package dev.coterie.segment;

import java.util.Arrays;

/**
 * Rows in single precision, laid out for the one loop that takes the time: 512 rows stand side by
 * side, dimension after dimension, three dimensions to an array.
 *
 * <p>The compiler turns a loop into vector instructions only if the places it reads and writes in
 * an array are constants apart; that is why a tile is an array of its own and has a fixed length.
 * Each value is computed by the same operations in the same order whatever its place in the block.
 *
 * @param values blocks × tiles of a block × (3·512)
 * @param norms length of each row after centring
 * @param centre what was subtracted from every row before rounding, so that rounding errors are
 *     relative to the spread of the data and not to its distance from the origin
 */
record Tiles(float[][][] values, float[] norms, double[] centre) {
    static final int ROWS = 512;

    /** Squares below this have lost digits, so that no relative bound holds. */
    static final float SMALLEST = 0x1p-110f;

    /** Dimensions in a tile. */
    static final int DEPTH = 3;

    private static final int CENTRE_ROWS = 1024;

    /** Tiles that stay in the first-level cache while all targets pass by. */
    private static final int GROUP = 3;

    static Tiles of(double[] rows, int n, int d, Pieces pieces) {
        double[] centre = centre(rows, n, d);
        var tiles = new Tiles(new float[(n + ROWS - 1) / ROWS][][], new float[n], centre);
        pieces.each(
                () -> null,
                (piece, nothing) -> {
                    for (int row = pieces.from(piece); row < pieces.to(piece); row++) {
                        int at = row % ROWS;
                        if (at == 0) tiles.values[row / ROWS] = block(d);
                        double norm = put(rows, row, centre, tiles.values[row / ROWS], at);
                        tiles.norms[row] = (float) Math.sqrt(norm);
                    }
                });
        return tiles;
    }

    /** The mean of some rows spread over all: any point in the middle of the data does. */
    private static double[] centre(double[] rows, int n, int d) {
        int step = Math.max(1, n / CENTRE_ROWS);
        double[] centre = new double[d];
        int count = 0;
        for (int row = 0; row < n; row += step, count++) {
            for (int j = 0; j < d; j++) centre[j] += rows[row * d + j];
        }
        for (int j = 0; j < d; j++) centre[j] /= count;
        return centre;
    }

    static float[][] block(int d) {
        return new float[(d + DEPTH - 1) / DEPTH][DEPTH * ROWS];
    }

    /** Writes one row into a block, and returns its squared length. */
    static double put(double[] rows, int row, double[] centre, float[][] block, int at) {
        int whole = centre.length / DEPTH;
        double n0 = 0;
        double n1 = 0;
        double n2 = 0;
        int from = row * centre.length;
        int j = 0;
        for (int tile = 0; tile < whole; tile++, j += DEPTH) {
            float[] values = block[tile];
            double v0 = rows[from + j] - centre[j];
            double v1 = rows[from + j + 1] - centre[j + 1];
            double v2 = rows[from + j + 2] - centre[j + 2];
            values[at] = (float) v0;
            values[at + ROWS] = (float) v1;
            values[at + 2 * ROWS] = (float) v2;
            n0 += v0 * v0; // three sums, since one would wait for itself at every step
            n1 += v1 * v1;
            n2 += v2 * v2;
        }
        for (int place = at; j < centre.length; j++, place += ROWS) {
            double value = rows[from + j] - centre[j];
            block[whole][place] = (float) value;
            n0 += value * value;
        }
        return n0 + n1 + n2;
    }

    /**
     * Points to compare rows with, k of them, in single precision and filled up to an even number.
     *
     * @param values (k rounded up to even) × (d rounded up to threes)
     * @param halves minus half the squared length of each; minus infinity for the filling
     * @param longest the greatest length
     */
    record Targets(float[][] values, float[] halves, double longest) {
        static Targets of(double[][] targets, double[] centre) {
            int d = centre.length;
            int k = targets.length + (targets.length & 1);
            var values = new float[k][(d + DEPTH - 1) / DEPTH * DEPTH];
            float[] halves = new float[k];
            Arrays.fill(halves, Float.NEGATIVE_INFINITY);
            double longest = 0;
            for (int c = 0; c < targets.length; c++) {
                double norm = 0;
                for (int j = 0; j < d; j++) {
                    double value = targets[c][j] - centre[j];
                    values[c][j] = (float) value;
                    norm += value * value;
                }
                halves[c] = (float) (-norm / 2);
                longest = Math.max(longest, Math.sqrt(norm));
            }
            return new Targets(values, halves, longest);
        }

        int pairs() {
            return halves.length / 2;
        }

        /**
         * What the squared distance of a row of the given length may be off by: the rounding of
         * both vectors and of d fused multiply-adds, each at most half a unit in the last place.
         *
         * @see <a href="https://doi.org/10.1137/1.9780898718027">Higham, Accuracy and Stability of
         *     Numerical Algorithms, section 3.1</a>
         */
        float error(float norm) {
            float reach = norm + reach();
            return unit() * reach * reach + SMALLEST;
        }

        float unit() {
            return (values[0].length + 10) * 0x1p-24f;
        }

        float reach() {
            return Math.nextUp((float) longest);
        }
    }

    /** x·c - ‖c‖²/2 for all rows of a block: pairs × (2·512), greatest where nearest. */
    static void scores(float[][] block, Targets targets, float[][] scores) {
        for (int pair = 0; pair < targets.pairs(); pair++) {
            Arrays.fill(scores[pair], 0, ROWS, targets.halves[2 * pair]);
            Arrays.fill(scores[pair], ROWS, 2 * ROWS, targets.halves[2 * pair + 1]);
        }
        for (int from = 0; from < block.length; from += GROUP) {
            int to = Math.min(block.length, from + GROUP);
            for (int pair = 0; pair < targets.pairs(); pair++) {
                float[] first = targets.values[2 * pair];
                float[] second = targets.values[2 * pair + 1];
                for (int tile = from; tile < to; tile++) {
                    ProductKernel.add(block[tile], first, second, tile * DEPTH, scores[pair]);
                }
            }
        }
    }
}

package dev.coterie.segment;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much each two neighbours belong together: a Gaussian around each row, as wide as its
 * neighbourhood needs, made symmetric and scaled to add up to 1.
 *
 * <p>Shape: a sparse symmetric n×n matrix; row i has the entries from {@code starts[i]} to {@code
 * starts[i + 1]}, in ascending order of {@code others}.
 *
 * @param starts n+1
 * @param others the neighbour of each entry
 * @param affinities of each entry, above 0
 * @see <a href="https://jmlr.org/papers/v9/vandermaaten08a.html">van der Maaten and Hinton, 2008,
 *     section 2</a>
 */
record NeighbourGraph(int[] starts, int[] others, double[] affinities) {
    private static final int WIDTH_STEPS = 40;
    private static final double ENTROPY_TOLERANCE = 1e-4;

    /**
     * @param perplexity effective number of neighbours of each row, 1 ≤ perplexity ≤ k
     */
    static NeighbourGraph of(NeighbourSearch.Neighbours neighbours, double perplexity) {
        int k = neighbours.k();
        int n = neighbours.rows().length / k;
        double[] conditional = new double[n * k];
        double entropy = StrictMath.log(perplexity);
        IntStream.range(0, n)
                .parallel()
                .forEach(i -> conditional(neighbours.squares(), i * k, k, entropy, conditional));
        return symmetric(neighbours.rows(), n, k, conditional);
    }

    /**
     * The chance that a row picks each of its neighbours. The width is found by bisection on the
     * entropy; StrictMath, since the layout magnifies a difference in the last bit between
     * processors.
     */
    private static void conditional(
            float[] squares, int from, int k, double entropy, double[] into) {
        double nearest = squares[from];
        double mean = 0;
        for (int j = 0; j < k; j++) mean += (squares[from + j] - nearest) / k;
        if (mean <= 0) {
            Arrays.fill(into, from, from + k, 1.0 / k);
            return;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta = 1 / mean;
        for (int step = 0; step < WIDTH_STEPS; step++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < k; j++) {
                double behind = squares[from + j] - nearest;
                double p = StrictMath.exp(-beta * behind);
                into[from + j] = p;
                sum += p;
                weighted += p * behind;
            }
            for (int j = 0; j < k; j++) into[from + j] /= sum;
            double excess = StrictMath.log(sum) + beta * weighted / sum - entropy;
            if (Math.abs(excess) < ENTROPY_TOLERANCE) return;
            if (excess > 0) low = beta;
            else high = beta;
            beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
        }
    }

    /** The mean of both directions, over n; entries sorted by neighbour. */
    private static NeighbourGraph symmetric(int[] rows, int n, int k, double[] conditional) {
        int[] starts = new int[n + 1];
        for (int i = 0; i < n; i++) starts[i + 1] += k;
        for (int row : rows) starts[row + 1]++;
        for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
        int[] filled = Arrays.copyOf(starts, n);
        long[] keys = new long[2 * n * k];
        for (int i = 0; i < n; i++) {
            for (int e = i * k; e < (i + 1) * k; e++) {
                keys[filled[i]++] = (long) rows[e] << 32 | e;
                keys[filled[rows[e]]++] = (long) i << 32 | e;
            }
        }
        IntStream.range(0, n).parallel().forEach(i -> Arrays.sort(keys, starts[i], starts[i + 1]));
        return merged(starts, keys, conditional, n);
    }

    /** Joins the two entries of rows that picked each other. */
    private static NeighbourGraph merged(int[] from, long[] keys, double[] conditional, int n) {
        int[] starts = new int[n + 1];
        int[] others = new int[keys.length];
        double[] affinities = new double[keys.length];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int e = from[i]; e < from[i + 1]; e++) {
                int other = (int) (keys[e] >>> 32);
                double half = conditional[(int) keys[e]] / (2.0 * n);
                if (at > starts[i] && others[at - 1] == other) {
                    affinities[at - 1] += half;
                } else if (half > 0) {
                    others[at] = other;
                    affinities[at++] = half;
                }
            }
            starts[i + 1] = at;
        }
        return new NeighbourGraph(starts, Arrays.copyOf(others, at), Arrays.copyOf(affinities, at));
    }

    int rows() {
        return starts.length - 1;
    }
}

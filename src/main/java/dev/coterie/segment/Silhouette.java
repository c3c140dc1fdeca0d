package dev.coterie.segment;

import java.util.stream.IntStream;

/**
 * Mean silhouette of a sample, from one matrix of distances that serves every labelling.
 *
 * @see <a href="https://doi.org/10.1016/0377-0427(87)90125-7">Rousseeuw, 1987</a>
 */
final class Silhouette {
    /** Rows whose distances are computed together. */
    private static final int STRIPE = 64;

    private final int n;
    private final float[][] distances;

    /** Cost O(n²·d) once, then O(n²) a labelling: keep the sample at a few thousand rows. */
    Silhouette(Points sample) {
        this.n = sample.n();
        this.distances = new float[n][];
        IntStream.range(0, (n + STRIPE - 1) / STRIPE)
                .parallel()
                .forEach(stripe -> measure(sample, stripe * STRIPE));
    }

    private void measure(Points sample, int from) {
        int rows = Math.min(STRIPE, n - from);
        var others = new double[rows][];
        for (int i = 0; i < rows; i++) others[i] = sample.row(from + i);
        float[][] squares = sample.squaredDistances(others);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < n; j++) squares[i][j] = (float) Math.sqrt(squares[i][j]);
            distances[from + i] = squares[i];
        }
    }

    /**
     * @param labels cluster of each row of the sample, 0..k-1
     * @return -1..1; rows alone in their cluster count as 0
     */
    double mean(int[] labels, int k) {
        int[] sizes = new int[k];
        for (int label : labels) sizes[label]++;
        float[][] sums = new float[k][n];
        for (int j = 0; j < n; j++) add(distances[j], sums[labels[j]]);
        double total = 0;
        for (int i = 0; i < n; i++) {
            int label = labels[i];
            if (sizes[label] < 2) continue;
            double own = sums[label][i] / (sizes[label] - 1);
            double other = Double.POSITIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                if (c != label && sizes[c] > 0) other = Math.min(other, sums[c][i] / sizes[c]);
            }
            if (Double.isInfinite(other)) continue;
            double larger = Math.max(own, other);
            if (larger > 0) total += (other - own) / larger;
        }
        return total / n;
    }

    /** The matrix is symmetric, so one row's distances serve all rows at once. */
    private static void add(float[] distances, float[] sums) {
        for (int i = 0; i < sums.length; i++) sums[i] += distances[i];
    }
}

package dev.coterie.segment;

/**
 * Mean silhouette of a sample, from one matrix of distances that serves every labelling.
 *
 * @see <a href="https://doi.org/10.1016/0377-0427(87)90125-7">Rousseeuw, 1987</a>
 */
final class Silhouette {
    private final int n;
    private final float[] distances;

    /** Cost O(n²·d) once, then O(n²) a labelling: keep the sample at a few thousand rows. */
    Silhouette(Points sample) {
        this.n = sample.n();
        this.distances = new float[n * n];
        java.util.stream.IntStream.range(0, n)
                .parallel()
                .forEach(
                        i -> {
                            for (int j = 0; j < n; j++) {
                                distances[i * n + j] =
                                        (float) Math.sqrt(sample.squaredDistance(i, j));
                            }
                        });
    }

    /**
     * @param labels cluster of each row of the sample, 0..k-1
     * @return -1..1; rows alone in their cluster count as 0
     */
    double mean(int[] labels, int k) {
        int[] sizes = new int[k];
        for (int label : labels) sizes[label]++;
        double total = 0;
        double[] sums = new double[k];
        for (int i = 0; i < n; i++) {
            if (sizes[labels[i]] < 2) continue;
            java.util.Arrays.fill(sums, 0);
            for (int j = 0; j < n; j++) sums[labels[j]] += distances[i * n + j];
            double own = sums[labels[i]] / (sizes[labels[i]] - 1);
            double other = Double.POSITIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                if (c != labels[i] && sizes[c] > 0) other = Math.min(other, sums[c] / sizes[c]);
            }
            if (Double.isInfinite(other)) continue;
            double larger = Math.max(own, other);
            if (larger > 0) total += (other - own) / larger;
        }
        return total / n;
    }
}

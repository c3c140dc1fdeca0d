package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Dense regions with sparse space between them, as HDBSCAN* finds them on a sample of the rows.
 *
 * <p>Two rows are as far apart as their distance and both their core distances demand: the mutual
 * reachability distance. A row belongs to a cluster if it is no farther from the nearest member
 * than members are from each other; else it is an outlier and counted with the cluster that it is
 * the least too far from. So the sample's own rows get what HDBSCAN* gave them, all other rows by
 * the same rule. Immutable and thread-safe.
 *
 * <p>Shapes: {@code rows}, {@code cluster} and {@code core} have one value per row of the sample;
 * {@code radius} one per cluster, above 0. Reading costs O(s·d) per row for a sample of s.
 *
 * @param rows of the features that the model was fitted on, ascending
 * @param cluster 0..k-1, or -1 for a row outside of all
 * @param core distance to the row's {@code neighbours}-th nearest in the sample, itself included
 * @param radius the largest mutual reachability distance of a member to its nearest fellow member
 * @see <a href="https://doi.org/10.1145/2733381">Campello, Moulavi, Zimek and Sander, hierarchical
 *     density estimates for data clustering, visualization, and outlier detection, 2015</a>
 */
public record DensityModel(
        int[] rows, int[] cluster, double[] core, double[] radius, int neighbours)
        implements ClusterModel {
    /** Keeps the division sound where all members of a cluster are the same. */
    private static final double LEAST_RADIUS = 1e-9;

    /**
     * @param points all rows
     * @param rows the sample, ascending
     * @param cluster 0..k-1 for each row of the sample, -1 for noise; each has two members or more
     */
    static DensityModel fit(Points points, int[] rows, int[] cluster, int neighbours) {
        var sample = points.select(rows);
        int n = rows.length;
        double[] core = new double[n];
        double[] nearest = new double[n];
        IntStream.range(0, n)
                .parallel()
                .forEach(i -> core[i] = new Nearest(sample, neighbours).core(sample.row(i)));
        IntStream.range(0, n)
                .parallel()
                .filter(i -> cluster[i] >= 0)
                .forEach(i -> nearest[i] = toNearestFellow(sample, cluster, core, i));
        double[] radius = new double[Arrays.stream(cluster).max().orElseThrow() + 1];
        Arrays.fill(radius, LEAST_RADIUS);
        for (int i = 0; i < n; i++) {
            if (cluster[i] >= 0) radius[cluster[i]] = Math.max(radius[cluster[i]], nearest[i]);
        }
        return new DensityModel(rows, cluster, core, radius, neighbours);
    }

    private static double toNearestFellow(Points sample, int[] cluster, double[] core, int i) {
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < cluster.length; j++) {
            if (j == i || cluster[j] != cluster[i]) continue;
            double apart = Math.sqrt(sample.squaredDistance(i, j));
            best = Math.min(best, Math.max(apart, Math.max(core[i], core[j])));
        }
        return best;
    }

    /** The distances of one row to a sample, and the nearest of them. */
    private static final class Nearest {
        private final Points sample;
        final double[] distance;
        private final double[] nearest;

        Nearest(Points sample, int neighbours) {
            this.sample = sample;
            this.distance = new double[sample.n()];
            this.nearest = new double[Math.min(neighbours, sample.n())];
        }

        /** Fills the distances and returns the one to the last of the nearest. */
        double core(double[] row) {
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            int last = nearest.length - 1;
            for (int j = 0; j < distance.length; j++) {
                double square = sample.squaredDistance(j, row);
                distance[j] = square;
                if (square >= nearest[last]) continue;
                int at = last;
                while (at > 0 && nearest[at - 1] > square) {
                    nearest[at] = nearest[at - 1];
                    at--;
                }
                nearest[at] = square;
            }
            for (int j = 0; j < distance.length; j++) distance[j] = Math.sqrt(distance[j]);
            return Math.sqrt(nearest[last]);
        }
    }

    @Override
    public int clusters() {
        return radius.length;
    }

    @Override
    public Reader over(FeatureMatrix own) {
        var sample = new Points(own.values(), own.rows(), own.columns()).select(rows);
        return features -> belonging(features, sample);
    }

    private Belonging belonging(FeatureMatrix features, Points sample) {
        int n = features.rows();
        var belonging = new Belonging(new double[n][clusters()], new double[n]);
        var pieces = Pieces.of(n);
        pieces.each(
                () -> new Nearest(sample, neighbours),
                (piece, nearest) -> {
                    for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                        one(features.row(i), i, nearest, belonging);
                    }
                });
        return belonging;
    }

    private void one(double[] row, int at, Nearest nearest, Belonging belonging) {
        double ownCore = nearest.core(row);
        double[] reach = new double[clusters()];
        Arrays.fill(reach, Double.POSITIVE_INFINITY);
        for (int j = 0; j < cluster.length; j++) {
            int c = cluster[j];
            if (c < 0) continue;
            reach[c] = Math.min(reach[c], Math.max(nearest.distance[j], core[j]));
        }
        double[] squares = new double[reach.length];
        int best = 0;
        for (int c = 0; c < reach.length; c++) {
            // In a sparse place the row's own core distance is the same to all clusters; what it
            // takes to come to a cluster from there tells them apart.
            squares[c] = square(Math.max(ownCore, reach[c]) / radius[c]);
            squares[c] += square(reach[c] / radius[c]);
            if (squares[c] < squares[best]) best = c;
        }
        double sum = 0;
        double[] of = belonging.probabilities()[at];
        for (int c = 0; c < of.length; c++) {
            of[c] = Math.exp(squares[best] - squares[c]);
            sum += of[c];
        }
        for (int c = 0; c < of.length; c++) of[c] /= sum;
        double needed = Math.max(ownCore, reach[best]);
        belonging.strangeness()[at] = needed / (needed + radius[best]);
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public DensityModel ordered(int[] order) {
        int[] number = new int[order.length];
        for (int i = 0; i < order.length; i++) number[order[i]] = i;
        return new DensityModel(
                rows,
                IntStream.of(cluster).map(c -> c < 0 ? c : number[c]).toArray(),
                core,
                IntStream.of(order).mapToDouble(c -> radius[c]).toArray(),
                neighbours);
    }
}

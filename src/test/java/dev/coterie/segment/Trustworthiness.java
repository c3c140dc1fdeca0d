package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far the neighbours on a map are neighbours in feature space: 1 if every one is, about a half
 * for random places.
 *
 * @see <a href="https://doi.org/10.1007/3-540-44668-0_68">Venna and Kaski, 2001</a>
 */
final class Trustworthiness {
    private Trustworthiness() {}

    /**
     * The measure of scikit-learn: 1 - 2 / (n k (2n - 3k - 1)) · Σ max(0, rank - k) over the k
     * nearest on the map of each row.
     *
     * @param every takes the mean over every so many rows only, against all rows
     */
    static double of(FeatureMatrix features, Segmentation.MapLayout map, int k, int every) {
        int n = features.rows();
        int[] measured = IntStream.range(0, n).filter(i -> i % every == 0).toArray();
        long excess =
                IntStream.of(measured).parallel().mapToLong(i -> excess(features, map, k, i)).sum();
        return 1 - 2.0 / (measured.length * (double) k * (2.0 * n - 3.0 * k - 1)) * excess;
    }

    private static long excess(FeatureMatrix features, Segmentation.MapLayout map, int k, int i) {
        int n = features.rows();
        double[] apart = new double[n];
        for (int other = 0; other < n; other++) {
            for (int j = 0; j < features.columns(); j++) {
                double difference = features.get(i, j) - features.get(other, j);
                apart[other] += difference * difference;
            }
        }
        double[] sorted = apart.clone();
        sorted[i] = -1;
        Arrays.sort(sorted);
        long excess = 0;
        for (int neighbour : nearestOnMap(map, i, k)) {
            int rank = Arrays.binarySearch(sorted, apart[neighbour]);
            while (rank > 1 && sorted[rank - 1] == apart[neighbour]) rank--;
            excess += Math.max(0, rank - k);
        }
        return excess;
    }

    private static int[] nearestOnMap(Segmentation.MapLayout map, int i, int k) {
        int n = map.x().length;
        float[] places = new float[2 * n];
        for (int at = 0; at < n; at++) {
            places[2 * at] = map.x()[at] - map.x()[i];
            places[2 * at + 1] = map.y()[at] - map.y()[i];
        }
        int[] others = IntStream.range(0, n).filter(o -> o != i).toArray();
        var near = NeighbourSearch.Neighbours.none(1, k);
        new NeighbourSearch(places, 2, others).collect(new float[2], 0, 1, false, near);
        return near.rows();
    }

    /** One more map for comparison: the first two principal components. */
    static Segmentation.MapLayout linear(FeatureMatrix features) {
        var components =
                dev.coterie.features.PrincipalComponents.fit(
                        features.values(), features.rows(), features.columns(), 2);
        double scale = 8000 / Math.sqrt(components.variances()[0]);
        int[][] places = new int[2][features.rows()];
        for (int i = 0; i < features.rows(); i++) {
            double[] along = components.project(features.row(i));
            for (int axis = 0; axis < 2; axis++) {
                places[axis][i] = (int) Math.round(32_768 + scale * along[axis]);
            }
        }
        return new Segmentation.MapLayout(places[0], places[1]);
    }

    static Segmentation.MapLayout fit(FeatureMatrix features) {
        return CustomerMap.fit(features, 42, Progress.NONE).place(features);
    }
}

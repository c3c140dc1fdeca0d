package dev.coterie.segment;

import dev.coterie.progress.Progress;
import dev.coterie.segment.NeighbourSearch.Neighbours;

/**
 * Puts a row that is no landmark where its nearest landmarks are.
 *
 * <p>The landmarks near in feature space may lie in several parts of the map, and their mean then
 * lies in none. So the part that holds most of their weight is chosen, and the row goes to the
 * weighted mean of that part.
 */
final class MapPlacement {
    private static final int NEIGHBOURS = 10;

    /** Landmarks this many mean spacings apart support each other half. */
    private static final double REACH = 3;

    private final Landmarks landmarks;
    private final Segmentation.MapLayout places;
    private final CellSearch search;
    private final double squaredReach;

    MapPlacement(Landmarks landmarks, Segmentation.MapLayout places) {
        this.landmarks = landmarks;
        this.places = places;
        this.search = new CellSearch(landmarks.rows(), landmarks.n(), landmarks.d());
        double spacing = CustomerMap.SIDE / Math.sqrt(landmarks.n());
        this.squaredReach = REACH * REACH * spacing * spacing;
    }

    /**
     * @param rows scaled like the landmarks
     * @param customers of each of the first rows
     * @param layout gets the customers' places
     */
    void place(float[] rows, int[] customers, Segmentation.MapLayout layout, Progress progress) {
        int k = Math.min(NEIGHBOURS, landmarks.n());
        var near = search.nearest(rows, customers.length, k, progress);
        double[] weights = new double[k];
        for (int q = 0; q < customers.length; q++) {
            weigh(near, q, weights);
            int middle = bestSupported(near, q, weights);
            double sum = 0;
            double x = 0;
            double y = 0;
            for (int j = 0; j < k; j++) {
                int landmark = near.rows()[q * k + j];
                double weight = weights[j] * support(middle, landmark);
                sum += weight;
                x += weight * places.x()[landmark];
                y += weight * places.y()[landmark];
            }
            layout.x()[customers[q]] = (int) Math.round(x / sum);
            layout.y()[customers[q]] = (int) Math.round(y / sum);
        }
    }

    /**
     * Inverse distance to the eighth power against the nearest's: in many dimensions distances
     * differ little, and a row that almost equals a landmark must land on it (Shepard, 1968).
     */
    private static void weigh(Neighbours near, int query, double[] weights) {
        double nearest = near.squares()[query * near.k()];
        for (int j = 0; j < weights.length; j++) {
            double square = near.squares()[query * near.k() + j];
            double ratio = square > 0 ? nearest / square : 1;
            weights[j] = ratio * ratio * ratio * ratio;
        }
    }

    private int bestSupported(Neighbours near, int query, double[] weights) {
        int best = near.rows()[query * near.k()];
        double most = 0;
        for (int a = 0; a < weights.length; a++) {
            int candidate = near.rows()[query * near.k() + a];
            double sum = 0;
            for (int b = 0; b < weights.length; b++) {
                sum += weights[b] * support(candidate, near.rows()[query * near.k() + b]);
            }
            if (weights[a] * sum > most) {
                most = weights[a] * sum;
                best = candidate;
            }
        }
        return best;
    }

    /** From 1 for the same place down to 0, a half at the reach. */
    private double support(int a, int b) {
        double dx = places.x()[a] - places.x()[b];
        double dy = places.y()[a] - places.y()[b];
        return 1 / (1 + (dx * dx + dy * dy) / squaredReach);
    }
}

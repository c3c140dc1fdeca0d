package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.features.PrincipalComponents;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A picture of the customers in which neighbours in feature space are neighbours: the same object
 * places the data set's own customers and every new one, and moves none.
 *
 * <p>Up to 2,000 different rows, the landmarks, are laid out by t-SNE from their first two
 * principal components; any other row goes to where its nearest landmarks are. Equal rows share one
 * spot. Immutable and thread-safe.
 */
public final class CustomerMap {
    /** The largest coordinate. */
    static final int SIDE = 65_535;

    /** Part of the side that stays empty at each edge. */
    private static final double MARGIN = 0.02;

    /** With fewer different rows the principal components are all there is to see. */
    private static final int FEWEST_FOR_NEIGHBOURS = 16;

    /** Rows that are placed together, so that a million need no second copy. */
    private static final int PIECE = 16_384;

    private static final double PERPLEXITY = 30;
    private static final double NEIGHBOURS_PER_PERPLEXITY = 1.5;
    private static final TsneLayout TSNE = new TsneLayout(150, 300, 0.8);

    /** Deviation of the start along its first axis, and of the noise that parts equal points. */
    private static final double START = 1e-4;

    private static final double NOISE = 1e-6;

    private final Landmarks landmarks;
    private final Segmentation.MapLayout places;
    private final MapPlacement placement;

    private CustomerMap(Landmarks landmarks, Segmentation.MapLayout places) {
        this.landmarks = landmarks;
        this.places = places;
        this.placement = new MapPlacement(landmarks, places);
    }

    /**
     * Lays out customers.
     *
     * @param features at least 1 row
     * @param seed chooses the landmarks among more than 2,000 rows
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    static CustomerMap fit(FeatureMatrix features, long seed, Progress progress) {
        return fit(Landmarks.of(features, Landmarks.MOST, seed), seed, progress);
    }

    static CustomerMap fit(Landmarks landmarks, long seed, Progress progress) {
        return new CustomerMap(landmarks, squared(arrange(landmarks, seed, progress)));
    }

    /**
     * The map of a finished run.
     *
     * @param features of the run's own customers
     * @param layout where they are
     * @param seed of the run
     */
    public static CustomerMap of(FeatureMatrix features, Segmentation.MapLayout layout, long seed) {
        return of(Landmarks.of(features, Landmarks.MOST, seed), layout);
    }

    static CustomerMap of(Landmarks landmarks, Segmentation.MapLayout layout) {
        int[] customers = landmarks.customers();
        return new CustomerMap(
                landmarks,
                new Segmentation.MapLayout(
                        IntStream.of(customers).map(row -> layout.x()[row]).toArray(),
                        IntStream.of(customers).map(row -> layout.y()[row]).toArray()));
    }

    /** Where customers are, the run's own or new ones. */
    public Segmentation.MapLayout place(FeatureMatrix features) {
        return place(features, Progress.NONE);
    }

    Segmentation.MapLayout place(FeatureMatrix features, Progress progress) {
        int n = features.rows();
        var layout = new Segmentation.MapLayout(new int[n], new int[n]);
        for (int from = 0; from < n; from += PIECE) {
            place(features, from, Math.min(n, from + PIECE), layout, progress);
        }
        return layout;
    }

    private void place(
            FeatureMatrix features,
            int from,
            int to,
            Segmentation.MapLayout layout,
            Progress progress) {
        float[] rows = landmarks.scaled(features, from, to);
        int[] others = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            int landmark = landmarks.find(rows, i - from);
            if (landmark < 0) {
                System.arraycopy(
                        rows,
                        (i - from) * landmarks.d(),
                        rows,
                        count * landmarks.d(),
                        landmarks.d());
                others[count++] = i;
            } else {
                layout.x()[i] = places.x()[landmark];
                layout.y()[i] = places.y()[landmark];
            }
        }
        placement.place(rows, Arrays.copyOf(others, count), layout, progress);
    }

    private static double[] arrange(Landmarks landmarks, long seed, Progress progress) {
        int n = landmarks.n();
        double[] start = start(landmarks, seed);
        if (n < FEWEST_FOR_NEIGHBOURS) return start;
        double perplexity = Math.min(PERPLEXITY, (n - 1) / 3.0);
        int k = Math.min(n - 1, (int) (NEIGHBOURS_PER_PERPLEXITY * perplexity));
        var neighbours =
                NeighbourSearch.over(landmarks.rows(), n, landmarks.d())
                        .amongThemselves(landmarks.rows(), k, progress);
        return TSNE.arrange(NeighbourGraph.of(neighbours, perplexity), start, progress);
    }

    /** The first two principal components, x and y of each landmark in turns. */
    private static double[] start(Landmarks landmarks, long seed) {
        int n = landmarks.n();
        int d = landmarks.d();
        double[] rows = new double[n * d];
        for (int at = 0; at < rows.length; at++) rows[at] = landmarks.rows()[at];
        var components = PrincipalComponents.fit(rows, n, d, 2);
        double[] start = new double[2 * n];
        if (components.components() == 0) return start;
        var random = new SplittableRandom(seed);
        double scale = START / Math.sqrt(components.variances()[0]);
        for (int i = 0; i < n; i++) {
            double[] along = components.project(Arrays.copyOfRange(rows, i * d, (i + 1) * d));
            for (int axis = 0; axis < 2; axis++) {
                double value = axis < along.length ? along[axis] * scale : 0;
                start[2 * i + axis] = value + NOISE * (random.nextDouble() - 0.5);
            }
        }
        return start;
    }

    /** Positions as whole numbers in the middle of the square, both axes on one scale. */
    private static Segmentation.MapLayout squared(double[] positions) {
        int n = positions.length / 2;
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int at = 0; at < positions.length; at++) {
            low[at % 2] = Math.min(low[at % 2], positions[at]);
            high[at % 2] = Math.max(high[at % 2], positions[at]);
        }
        double range = Math.max(high[0] - low[0], high[1] - low[1]);
        double scale = range > 0 ? (1 - 2 * MARGIN) * SIDE / range : 0;
        int[][] places = new int[2][n];
        for (int at = 0; at < positions.length; at++) {
            double fromMiddle = positions[at] - (low[at % 2] + high[at % 2]) / 2;
            places[at % 2][at / 2] = (int) Math.floor(SIDE / 2.0 + fromMiddle * scale);
        }
        return new Segmentation.MapLayout(places[0], places[1]);
    }
}

package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextClustererTest {
    private static final int D = 24;
    private static final int GROUPS = 20;
    private static final int N = 1600;

    /**
     * Groups as texts make them: each lies along a few directions of its own, and every row has
     * much noise. The truth is the row number modulo the number of groups.
     */
    private static FeatureMatrix groups(
            int groups, int n, double breadth, double noise, long seed) {
        var random = new Random(seed);
        double[][] centres = normal(groups, random);
        double[][] ways = normal(groups, random);
        double[] values = new double[n * D];
        for (int i = 0; i < n; i++) {
            double along = random.nextGaussian();
            for (int j = 0; j < D; j++) {
                values[i * D + j] =
                        centres[i % groups][j]
                                + breadth * along * ways[i % groups][j]
                                + noise * random.nextGaussian();
            }
        }
        return text(values, n);
    }

    private static double[][] normal(int rows, Random random) {
        double[][] values = new double[rows][D];
        for (double[] row : values) Arrays.setAll(row, j -> random.nextGaussian());
        return values;
    }

    private static FeatureMatrix text(double[] values, int n) {
        return new FeatureMatrix(
                IntStream.rangeClosed(1, D)
                        .mapToObj(j -> new Feature("text_pc_" + j, Block.TEXT, "text"))
                        .toList(),
                n,
                values);
    }

    private static Points points(FeatureMatrix features) {
        return new Points(features.values(), features.rows(), features.columns());
    }

    private static Segmentation segment(FeatureMatrix features, int k) {
        return new Segmenter(OptionalInt.of(k), 42).fit(features, Progress.NONE);
    }

    private static double agreement(int[] labels) {
        return Agreement.adjustedRand(labels, SegmenterTest.truth(GROUPS, labels.length));
    }

    private static int[] clustered(Points points, Smoothing smoothing, long seed) {
        var rows =
                SmoothedSpace.over(points)
                        .transform(points.rows(), points.n(), smoothing, Progress.NONE);
        var model = new KMeans(GROUPS, 5, 100, seed).fit(rows);
        return SplitMerge.improve(rows, model, seed, Progress.NONE).labels();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsMoreOfTheGroupsThanRowsByThemselvesShow(long seed) {
        var points = points(groups(GROUPS, N, 0.5, 1, seed));
        double apart = agreement(clustered(points, new Smoothing(10, 0), seed));
        var fit = TextClusterer.fit(points, GROUPS, seed, Progress.NONE);
        double smoothed = agreement(fit.model().labels());
        assertTrue(smoothed > apart + 0.01, smoothed + " against " + apart);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void keepsFewClearGroups(int k) {
        var features = groups(k, 600, 0.3, 0.3, k);
        var found = segment(features, k);
        assertEquals(1, Agreement.adjustedRand(found.labels(), SegmenterTest.truth(k, 600)), 0.02);
    }

    @Test
    void givesTheSameModelEachTime() {
        var points = points(groups(GROUPS, N, 1, 0.6, 4));
        var first = TextClusterer.fit(points, GROUPS, 9, Progress.NONE);
        var again = TextClusterer.fit(points, GROUPS, 9, Progress.NONE);
        assertEquals(first.smoothing(), again.smoothing());
        assertArrayEquals(first.model().labels(), again.model().labels());
        assertTrue(Arrays.deepEquals(first.model().centroids(), again.model().centroids()));
    }

    @Nested
    class Assigning {
        private final FeatureMatrix features = groups(GROUPS, N, 1, 0.6, 5);
        private final Segmentation found = segment(features, GROUPS);
        private final SegmentAssigner assigner = SegmentAssigner.of(found, features);

        @Test
        void givesTheRunsOwnCustomersTheirOwnSegments() {
            assertNotEquals(Smoothing.NONE, ((PrototypeModel) found.model()).smoothing());
            var assigned = assigner.assign(features);
            assertArrayEquals(found.labels(), assigned.labels());
            assertArrayEquals(found.confidence(), assigned.confidence(), 1e-9);
            assertArrayEquals(found.outlier(), assigned.outlier());
            assertArrayEquals(found.distance(), assigned.distance());
        }

        @Test
        void doesNotDependOnWhoElseIsAsked() {
            for (int row = 0; row < N; row += 97) {
                var alone = assigner.assign(text(features.row(row), 1));
                assertEquals(found.labels()[row], alone.labels()[0]);
                assertEquals(found.distance()[row], alone.distance()[0]);
            }
        }

        @Test
        void findsTheGroupOfNewCustomers() {
            var all = groups(GROUPS, N + 400, 1, 0.6, 5); // the first N rows are the run's own
            double[] unseen = Arrays.copyOfRange(all.values(), N * D, (N + 400) * D);
            assertArrayEquals(features.values(), Arrays.copyOf(all.values(), N * D));
            var labels = assigner.assign(text(unseen, 400)).labels();
            double own = agreement(found.labels());
            assertTrue(agreement(labels) > 0.9 * own, agreement(labels) + " against " + own);
        }
    }

    @Nested
    class Space {
        @Test
        void keepsRowsOfZerosAndTheCommonLength() {
            var features = groups(5, 300, 1, 0.6, 6);
            Arrays.fill(features.values(), 7 * D, 8 * D, 0);
            var points = points(features);
            var smoothed =
                    SmoothedSpace.over(points)
                            .transform(points.rows(), 300, new Smoothing(10, 1), Progress.NONE)
                            .rows();
            double square = 0;
            for (double value : features.values()) square += value * value / 299;
            for (int i = 0; i < 300; i++) {
                double own = 0;
                for (int j = 0; j < D; j++) own += smoothed[i * D + j] * smoothed[i * D + j];
                assertEquals(i == 7 ? 0 : square, own, 1e-6 * square);
            }
        }

        @Test
        void looksAtOtherTextsThanTheCopiesOfOne() {
            var features = groups(5, 300, 1, 0.6, 7);
            double[] values = features.values();
            for (int i = 1; i < 40; i++) System.arraycopy(values, 0, values, i * D, D);
            var points = points(features);
            var smoothed =
                    SmoothedSpace.over(points)
                            .transform(points.rows(), 300, new Smoothing(10, 1), Progress.NONE)
                            .rows();
            var own = Arrays.copyOf(smoothed, D);
            for (int i = 1; i < 40; i++) {
                assertArrayEquals(own, Arrays.copyOfRange(smoothed, i * D, (i + 1) * D));
            }
            double turned = 0;
            for (int j = 0; j < D; j++) turned += Math.abs(own[j] - values[j]);
            assertTrue(turned > 1e-3, "forty copies look at ten others");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 9, 30})
    void leavesRowsAloneWhereClustersAreNoLargerThanANeighbourhood(int n) {
        var features = groups(3, n, 1, 0.5, n);
        var found = segment(features, Math.min(n, 3));
        for (double v : found.distance()) assertTrue(Double.isFinite(v));
        for (double v : found.confidence()) assertTrue(v >= 0 && v <= 1);
        var assigned = SegmentAssigner.of(found, features).assign(features);
        assertArrayEquals(found.labels(), assigned.labels());
        if (n < 6) assertEquals(Smoothing.NONE, ((PrototypeModel) found.model()).smoothing());
    }
}

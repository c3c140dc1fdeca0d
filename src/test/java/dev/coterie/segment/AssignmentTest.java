package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way must give what a plain comparison in double precision gives, row for row. */
class AssignmentTest {
    /** Rows around a few centres; with a small spread between them they overlap. */
    static double[] blobs(int n, int d, int groups, double spread, long seed) {
        var random = new Random(seed);
        double[][] centres = new double[groups][d];
        for (double[] centre : centres) {
            for (int j = 0; j < d; j++) centre[j] = spread * random.nextGaussian();
        }
        double[] rows = new double[n * d];
        for (int i = 0; i < n; i++) {
            double[] centre = centres[random.nextInt(groups)];
            for (int j = 0; j < d; j++) rows[i * d + j] = centre[j] + random.nextGaussian();
        }
        return rows;
    }

    static double[][] firstRows(double[] rows, int d, int k) {
        return IntStream.range(0, k)
                .mapToObj(c -> Arrays.copyOfRange(rows, c * d, (c + 1) * d))
                .toArray(double[][]::new);
    }

    static double squared(double[] rows, int i, double[] point) {
        int d = point.length;
        return new Points(rows, rows.length / d, d).squaredDistance(i, point);
    }

    static int nearest(double[] rows, int i, double[][] centroids) {
        int best = 0;
        for (int c = 1; c < centroids.length; c++) {
            if (squared(rows, i, centroids[c]) < squared(rows, i, centroids[best])) best = c;
        }
        return best;
    }

    static int[] allNearest(double[] rows, int n, double[][] centroids) {
        return IntStream.range(0, n).map(i -> nearest(rows, i, centroids)).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0",
        "2, 1, 2, 0",
        "7, 2, 3, 1",
        "500, 3, 5, 1",
        "513, 4, 8, 0.3",
        "5000, 7, 12, 0.2",
        "9000, 20, 6, 1",
        "3000, 65, 13, 0.1",
        "2500, 130, 20, 0.05",
    })
    void everyStepLabelsAsAPlainComparison(int n, int d, int k, double spread) {
        double[] rows = blobs(n, d, k, spread, 31L * n + d);
        var assignment = new Assignment(new Points(rows, n, d), k);
        double[][] centroids = firstRows(rows, d, k);
        int[] before = new int[n];
        Arrays.fill(before, -1);
        for (int step = 0; step < 30; step++) {
            int moved = assignment.update(centroids);
            int[] plain = allNearest(rows, n, centroids);
            assertArrayEquals(plain, assignment.labels(), "step " + step);
            int changed = 0;
            for (int i = 0; i < n; i++) if (plain[i] != before[i]) changed++;
            assertEquals(changed, moved);
            before = plain;
            centroids = assignment.means();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 1e-18, 1, 1e18, 1e30})
    void anyScaleGivesTheSameLabels(double scale) {
        int n = 1500;
        double[] rows = Arrays.stream(blobs(n, 6, 5, 0.5, 3)).map(v -> v * scale).toArray();
        double[][] centroids = firstRows(rows, 6, 5);
        assertArrayEquals(
                allNearest(rows, n, centroids), new Points(rows, n, 6).nearest(centroids).labels());
    }

    @Test
    void farFromTheOriginNothingIsLost() {
        int n = 3000;
        double[] rows = Arrays.stream(blobs(n, 5, 4, 1, 8)).map(v -> v + 1e7).toArray();
        double[][] centroids = firstRows(rows, 5, 4);
        var nearest = new Points(rows, n, 5).nearest(centroids);
        assertArrayEquals(allNearest(rows, n, centroids), nearest.labels());
        for (int i = 0; i < n; i++) {
            assertEquals(squared(rows, i, centroids[nearest.labels()[i]]), nearest.squares()[i]);
        }
    }

    @Test
    void centroidsTooCloseForSinglePrecisionAreToldApart() {
        int n = 2000;
        int d = 20;
        double[] rows = Arrays.stream(blobs(n, d, 1, 0, 9)).map(v -> 0.01 * v).toArray();
        double[][] centroids = firstRows(rows, d, 3);
        for (int i = 0; i < n; i++) rows[i * d] += i % 2 == 0 ? 1000 : -1000;
        for (double[] centroid : centroids) centroid[0] += 1000;
        int[] labels = new Points(rows, n, d).nearest(centroids).labels();
        assertArrayEquals(allNearest(rows, n, centroids), labels);
    }

    @Test
    void tiesGoToTheLowerIndex() {
        int side = 60;
        double[] rows = new double[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            rows[2 * i] = i % side;
            rows[2 * i + 1] = i / side;
        }
        double[][] centroids = {{50, 10}, {10, 10}, {10, 50}, {50, 50}, {10, 10}, {30, 30}};
        int[] labels = new Points(rows, side * side, 2).nearest(centroids).labels();
        assertArrayEquals(allNearest(rows, side * side, centroids), labels);
        assertEquals(0, labels[10 * side + 30], "as far from 0, 1, 4 and 5");
        assertTrue(IntStream.of(labels).noneMatch(label -> label == 4), "4 equals 1");
    }

    @Test
    void identicalRowsShareTheirLabelAtEveryStep() {
        int n = 8000;
        int d = 10;
        double[] some = blobs(n / 8, d, 9, 0.1, 5);
        double[] rows = new double[n * d];
        for (int i = 0; i < n; i++) System.arraycopy(some, i % (n / 8) * d, rows, i * d, d);
        var assignment = new Assignment(new Points(rows, n, d), 9);
        double[][] centroids = firstRows(rows, d, 9);
        for (int step = 0; step < 25; step++) {
            assignment.update(centroids);
            int[] labels = assignment.labels();
            for (int i = n / 8; i < n; i++) assertEquals(labels[i - n / 8], labels[i]);
            centroids = assignment.means();
        }
    }

    @Test
    void emptyClustersMoveToDifferentRowsFarthestFromTheirCentroids() {
        double[] rows = {0, 1, 10, 11, 30, 2};
        var assignment = new Assignment(new Points(rows, 6, 1), 3);
        assignment.update(new double[][] {{5}, {1000}, {-1000}});
        double[][] means = assignment.means();
        assertEquals(9, means[0][0]);
        assertEquals(30, means[1][0]);
        assertEquals(11, means[2][0]);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        int n = 30_000;
        int d = 16;
        double[] rows = blobs(n, d, 10, 0.2, 77);
        var kMeans = new KMeans(10, 2, 30, 4);
        KMeans.Model one = in(1, kMeans, rows, n, d);
        for (int threads : new int[] {2, 3, 8}) {
            KMeans.Model more = in(threads, kMeans, rows, n, d);
            assertArrayEquals(one.labels(), more.labels());
            assertTrue(Arrays.deepEquals(one.centroids(), more.centroids()));
            assertEquals(one.inertia(), more.inertia());
        }
    }

    private static KMeans.Model in(int threads, KMeans kMeans, double[] rows, int n, int d)
            throws Exception {
        var pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> kMeans.fit(rows, n, d)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void distancesToManyPointsAreThoseOfThePairs() {
        int n = 700;
        int d = 9;
        double[] rows = blobs(n, d, 3, 1, 2);
        System.arraycopy(rows, 0, rows, 5 * d, d); // row 5 is row 0
        var points = new Points(rows, n, d);
        float[][] squares = points.squaredDistances(firstRows(rows, d, 7));
        for (int c = 0; c < 7; c++) {
            for (int i = 0; i < n; i++) {
                double pair = points.squaredDistance(i, c);
                assertEquals(pair, squares[c][i], 1e-4 * pair);
            }
        }
        assertEquals(0, squares[0][5]);
    }

    @Test
    void silhouetteIsThatOfItsDefinition() {
        int n = 300;
        double[] rows = blobs(n, 4, 3, 2, 6);
        var points = new Points(rows, n, 4);
        int[] labels = points.nearest(firstRows(rows, 4, 4)).labels();
        double total = 0;
        for (int i = 0; i < n; i++) {
            double[] sums = new double[4];
            int[] sizes = new int[4];
            for (int j = 0; j < n; j++) {
                sums[labels[j]] += Math.sqrt(points.squaredDistance(i, j));
                sizes[labels[j]]++;
            }
            if (sizes[labels[i]] < 2) continue;
            double own = sums[labels[i]] / (sizes[labels[i]] - 1);
            double other = Double.POSITIVE_INFINITY;
            for (int c = 0; c < 4; c++) {
                if (c != labels[i]) other = Math.min(other, sums[c] / sizes[c]);
            }
            total += (other - own) / Math.max(own, other);
        }
        assertEquals(total / n, new Silhouette(points).mean(labels, 4), 1e-5);
    }
}

package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Language;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    /** Blobs of different sizes; the truth is the row number modulo the number of groups. */
    static FeatureMatrix blobs(int groups, int n, int d, double noise, long seed) {
        var random = new Random(seed);
        double[][] centres = new double[groups][d];
        for (double[] centre : centres)
            for (int j = 0; j < d; j++) centre[j] = random.nextGaussian() * 3;
        double[] values = new double[n * d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                values[i * d + j] = centres[i % groups][j] + noise * random.nextGaussian();
            }
        }
        return matrix(values, n, d);
    }

    static FeatureMatrix matrix(double[] values, int n, int d) {
        return new FeatureMatrix(
                IntStream.range(0, d)
                        .mapToObj(j -> new Feature("f" + j, Block.PROFILE, "f" + j))
                        .toList(),
                n,
                values);
    }

    static int[] truth(int groups, int n) {
        return IntStream.range(0, n).map(i -> i % groups).toArray();
    }

    static Segmentation fit(FeatureMatrix features, OptionalInt k) {
        return new Segmenter(k, 42).fit(features, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 2", "7, 3", "10, 4"})
    void findsThePlantedNumberOfGroups(int groups, long seed) {
        var found = fit(blobs(groups, 1200, 8, 0.6, seed), OptionalInt.empty());
        assertEquals(groups, found.k());
        assertTrue(Agreement.adjustedRand(found.labels(), truth(groups, 1200)) > 0.98);
        for (double stability : found.stability()) assertTrue(stability > 0.9);
        assertTrue(found.reason().in(Language.CHINESE).contains(String.valueOf(groups)));
    }

    @Test
    void numbersClustersFromTheLargestToTheSmallest() {
        var found = fit(blobs(6, 903, 5, 1.5, 8), OptionalInt.of(6));
        for (int c = 1; c < 6; c++) assertTrue(found.size(c - 1) >= found.size(c));
        assertEquals(903, IntStream.range(0, 6).map(found::size).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, -3})
    void refusesANumberOfClustersOutOfRange(int k) {
        assertThrows(InvalidInputException.class, () -> new Segmenter(OptionalInt.of(k), 1));
    }

    @Nested
    class Outliers {
        @Test
        void areTheStraysAndKeepTheirNearestCluster() {
            var clean = blobs(3, 600, 4, 0.4, 5);
            double[] values = Arrays.copyOf(clean.values(), 604 * 4);
            Arrays.fill(values, 600 * 4, 604 * 4, 60);
            for (int i = 0; i < 4; i++) values[(600 + i) * 4 + i] = -60;
            var found = fit(matrix(values, 604, 4), OptionalInt.of(3));
            assertTrue(found.outliers() <= 604 * 0.15);
            var strays = IntStream.range(600, 604).filter(i -> found.outlier()[i]).count();
            assertTrue(strays >= 3 || found.size(2) <= 4, "strays " + strays);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void areNeverMoreThanFifteenPercent(long seed) {
            var random = new Random(seed);
            double[] heavy =
                    IntStream.range(0, 2000)
                            .mapToDouble(i -> Math.tan(Math.PI * (random.nextDouble() - 0.5)))
                            .toArray();
            var found = fit(matrix(heavy, 1000, 2), OptionalInt.of(4));
            assertTrue(found.outliers() <= 150, "outliers " + found.outliers());
        }
    }

    @Nested
    class BadInput {
        @Test
        void identicalCustomersAreOneSegment() {
            var found = fit(matrix(new double[30], 10, 3), OptionalInt.empty());
            assertEquals(1, found.k());
            assertTrue(found.reason().toString().contains("identical"));
            assertArrayEquals(new int[10], found.labels());
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3, 4, 5, 6})
        void fewCustomersGiveFiniteFigures(int n) {
            var found = fit(blobs(2, n, 3, 0.5, n), OptionalInt.empty());
            for (double v : found.confidence()) assertTrue(v >= 0 && v <= 1);
            for (double v : found.stability()) assertTrue(v >= 0 && v <= 1);
            for (double v : found.distance()) assertTrue(Double.isFinite(v));
        }
    }

    @Nested
    class Assigning {
        @Test
        void givesTheRunsOwnCustomersTheirOwnLabels() {
            var features = blobs(5, 800, 6, 1.2, 4);
            var found = fit(features, OptionalInt.of(5));
            var assigned = SegmentAssigner.of(found, features).assign(features);
            assertArrayEquals(found.labels(), assigned.labels());
            assertArrayEquals(found.confidence(), assigned.confidence(), 1e-9);
            assertArrayEquals(found.outlier(), assigned.outlier());
        }

        @Test
        void isSureInTheMiddleAndUnsureBetween() {
            var features = blobs(2, 400, 3, 0.5, 6);
            var found = fit(features, OptionalInt.of(2));
            var assigner = SegmentAssigner.of(found, features);
            double[] middle = found.centroids()[0];
            double[] between = new double[3];
            for (int j = 0; j < 3; j++) {
                between[j] = (found.centroids()[0][j] + found.centroids()[1][j]) / 2;
            }
            assertTrue(assigner.assign(matrix(middle, 1, 3)).confidence()[0] > 0.99);
            assertEquals(0.5, assigner.assign(matrix(between, 1, 3)).confidence()[0], 0.01);
        }
    }

    @Test
    void theMapKeepsBlobsTogetherAndWithinItsRange() {
        var found = fit(blobs(3, 300, 10, 0.3, 9), OptionalInt.of(3));
        for (int i = 0; i < 300; i++) {
            assertTrue(found.map().x()[i] >= 0 && found.map().x()[i] <= 65_535);
            assertTrue(found.map().y()[i] >= 0 && found.map().y()[i] <= 65_535);
        }
        double within = Math.hypot(x(found, 0) - x(found, 3), y(found, 0) - y(found, 3));
        double across = Math.hypot(x(found, 0) - x(found, 1), y(found, 0) - y(found, 1));
        assertTrue(within * 2 < across);
        assertFalse(Arrays.stream(found.map().x()).allMatch(v -> v == found.map().x()[0]));
    }

    private static int x(Segmentation s, int i) {
        return s.map().x()[i];
    }

    private static int y(Segmentation s, int i) {
        return s.map().y()[i];
    }

    @Test
    void adjustedRandIndexKnowsEqualAndIndependentPartitions() {
        assertEquals(
                1, Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}), 1e-12);
        // by hand: pairs together in both 1; 2·1.2/... as in Hubert and Arabie's formula
        assertEquals(
                -0.5,
                Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}),
                1e-12);
    }
}

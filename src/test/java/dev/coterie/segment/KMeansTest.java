package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
    static final double[] TWO_BLOBS = {0, 0, 0, 1, 9, 9, 9, 8};

    static double[] normal(int n, int d, long seed) {
        return new Random(seed).doubles((long) n * d).map(v -> v * 2 - 1).toArray();
    }

    @Test
    void findsTwoBlobs() {
        var model = new KMeans(2, 3, 50, 1).fit(TWO_BLOBS, 4, 2);
        assertEquals(model.labels()[0], model.labels()[1]);
        assertEquals(model.labels()[2], model.labels()[3]);
        assertTrue(model.labels()[0] != model.labels()[2]);
        assertEquals(1.0, model.inertia(), 1e-9); // four times a half squared
    }

    @Test
    void refusesFewerRowsThanClusters() {
        var e =
                assertThrows(
                        InvalidInputException.class,
                        () -> new KMeans(5, 1, 10, 1).fit(TWO_BLOBS, 4, 2));
        assertTrue(e.getMessage().contains("ask for fewer segments"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42})
    void inertiaNeverRisesWithMoreIterations(long seed) {
        double[] rows = normal(500, 5, seed);
        double before = Double.POSITIVE_INFINITY;
        for (int iterations = 1; iterations < 12; iterations++) {
            double inertia = new KMeans(6, 1, iterations, seed).fit(rows, 500, 5).inertia();
            assertTrue(inertia <= before + 1e-9);
            before = inertia;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void centroidsAreMeansOfTheirMembersAndLabelsAreNearest(int k) {
        int n = 5000;
        int d = 7;
        double[] rows = normal(n, d, k);
        var model = new KMeans(k, 2, 300, 5).fit(rows, n, d);
        double[][] sums = new double[k][d];
        int[] counts = new int[k];
        double inertia = 0;
        for (int i = 0; i < n; i++) {
            double own = squared(rows, i, model.centroids()[model.labels()[i]]);
            for (double[] other : model.centroids()) {
                assertTrue(own <= squared(rows, i, other) + 1e-9);
            }
            inertia += own;
            counts[model.labels()[i]]++;
            for (int j = 0; j < d; j++) sums[model.labels()[i]][j] += rows[i * d + j];
        }
        assertEquals(inertia, model.inertia(), 1e-6);
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d; j++) {
                assertEquals(sums[c][j] / counts[c], model.centroids()[c][j], 1e-9);
            }
        }
    }

    private static double squared(double[] rows, int i, double[] centroid) {
        double sum = 0;
        for (int j = 0; j < centroid.length; j++) {
            double difference = rows[i * centroid.length + j] - centroid[j];
            sum += difference * difference;
        }
        return sum;
    }

    @Test
    void theSameSeedGivesTheSameModelWhateverTheThreads() {
        double[] rows = normal(20_000, 9, 3);
        var first = new KMeans(11, 2, 40, 9).fit(rows, 20_000, 9);
        var second = new KMeans(11, 2, 40, 9).fit(rows, 20_000, 9);
        assertArrayEquals(first.labels(), second.labels());
        assertEquals(first.inertia(), second.inertia());
    }

    @Test
    void identicalRowsShareAClusterAndNothingIsNaN() {
        double[] rows = new double[40];
        for (int i = 20; i < 40; i++) rows[i] = 5;
        var model = new KMeans(4, 2, 20, 1).fit(rows, 20, 2);
        for (int i = 1; i < 10; i++) assertEquals(model.labels()[0], model.labels()[i]);
        for (double[] centroid : model.centroids()) {
            for (double v : centroid) assertTrue(Double.isFinite(v));
        }
    }

    @Test
    void seedsAreRowsOfTheData() {
        var points = new Points(normal(50, 3, 1), 50, 3);
        for (double[] seed : Seeding.plusPlus(points, 5, new SplittableRandom(2))) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 50; i++)
                nearest = Math.min(nearest, squared(points.rows(), i, seed));
            assertEquals(0, nearest, 1e-12);
        }
    }

    /** Lloyd's iterations as in a textbook, in double precision. */
    private static KMeans.Model textbook(double[] rows, int n, int d, double[][] start, int most) {
        double[][] centroids = start;
        int k = start.length;
        int[] labels = new int[n];
        for (int iteration = 0; iteration <= most; iteration++) {
            int[] next = AssignmentTest.allNearest(rows, n, centroids);
            boolean same = iteration > 0 && Arrays.equals(labels, next);
            labels = next;
            if (same || iteration == most) break;
            double[][] means = new double[k][d];
            int[] counts = new int[k];
            for (int i = 0; i < n; i++) {
                counts[labels[i]]++;
                for (int j = 0; j < d; j++) means[labels[i]][j] += rows[i * d + j];
            }
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < d; j++) means[c][j] /= counts[c];
            }
            centroids = means;
        }
        double inertia = 0;
        for (int i = 0; i < n; i++) inertia += squared(rows, i, centroids[labels[i]]);
        return new KMeans.Model(centroids, labels, inertia);
    }

    @ParameterizedTest
    @CsvSource({"60, 2, 3, 1", "900, 5, 7, 0.4", "4000, 12, 10, 0.2", "3000, 40, 9, 0.1"})
    void equalsTheTextbookFromTheSameCentroids(int n, int d, int k, double spread) {
        double[] rows = AssignmentTest.blobs(n, d, k, spread, 17L * n);
        double[][] start = AssignmentTest.firstRows(rows, d, k);
        for (int iterations : new int[] {1, 2, 5, 60}) {
            var plain = textbook(rows, n, d, start, iterations);
            var fast = new KMeans(k, 1, iterations, 1).fitFrom(rows, n, d, start);
            assertArrayEquals(plain.labels(), fast.labels());
            assertEquals(plain.inertia(), fast.inertia(), 1e-9 * plain.inertia());
            for (int c = 0; c < k; c++) {
                assertArrayEquals(plain.centroids()[c], fast.centroids()[c], 1e-9);
            }
        }
    }

    @Test
    void startsThatCompeteOnASampleFindTheGroupsOfAllRows() {
        int n = 2 * KMeans.SAMPLE + 1000;
        int d = 8;
        int k = 12;
        double[] rows = AssignmentTest.blobs(n, d, k, 5, 12);
        var model = new KMeans(k, 4, 50, 3).fit(rows, n, d);
        double perRow = model.inertia() / n;
        assertTrue(perRow < 1.02 * d, "within-group variance is 1 in each of d, got " + perRow);
    }
}

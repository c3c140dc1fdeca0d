package dev.coterie.segment;

import static dev.coterie.segment.SegmenterTest.blobs;
import static dev.coterie.segment.SegmenterTest.matrix;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.CancelledException;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerMapTest {
    static Segmentation.MapLayout fit(FeatureMatrix features) {
        return Trustworthiness.fit(features);
    }

    static void assertSame(Segmentation.MapLayout expected, Segmentation.MapLayout found) {
        assertArrayEquals(expected.x(), found.x());
        assertArrayEquals(expected.y(), found.y());
    }

    static void assertInRange(Segmentation.MapLayout map, int n) {
        assertEquals(n, map.x().length);
        for (int i = 0; i < n; i++) {
            assertTrue(map.x()[i] >= 0 && map.x()[i] <= CustomerMap.SIDE, "x " + map.x()[i]);
            assertTrue(map.y()[i] >= 0 && map.y()[i] <= CustomerMap.SIDE, "y " + map.y()[i]);
        }
    }

    static double apart(Segmentation.MapLayout a, int i, Segmentation.MapLayout b, int j) {
        return Math.hypot(a.x()[i] - b.x()[j], a.y()[i] - b.y()[j]);
    }

    /** Some rows of a matrix, in the given order. */
    static FeatureMatrix rows(FeatureMatrix features, int[] chosen) {
        int d = features.columns();
        double[] values = new double[chosen.length * d];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(features.values(), chosen[i] * d, values, i * d, d);
        }
        return matrix(values, chosen.length, d);
    }

    @Nested
    class Neighbours {
        @Test
        void areKeptWhereTwoPrincipalComponentsLoseThem() {
            var features = blobs(12, 1200, 20, 1.5, 3);
            double kept = Trustworthiness.of(features, fit(features), 15, 1);
            double linear = Trustworthiness.of(features, Trustworthiness.linear(features), 15, 1);
            assertTrue(kept > 0.95, "trustworthiness " + kept);
            assertTrue(kept > linear + 0.05, "linear " + linear);
        }

        @Test
        void ofOneBlobSurroundIt() {
            var features = blobs(5, 500, 10, 0.5, 1);
            var map = fit(features);
            for (int i = 0; i < 500; i++) {
                int row = i;
                int nearest =
                        IntStream.range(0, 500)
                                .filter(o -> o != row)
                                .boxed()
                                .min(Comparator.comparingDouble(o -> apart(map, row, map, o)))
                                .orElseThrow();
                assertEquals(i % 5, nearest % 5);
            }
        }

        @Test
        void identicalCustomersShareOneSpot() {
            var some = blobs(3, 120, 4, 1, 2);
            int[] twice = IntStream.range(0, 240).map(i -> i % 120).toArray();
            var map = fit(rows(some, twice));
            for (int i = 0; i < 120; i++) assertEquals(0, apart(map, i, map, i + 120));
        }
    }

    @Nested
    class Determinism {
        @Test
        void theNumberOfThreadsDoesNotMatter() throws Exception {
            var features = blobs(6, 700, 12, 1, 4);
            var alone = new ForkJoinPool(1);
            var many = new ForkJoinPool(7);
            try {
                assertSame(
                        alone.submit(() -> fit(features)).get(),
                        many.submit(() -> fit(features)).get());
            } finally {
                alone.shutdown();
                many.shutdown();
            }
        }

        @Test
        void theOrderOfCustomersDoesNotMatter() {
            var features = blobs(4, 400, 6, 1, 5);
            int[] order = IntStream.range(0, 400).toArray();
            var random = new Random(1);
            for (int i = 399; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            var map = fit(features);
            var shuffled = fit(rows(features, order));
            for (int i = 0; i < 400; i++) assertEquals(0, apart(map, order[i], shuffled, i));
        }
    }

    @Nested
    class Placing {
        @ParameterizedTest
        @ValueSource(ints = {10, 200, Landmarks.MOST})
        void leavesTheRunsOwnCustomersWhereTheyAre(int most) {
            var features = blobs(4, 500, 5, 1, 6);
            var landmarks = Landmarks.of(features, most, 42);
            var map = CustomerMap.fit(landmarks, 42, Progress.NONE).place(features);
            assertInRange(map, 500);
            assertSame(map, CustomerMap.of(landmarks, map).place(features));
            var lone = CustomerMap.of(landmarks, map).place(rows(features, new int[] {77}));
            assertEquals(0, apart(map, 77, lone, 0));
        }

        @Test
        void putsANewCustomerBesideItsNearest() {
            var features = blobs(6, 900, 8, 0.8, 7);
            var own = rows(features, IntStream.range(0, 800).toArray());
            var map = fit(own);
            int[] fresh = IntStream.range(800, 900).toArray();
            var placed = CustomerMap.of(own, map, 42).place(rows(features, fresh));
            assertInRange(placed, 100);
            for (int i = 0; i < 100; i++) {
                int group = fresh[i] % 6;
                long same =
                        IntStream.of(nearestOnMap(map, placed, i, 10))
                                .filter(o -> o % 6 == group)
                                .count();
                assertEquals(10, same, "customer " + i);
            }
        }

        @Test
        void putsAnAlmostEqualCustomerOnItsTwin() {
            var own = blobs(3, 300, 6, 1, 8);
            var map = fit(own);
            var twin = rows(own, new int[] {123});
            twin.values()[2] += 1e-6;
            var placed = CustomerMap.of(own, map, 42).place(twin);
            assertTrue(apart(placed, 0, map, 123) < 2, "apart " + apart(placed, 0, map, 123));
        }

        @Test
        void keepsNeighboursOfThoseThatAreNoLandmarks() {
            var features = blobs(8, 1500, 12, 1, 9);
            var landmarks = Landmarks.of(features, 400, 42);
            var map = CustomerMap.fit(landmarks, 42, Progress.NONE).place(features);
            double kept = Trustworthiness.of(features, map, 15, 1);
            assertTrue(kept > 0.9, "trustworthiness " + kept);
        }

        @Test
        void bearsACustomerFarOutsideEverything() {
            var own = blobs(3, 90, 4, 1, 10);
            double[] far = {1e300, -1e300, 1e-300, 0};
            var placed = CustomerMap.of(own, fit(own), 42).place(matrix(far, 1, 4));
            assertInRange(placed, 1);
        }

        private static int[] nearestOnMap(
                Segmentation.MapLayout map, Segmentation.MapLayout placed, int i, int k) {
            return IntStream.range(0, map.x().length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(o -> apart(placed, i, map, o)))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 8, 15, 16, 17, 20})
        void fewCustomersHaveTheirPlaces(int n) {
            var map = fit(blobs(2, n, 3, 0.5, n));
            assertInRange(map, n);
            for (int i = 1; i < n; i++) assertTrue(apart(map, 0, map, i) > 0, "customer " + i);
        }

        @Test
        void identicalCustomersStandInTheMiddle() {
            var map = fit(matrix(new double[60], 20, 3));
            for (int i = 0; i < 20; i++) {
                assertEquals(CustomerMap.SIDE / 2, map.x()[i]);
                assertEquals(CustomerMap.SIDE / 2, map.y()[i]);
            }
        }

        @Test
        void noFeatureAtAllIsNoFault() {
            assertInRange(fit(matrix(new double[0], 7, 0)), 7);
        }

        @Test
        void constantFeaturesAndALineAreNoFault() {
            double[] values = new double[300 * 3];
            for (int i = 0; i < 300; i++) {
                values[i * 3] = 7;
                values[i * 3 + 1] = i;
            }
            var map = fit(matrix(values, 300, 3));
            assertInRange(map, 300);
            assertTrue(Arrays.stream(map.x()).distinct().count() > 100);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1e-30, 1e-150, 1e30, 1e150})
        void theScaleOfTheFeaturesDoesNotMatter(double scale) {
            var features = blobs(3, 150, 4, 1, 11);
            double[] scaled = Arrays.stream(features.values()).map(v -> v * scale).toArray();
            var map = fit(matrix(scaled, 150, 4));
            assertInRange(map, 150);
            assertTrue(Trustworthiness.of(features, map, 15, 1) > 0.9);
        }

        @Test
        void onesThatAreEquallyFarFromAllAreNoFault() {
            double[] corners = new double[40 * 40];
            for (int i = 0; i < 40; i++) corners[i * 40 + i] = 1;
            var map = fit(matrix(corners, 40, 40));
            assertInRange(map, 40);
            assertTrue(apart(map, 0, map, 1) > 0);
        }
    }

    @Test
    void aCancelledRunStops() {
        var cancelled =
                new Progress() {
                    @Override
                    public void advance(long done, long total, Unit unit) {}

                    @Override
                    public void notice(Notice notice) {}

                    @Override
                    public void checkCancelled() {
                        throw new CancelledException(Message.of("run.cancelled"));
                    }
                };
        var features = blobs(2, 100, 3, 1, 12);
        assertThrows(CancelledException.class, () -> CustomerMap.fit(features, 42, cancelled));
    }
}

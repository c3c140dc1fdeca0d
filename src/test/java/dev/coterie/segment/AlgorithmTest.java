package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Language;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmTest {
    private static final int ISLANDERS = 900;
    private static final int STRAYS = 300;

    /** Two half moons, a ring and a small knot; then strays all over the place. */
    static FeatureMatrix islands(long seed, int islanders, int strays) {
        var random = new Random(seed);
        double[] values = new double[2 * (islanders + strays)];
        for (int i = 0; i < islanders + strays; i++) {
            double angle = Math.PI * random.nextDouble();
            double x = 30 * random.nextDouble() - 9;
            double y = 24 * random.nextDouble() - 12;
            if (i < islanders) {
                int island = island(i);
                double size = island == 2 ? 2 : island == 3 ? 0.3 : 5;
                double turned = island == 1 ? -angle : island == 2 ? 2 * angle : angle;
                x = size * Math.cos(turned) + (island == 1 ? 5 : island > 1 ? 15 : 0);
                y = size * Math.sin(turned) + (island == 1 ? 2 : island == 3 ? 6 : 0);
                x += 0.3 * random.nextGaussian();
                y += 0.3 * random.nextGaussian();
            }
            values[2 * i] = x;
            values[2 * i + 1] = y;
        }
        return SegmenterTest.matrix(values, islanders + strays, 2);
    }

    private static int island(int i) {
        return i % 9 < 4 ? 0 : i % 9 < 6 ? 1 : i % 9 < 8 ? 2 : 3;
    }

    private static int[] truth() {
        return IntStream.range(0, ISLANDERS).map(AlgorithmTest::island).toArray();
    }

    private static Segmentation fit(FeatureMatrix features, Algorithm algorithm, int k) {
        var asked = k == 0 ? OptionalInt.empty() : OptionalInt.of(k);
        return new Segmenter(asked, OptionalInt.empty(), Map.of(), algorithm, 42)
                .fit(features, Progress.NONE);
    }

    @Nested
    class DenseIslandsInNoise {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void areFoundByHdbscanAndCutUpByKMeans(long seed) {
            var features = islands(seed, ISLANDERS, STRAYS);
            var dense = new DensityClusterer(42).fit(features, 1, Progress.NONE);
            double found = agreement(dense, features);
            assertEquals(4, dense.clusters());
            assertTrue(found > 0.95, "ARI " + found);
            double byMiddles =
                    agreement(
                            Clusterer.of(Algorithm.KMEANS, features, Map.of(), 42)
                                    .fit(features, 4, Progress.NONE),
                            features);
            assertTrue(found > byMiddles + 0.2, found + " against " + byMiddles);
        }

        /** Over the islanders: strays belong nowhere. */
        private double agreement(ClusterModel found, FeatureMatrix features) {
            int[] labels = found.over(features).belonging(features).labels();
            return Agreement.adjustedRand(truth(), Arrays.copyOf(labels, ISLANDERS));
        }

        @Test
        void leaveMostStraysOutsideAndSayHowMany() {
            var found = fit(islands(1, ISLANDERS, STRAYS), Algorithm.HDBSCAN, 0);
            long strays = outside(found, ISLANDERS, ISLANDERS + STRAYS);
            long islanders = outside(found, 0, ISLANDERS);
            assertTrue(strays > 0.7 * STRAYS, "of the strays " + strays);
            assertTrue(islanders < 0.1 * ISLANDERS, "of the islanders " + islanders);
            assertTrue(found.clear());
            assertSaid(String.valueOf(found.outliers()), found);
        }

        private long outside(Segmentation found, int from, int to) {
            return IntStream.range(from, to).filter(i -> found.outlier()[i]).count();
        }

        @Test
        void haveTheLibrarysLabels() {
            var features = islands(4, ISLANDERS, STRAYS);
            var points = new Points(features.values(), features.rows(), features.columns());
            int[] cluster = DensityClusterer.clusters(points);
            var read =
                    new DensityClusterer(1)
                            .fit(features, 1, Progress.NONE)
                            .over(features)
                            .belonging(features);
            int[] labels = read.labels();
            for (int i = 0; i < cluster.length; i++) {
                assertEquals(cluster[i] < 0, read.strangeness()[i] > 0.5, "row " + i);
                if (cluster[i] >= 0) assertEquals(cluster[i], labels[i], "row " + i);
            }
        }
    }

    private static void assertSaid(String part, Segmentation found) {
        for (var language : Language.values()) {
            String said = found.reason().in(language);
            assertTrue(said.contains(part), said);
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void givesItsOwnCustomersWhatItGaveThem(Algorithm algorithm) {
        var features = SegmenterTest.blobs(3, 240, 2, 0.6, 5);
        var found = fit(features, algorithm, algorithm == Algorithm.HDBSCAN ? 0 : 3);
        var again = SegmentAssigner.of(found, features).assign(features);
        assertArrayEquals(found.labels(), again.labels());
        assertArrayEquals(found.outlier(), again.outlier());
        for (double[] of : again.probabilities()) assertEquals(1, Arrays.stream(of).sum(), 1e-9);
        var served = algorithm == Algorithm.AUTO ? Algorithm.MIXTURE : algorithm;
        assertEquals(served, found.method().algorithm());
    }

    @Test
    void hdbscanReadsMoreRowsThanItRunsOn() {
        int n = DensityClusterer.SAMPLE + 1500;
        var features = islands(6, n, 500);
        var model = new DensityClusterer(42).fit(features, 1, Progress.NONE);
        int[] labels = model.over(features).belonging(features).labels();
        int[] truth = IntStream.range(0, n).map(AlgorithmTest::island).toArray();
        assertTrue(Agreement.adjustedRand(truth, Arrays.copyOf(labels, n)) > 0.95);
    }

    @Test
    void hdbscanSaysWhereNearlyNobodyIsInADenseGroup() {
        double[] even = new Random(3).doubles(300 * 6).toArray();
        var found = fit(SegmenterTest.matrix(even, 300, 6), Algorithm.HDBSCAN, 0);
        assertFalse(found.clear());
        assertSaid("HDBSCAN*", found);
    }

    @Test
    void hdbscanTakesNoNumberOfSegments() {
        var refused =
                assertThrows(
                        InvalidInputException.class,
                        () -> fit(islands(1, 90, 10), Algorithm.HDBSCAN, 3));
        assertTrue(refused.getMessage().contains("auto"));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void customersWhoAreTheSameStayTogether(Algorithm algorithm) {
        double[] values = new double[400];
        for (int i = 0; i < 200; i++) {
            values[2 * i] = i % 2 * 4;
            values[2 * i + 1] = i % 2 * 3;
        }
        values[0] = 9;
        values[1] = -9;
        var found = fit(SegmenterTest.matrix(values, 200, 2), algorithm, 0);
        for (int i = 3; i < 200; i++) {
            assertEquals(found.labels()[i - 2], found.labels()[i]);
            assertEquals(found.outlier()[i - 2], found.outlier()[i]);
        }
        for (double c : found.confidence()) assertTrue(Double.isFinite(c));
    }
}

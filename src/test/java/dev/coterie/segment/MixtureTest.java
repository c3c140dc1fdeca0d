package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest {
    private static final int N = 1600;

    /**
     * Six groups in a ring: each shares its text with one neighbour and its behaviour with the
     * other, so neither block alone finds them; the profile is noise. The last {@code strangers}
     * rows have the text of one group and the behaviour of another.
     */
    private record Shop(FeatureMatrix features, int[] truth) {
        static Shop of(int n, int strangers, long seed) {
            var random = new Random(seed);
            var features = new ArrayList<Feature>();
            for (int j = 0; j < 10; j++) features.add(new Feature("t" + j, Block.TEXT, "text"));
            for (int j = 0; j < 4; j++) {
                features.add(new Feature("b" + j, Block.BEHAVIOUR, "b" + j));
            }
            for (int j = 0; j < 3; j++) {
                features.add(new Feature("city=" + j, Block.PROFILE, "city"));
            }
            features.add(new Feature("age", Block.PROFILE, "age"));
            int width = features.size();
            double[] values = new double[n * width];
            int[] truth = new int[n];
            for (int i = 0; i < n; i++) {
                boolean stranger = i >= n - strangers;
                int text = i % 6;
                int habit = i / 6 % 6;
                truth[i] = stranger ? -1 : i % 6;
                if (!stranger) habit = i % 6;
                double[] row = new double[width];
                for (int j = 0; j < 10; j++) row[j] = random.nextGaussian();
                row[text / 2] += 5;
                for (int j = 0; j < 4; j++) row[10 + j] = random.nextGaussian();
                row[10 + (habit + 1) % 6 / 2] += 5;
                int city = random.nextInt(3);
                for (int j = 0; j < 3; j++) row[14 + j] = indicator(city == j);
                row[17] = random.nextGaussian();
                System.arraycopy(row, 0, values, i * width, width);
            }
            return new Shop(new FeatureMatrix(features, n, values), truth);
        }
    }

    /** An indicator as the profile block makes it, for three levels alike. */
    private static double indicator(boolean on) {
        return ((on ? 1 : 0) - 1 / 3.0) / Math.sqrt(1 / 3.0);
    }

    private static Segmentation fit(FeatureMatrix features, int k) {
        return new Segmenter(OptionalInt.of(k), 7).fit(features, Progress.NONE);
    }

    private static double agreement(Segmentation found, int[] truth) {
        int[] known = IntStream.range(0, truth.length).filter(i -> truth[i] >= 0).toArray();
        return Agreement.adjustedRand(
                IntStream.of(known).map(i -> truth[i]).toArray(),
                IntStream.of(known).map(i -> found.labels()[i]).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void blocksTogetherFindWhatNeitherFindsAlone(long seed) {
        var shop = Shop.of(N, 0, seed);
        assertTrue(agreement(fit(shop.features(), 6), shop.truth()) > 0.95);
        assertTrue(agreement(fit(only(shop.features(), Block.BEHAVIOUR), 6), shop.truth()) < 0.7);
    }

    private static FeatureMatrix only(FeatureMatrix features, Block block) {
        int[] columns =
                IntStream.range(0, features.columns())
                        .filter(j -> features.features().get(j).block() == block)
                        .toArray();
        double[] values = new double[features.rows() * columns.length];
        for (int i = 0; i < features.rows(); i++) {
            for (int j = 0; j < columns.length; j++) {
                values[i * columns.length + j] = features.get(i, columns[j]);
            }
        }
        return new FeatureMatrix(
                IntStream.of(columns).mapToObj(features.features()::get).toList(),
                features.rows(),
                values);
    }

    @Test
    void customersWhoseBlocksDoNotBelongTogetherAreOutliers() {
        int strangers = 80;
        var shop = Shop.of(N, strangers, 4);
        var found = fit(shop.features(), 6);
        int flagged = found.outliers();
        int hit = 0;
        for (int i = N - strangers; i < N; i++) if (found.outlier()[i]) hit++;
        assertTrue(hit >= strangers / 4, hit + " of " + strangers);
        assertTrue(hit > flagged / 2, hit + " of " + flagged + " flagged");
    }

    @Test
    void neverMoreThanFifteenInAHundredAreOutliers() {
        var shop = Shop.of(N, N * 2 / 5, 5);
        assertTrue(fit(shop.features(), 6).outliers() <= 0.15 * N);
    }

    @Nested
    class Fitting {
        @Test
        void theLikelihoodDoesNotFallFromStepToStep() {
            var shop = Shop.of(600, 0, 6);
            var data = MixtureData.of(shop.features());
            int[] rows = IntStream.range(0, 600).toArray();
            var read = data.read(shop.features(), rows);
            var fit = new MixtureFit(MixtureRows.of(data, read), 6, Map.of());
            var random = new Random(2);
            int[] labels = random.ints(600, 0, 6).toArray();
            var fitted = fit.fromLabels(labels, 1, 0);
            for (int step = 0; step < 25; step++) {
                var next = fit.goOn(fitted, 1, 0);
                // the small pull towards everyone's means may cost the last digits
                assertTrue(next.likelihood() > fitted.likelihood() - 1e-3);
                fitted = next;
            }
        }

        @Test
        void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() {
            var shop = Shop.of(900, 20, 8);
            var first = fit(shop.features(), 6);
            var again = fit(shop.features(), 6);
            assertArrayEquals(first.labels(), again.labels());
            assertArrayEquals(first.confidence(), again.confidence());
            assertArrayEquals(first.strangeness(), again.strangeness());
        }

        @Test
        void ownCustomersAreAssignedAsTheyWereFitted() {
            var shop = Shop.of(900, 20, 9);
            var found = fit(shop.features(), 6);
            var assigned = CutAssigner.of(found, shop.features()).assign(shop.features());
            assertArrayEquals(found.labels(), assigned.segments());
            assertArrayEquals(found.outlier(), assigned.outlier());
            assertArrayEquals(found.confidence(), assigned.confidence(), 1e-12);
        }
    }

    @Nested
    class Balancing {
        @Test
        void blocksWithStructureGetTheShares() {
            var shares = new BlockStructure(Map.of(), 3).shares(Shop.of(N, 0, 10).features());
            assertEquals(1, shares.values().stream().mapToDouble(s -> s).sum(), 1e-9);
            assertTrue(shares.get(Block.PROFILE) < 0.06, shares.toString());
            assertTrue(shares.get(Block.TEXT) > 0.2, shares.toString());
            assertTrue(shares.get(Block.BEHAVIOUR) > 0.2, shares.toString());
        }

        @Test
        void aChosenFactorCountsSquared() {
            var weights = BlockStructure.weights(Map.of(Block.TEXT, 2.0, Block.PROFILE, 0.5));
            assertEquals(4, weights.get(Block.TEXT));
            assertEquals(0.25, weights.get(Block.PROFILE));
            assertEquals(1, weights.get(Block.BEHAVIOUR));
        }
    }

    /** Half a shop's customers never return anything, whatever group they are in. */
    @Test
    void aValueThatMostHaveMakesNoGroupsOfItsOwn() {
        var shop = Shop.of(900, 0, 2);
        var random = new Random(9);
        var columns = new ArrayList<>(shop.features().features());
        columns.add(new Feature("returns", Block.BEHAVIOUR, "returns"));
        int width = shop.features().columns();
        double[] values = new double[900 * (width + 1)];
        for (int i = 0; i < 900; i++) {
            for (int j = 0; j < width; j++) {
                values[i * (width + 1) + j] = shop.features().get(i, j);
            }
            boolean none = random.nextInt(10) < 7;
            values[i * (width + 1) + width] = none ? -0.5 : 3 + random.nextDouble();
        }
        var features = new FeatureMatrix(columns, 900, values);
        var found = new Segmenter(OptionalInt.empty(), 3).fit(features, Progress.NONE);
        assertEquals(6, found.k());
        assertTrue(agreement(found, shop.truth()) > 0.95);
    }

    @Nested
    class ClearGroups {
        @Test
        void theEarlierNumberStaysWhereItServesAsWell() {
            var shop = Shop.of(600, 0, 4);
            var weights = BlockStructure.weights(Map.of());
            var free = ClusterCount.choose(shop.features(), weights, 3, Progress.NONE);
            double best = free.candidates().stream().mapToDouble(c -> c.evidence()).max().orElse(0);
            for (int before : new int[] {free.k(), 2, 30}) {
                var again =
                        ClusterCount.choose(
                                shop.features(), weights, OptionalInt.of(before), 3, Progress.NONE);
                var evidence = again.candidates().stream().filter(c -> c.k() == before).findFirst();
                boolean serves = evidence.orElseThrow().evidence() >= 0.92 * best;
                assertEquals(serves ? before : free.k(), again.k());
                assertEquals(serves, again.reason().key().equals("segment.reason_as_before"));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 9, 40, 900})
        void everyNumberIsLookedAtThatTheCustomersCanFill(int n) {
            var found =
                    ClusterCount.choose(
                            Shop.of(n, 0, 4).features(),
                            BlockStructure.weights(Map.of()),
                            3,
                            Progress.NONE);
            int most = Math.max(2, Math.min(30, n / 5));
            assertEquals(
                    IntStream.rangeClosed(2, most).boxed().toList(),
                    found.candidates().stream().map(c -> c.k()).toList());
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void noiseIsCalledNoise(long seed) {
            var random = new Random(seed);
            double[] values = new double[600 * 12];
            for (int i = 0; i < values.length; i++) values[i] = random.nextGaussian();
            var features =
                    new FeatureMatrix(
                            IntStream.range(0, 12)
                                    .mapToObj(
                                            j ->
                                                    new Feature(
                                                            "f" + j,
                                                            j < 6 ? Block.TEXT : Block.BEHAVIOUR,
                                                            "f" + j))
                                    .toList(),
                            600,
                            values);
            var found = new Segmenter(OptionalInt.empty(), seed).fit(features, Progress.NONE);
            assertFalse(found.clear());
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2})
        void plantedGroupsAreClear(long seed) {
            var found =
                    new Segmenter(OptionalInt.empty(), seed)
                            .fit(Shop.of(600, 20, seed).features(), Progress.NONE);
            assertTrue(found.clear());
            assertTrue(Math.abs(found.k() - 6) <= 1, "k " + found.k());
        }
    }

    @Nested
    class BadInput {
        @Test
        void customersWithoutTextOrEventsAreReadByWhatTheyHave() {
            var shop = Shop.of(600, 0, 11);
            double[] values = shop.features().values().clone();
            int width = shop.features().columns();
            for (int i = 0; i < 200; i++) Arrays.fill(values, i * width, i * width + 10, 0);
            for (int i = 100; i < 250; i++) Arrays.fill(values, i * width + 10, i * width + 14, 0);
            var found = fit(new FeatureMatrix(shop.features().features(), 600, values), 6);
            for (double c : found.confidence()) assertTrue(c >= 0 && c <= 1);
            for (double s : found.strangeness()) assertTrue(s >= 0 && s <= 1);
        }

        @Test
        void constantColumnsAndLevelsSaySo() {
            double[] values = new double[40 * 3];
            for (int i = 0; i < 40; i++) {
                values[i * 3] = 1;
                values[i * 3 + 1] = i % 2;
                values[i * 3 + 2] = i < 20 ? -4 + 0.01 * i : 4 + 0.01 * i;
            }
            var features =
                    new FeatureMatrix(
                            List.of(
                                    new Feature("same", Block.PROFILE, "same"),
                                    new Feature("flag", Block.PROFILE, "flag"),
                                    new Feature("spend", Block.BEHAVIOUR, "spend")),
                            40,
                            values);
            var data = MixtureData.of(features);
            assertEquals(1, data.levels().size());
            assertEquals(1, data.numbers().size());
            var found = fit(features, 2);
            assertEquals(20, found.size(0));
        }
    }
}

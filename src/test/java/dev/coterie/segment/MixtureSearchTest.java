package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureSearchTest {
    private static final int N = 900;
    private static final int GROUPS = 6;
    private static final int[] ALL = IntStream.range(0, N).toArray();

    /**
     * Long groups beside each other, which k-means would cut across, and a city that each likes.
     */
    private static final class Groups {
        final FeatureMatrix features;
        final int[] truth = new int[N];

        Groups(long seed) {
            var random = new Random(seed);
            var columns = new ArrayList<Feature>();
            for (int j = 0; j < 6; j++) columns.add(new Feature("t" + j, Block.TEXT, "text"));
            for (int j = 0; j < 3; j++) {
                columns.add(new Feature("b" + j, Block.BEHAVIOUR, "b" + j));
            }
            for (int j = 0; j < GROUPS; j++) {
                columns.add(new Feature("city=" + j, Block.PROFILE, "city"));
            }
            int width = columns.size();
            double[] values = new double[N * width];
            for (int i = 0; i < N; i++) {
                int group = i % GROUPS;
                truth[i] = group;
                int at = i * width;
                double along = 6 * random.nextGaussian();
                for (int j = 0; j < 6; j++) values[at + j] = along + random.nextGaussian();
                values[at + group] += 5;
                for (int j = 0; j < 3; j++) values[at + 6 + j] = random.nextGaussian();
                values[at + 6 + group % 3] += 2;
                int city = random.nextInt(3) > 0 ? group : random.nextInt(GROUPS);
                for (int j = 0; j < GROUPS; j++) values[at + 9 + j] = j == city ? 1 : -0.2;
            }
            features = new FeatureMatrix(columns, N, values);
        }

        MixtureSearch search() {
            return MixtureSearch.of(features, ALL, Map.of(), 5);
        }

        MixtureFit fit(int k) {
            return new MixtureFit(
                    MixtureRows.of(MixtureData.of(features), features, ALL), k, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsFoundIsAsLikelyAsThePlantedGroups(long seed) {
        var groups = new Groups(seed);
        double planted = groups.fit(GROUPS).fromLabels(groups.truth, 80, 1e-5).likelihood();
        var found = groups.search().best(GROUPS, MixtureSearch.Effort.FULL);
        assertTrue(found.likelihood() > planted - 0.01, found.likelihood() + " < " + planted);
        assertTrue(Agreement.adjustedRand(groups.truth, found.labels()) > 0.95);
    }

    @Test
    void oneWayLeadsThroughAllNumbersOfClusters() {
        var told = new AtomicInteger();
        var found = new Groups(1).search().byNumber(12, told::incrementAndGet);
        assertEquals(
                IntStream.rangeClosed(2, 12).boxed().toList(),
                found.stream().map(f -> f.model().clusters()).toList());
        assertEquals(11, told.get());
        for (int at = 1; at < found.size(); at++) {
            double more = found.get(at).likelihood() - found.get(at - 1).likelihood();
            assertTrue(more > -0.02, "from " + (at + 1) + " to " + (at + 2) + ": " + more);
        }
        assertEquals(List.of(), new Groups(1).search().byNumber(1, told::incrementAndGet));
    }

    @Nested
    class Joins {
        private final Groups groups = new Groups(1);

        /** The planted groups, the first of them dealt out in two by chance. */
        private MixtureFit.Fitted oneTooMany() {
            var random = new Random(3);
            int[] labels = groups.truth.clone();
            for (int i = 0; i < N; i++) {
                if (labels[i] == 0 && random.nextBoolean()) labels[i] = GROUPS;
            }
            return groups.fit(GROUPS + 1).fromLabels(labels, 1, 1e-3);
        }

        @Test
        void theHalvesOfOneGroupAreJoinedFirst() {
            var pairs = ClusterJoins.cheapest(oneTooMany(), 1);
            assertArrayEquals(new int[] {0, GROUPS}, pairs.get(0));
            var joined = groups.fit(GROUPS).joined(oneTooMany(), pairs, 1, 1e-3);
            assertEquals(1, Agreement.adjustedRand(groups.truth, joined.labels()), 0.05);
        }

        @Test
        void noClusterIsInTwoPairs() {
            var pairs = ClusterJoins.cheapest(oneTooMany(), 100);
            assertEquals((GROUPS + 1) / 2, pairs.size());
            var seen = new HashSet<Integer>();
            for (int[] pair : pairs) for (int c : pair) assertTrue(seen.add(c), "twice: " + c);
        }

        @Test
        void whatBelongedToEitherBelongsToBoth() {
            var before = oneTooMany();
            var after = groups.fit(GROUPS).joined(before, List.of(new int[] {1, 4}), 1, 1e-3);
            double inside = Arrays.stream(before.responsibilities()).mapToDouble(r -> r[1]).sum();
            double kept = Arrays.stream(after.responsibilities()).mapToDouble(r -> r[1]).sum();
            assertEquals(inside, kept, 0.05);
            assertEquals(GROUPS, after.model().clusters());
        }
    }
}

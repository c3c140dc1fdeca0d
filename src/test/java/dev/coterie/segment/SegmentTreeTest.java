package dev.coterie.segment;

import static dev.coterie.segment.SegmenterTest.blobs;
import static dev.coterie.segment.SegmenterTest.fit;
import static dev.coterie.segment.SegmenterTest.matrix;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTreeTest {
    private static final FeatureMatrix FEATURES = blobs(6, 1800, 6, 1.4, 11);
    private static final Segmentation FOUND = fit(FEATURES, OptionalInt.of(6));
    private static final SegmentTree TREE = FOUND.hierarchy().tree();
    private static final Message BECAUSE = Message.of("segment.reason_chosen", "k", 0);

    private static int[] labels(Cut cut) {
        return IntStream.of(FOUND.hierarchy().micro().of()).map(cut::of).toArray();
    }

    private static void agreesWithItsOwnCustomers(Segmentation segmentation, FeatureMatrix rows) {
        var assigned = CutAssigner.of(segmentation, rows).assign(rows);
        assertArrayEquals(segmentation.labels(), assigned.segments());
        assertArrayEquals(segmentation.confidence(), assigned.confidence());
        assertArrayEquals(segmentation.outlier(), assigned.outlier());
        for (int i = 0; i < rows.rows(); i++) {
            double[] row = assigned.probabilities()[i];
            assertEquals(1, Arrays.stream(row).sum(), 1e-9);
            double most = Arrays.stream(row).max().orElseThrow();
            assertEquals(most, row[assigned.segments()[i]], 1e-12, "its own is the likeliest");
        }
    }

    @Nested
    class Pieces {
        private final MicroClusters micro = FOUND.hierarchy().micro();

        @Test
        void areFineLieWithinOneClusterAndHoldEverybody() {
            assertTrue(micro.count() >= 90 && micro.count() <= 200, "pieces " + micro.count());
            assertArrayEquals(FOUND.labels(), FOUND.hierarchy().clusters());
            int[] counted = new int[micro.count()];
            for (int p : micro.of()) counted[p]++;
            assertArrayEquals(micro.size(), counted);
            for (int size : micro.size()) assertTrue(size >= MicroClusters.FEWEST);
        }

        @Test
        void areTheSameAgain() {
            assertEquals(micro, fit(FEATURES, OptionalInt.of(6)).hierarchy().micro());
        }

        @Test
        void keepIdenticalCustomersTogether() {
            double[] values = FEATURES.values().clone();
            System.arraycopy(values, 0, values, 600 * 6, 40 * 6);
            var doubled = matrix(values, 1800, 6);
            int[] of = fit(doubled, OptionalInt.of(3)).hierarchy().micro().of();
            for (int i = 0; i < 40; i++) assertEquals(of[i], of[600 + i]);
        }
    }

    @Nested
    class Cuts {
        @Test
        void atTheFittedNumberAreTheFittedClusters() {
            assertEquals(6, TREE.clusters());
            assertArrayEquals(FOUND.labels(), labels(TREE.cut(6)));
        }

        @Test
        void heightsNeverFallAndClustersAreWholeBeforeTheyJoin() {
            double before = 0;
            for (int i = 0; i < TREE.merges().size(); i++) {
                var merge = TREE.merges().get(i);
                assertTrue(merge.height() >= before && merge.cost() >= 0);
                before = merge.height();
                boolean within = i < TREE.leaves() - TREE.clusters();
                int[] leaves = TREE.under(TREE.leaves() + i);
                long clusters = IntStream.of(leaves).map(p -> TREE.cluster()[p]).distinct().count();
                assertEquals(within, clusters == 1);
                assertEquals(IntStream.of(leaves).map(p -> TREE.size()[p]).sum(), merge.size());
            }
            assertEquals(1800, TREE.merges().get(TREE.merges().size() - 1).size());
        }

        @Test
        void haveTheNumberAskedForWithoutGapsAndNestInOneAnother() {
            for (int k = 1; k <= 30; k++) {
                Cut cut = TREE.cut(k);
                int[] sizes = new int[k];
                for (int label : labels(cut)) sizes[label]++;
                for (int size : sizes) assertTrue(size > 0);
                if (k == 1) continue;
                Cut coarser = TREE.cut(k - 1);
                for (int a = 0; a < TREE.leaves(); a++) {
                    for (int b = 0; b < a; b++) {
                        if (cut.of(a) == cut.of(b)) assertEquals(coarser.of(a), coarser.of(b));
                    }
                }
            }
        }

        @Test
        void aStepUpKeepsEveryNumberAndGivesTheSmallerPartTheNextOne() {
            for (int k = 6; k < 30; k++) {
                Cut before = TREE.cut(k);
                Cut after = TREE.cut(k + 1);
                long kept = 0;
                long fresh = 0;
                int split = -1;
                for (int p = 0; p < TREE.leaves(); p++) {
                    if (after.of(p) == k) {
                        fresh += TREE.size()[p];
                        split = before.of(p);
                    } else {
                        assertEquals(before.of(p), after.of(p));
                    }
                }
                for (int p = 0; p < TREE.leaves(); p++) {
                    if (after.of(p) == split) kept += TREE.size()[p];
                }
                assertTrue(kept >= fresh && fresh > 0, kept + " " + fresh);
            }
        }

        @Test
        void aStepDownRenumbersAtMostTheLastSegment() {
            for (int k = 6; k > 1; k--) {
                Cut before = TREE.cut(k);
                Cut after = TREE.cut(k - 1);
                var merge = TREE.mergeTo(k - 1);
                int a = before.of(TREE.under(merge.left())[0]);
                int b = before.of(TREE.under(merge.right())[0]);
                for (int p = 0; p < TREE.leaves(); p++) {
                    int was = before.of(p);
                    int expected = was == a || was == b ? Math.min(a, b) : was;
                    if (was == k - 1 && expected == was) expected = Math.max(a, b);
                    assertEquals(expected, after.of(p));
                }
            }
        }

        @Test
        void thatTheTreeDoesNotHaveAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> TREE.cut(0));
            assertThrows(IllegalArgumentException.class, () -> TREE.cut(TREE.leaves() + 1));
        }
    }

    @Nested
    class Edits {
        @Test
        void mergingKeepsTheLowestNumberAndTellsWhoMoved() {
            var change = TREE.cut(6).merge(4, 1);
            assertArrayEquals(new int[] {0, 1, 2, 3, 5}, change.was());
            int[] before = FOUND.labels();
            int[] after = labels(change.cut());
            for (int i = 0; i < after.length; i++) {
                assertEquals(before[i] == 4 ? 1 : before[i] == 5 ? 4 : before[i], after[i]);
            }
            assertArrayEquals(
                    new int[] {0, 5, 4}, TREE.cut(6).merge(1, 2, 0, 3).was(), "three are freed");
        }

        @Test
        void splittingWhatWasMergedGivesTheTwoBack() {
            for (int a = 0; a < 6; a++) {
                for (int b = 0; b < a; b++) {
                    var merged = TREE.cut(6).merge(a, b).cut();
                    var again = merged.split(b, TREE).orElseThrow();
                    assertEquals(-1, again.was()[5]);
                    assertEquals(
                            1, Agreement.adjustedRand(FOUND.labels(), labels(again.cut())), 1e-12);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void customersGoWhereTheRunPutThemAfterAnySequence(long seed) {
            var random = new Random(seed);
            Segmentation now = FOUND;
            for (int step = 0; step < 8; step++) {
                Cut cut = now.hierarchy().cut();
                Cut next =
                        now.k() > 2 && random.nextBoolean()
                                ? cut.merge(0, 1 + random.nextInt(now.k() - 1)).cut()
                                : cut.split(random.nextInt(now.k()), TREE)
                                        .map(Cut.Change::cut)
                                        .orElse(cut);
                now = FOUND.recut(FEATURES, next, Map.of(), 42, BECAUSE);
                assertEquals(next.segments(), now.k());
                assertArrayEquals(labels(next), now.labels());
                agreesWithItsOwnCustomers(now, FEATURES);
                for (double s : now.stability()) assertTrue(s >= 0 && s <= 1, "stability " + s);
            }
        }

        @Test
        void recuttingAtTheFittedClustersChangesNothing() {
            var again = FOUND.recut(FEATURES, TREE.cut(6), Map.of(), 42, FOUND.reason());
            assertArrayEquals(FOUND.labels(), again.labels());
            assertArrayEquals(FOUND.confidence(), again.confidence(), 1e-12);
            assertArrayEquals(FOUND.outlier(), again.outlier());
            assertArrayEquals(FOUND.stability(), again.stability(), 1e-12);
            double[][] middles = again.segmentCentroids();
            for (int c = 0; c < 6; c++) assertArrayEquals(FOUND.centroids()[c], middles[c]);
        }

        @Test
        void aCustomerPlacedByHandStaysThereAndIsNoOutlier() {
            int row = 0;
            while (row < 1799 && !FOUND.outlier()[row]) row++;
            int other = (FOUND.labels()[row] + 1) % 6;
            var moved = FOUND.recut(FEATURES, TREE.cut(6), Map.of(row, other), 42, BECAUSE);
            assertEquals(other, moved.labels()[row]);
            assertFalse(moved.outlier()[row]);
            assertEquals(FOUND.size(other) + 1, moved.size(other));
        }

        @Test
        void theMiddleOfAMergedSegmentIsTheMeanOfItsCustomers() {
            var merged =
                    FOUND.recut(FEATURES, TREE.cut(6).merge(2, 5).cut(), Map.of(), 42, BECAUSE);
            double[] mean = new double[6];
            int[] members = merged.members(2);
            for (int row : members) {
                for (int j = 0; j < 6; j++) mean[j] += FEATURES.get(row, j) / members.length;
            }
            assertArrayEquals(mean, merged.segmentCentroids()[2], 0.1);
        }
    }

    @Nested
    class BadInput {
        @Test
        void identicalCustomersCannotBeDivided() {
            var found = fit(matrix(new double[60], 20, 3), OptionalInt.empty());
            var tree = found.hierarchy().tree();
            assertEquals(1, tree.leaves());
            assertTrue(tree.cut(1).split(0, tree).isEmpty());
        }

        @ParameterizedTest
        @CsvSource({"4, 2", "4, 4", "5, 1", "40, 1", "40, 40", "100, 3", "300, 254"})
        void fewCustomersOneClusterOrOneEachGiveACompleteTree(int n, int k) {
            var features = blobs(2, n, 3, 0.5, n);
            var found = fit(features, OptionalInt.of(k));
            var tree = found.hierarchy().tree();
            assertEquals(tree.leaves() - 1, tree.merges().size());
            assertTrue(tree.leaves() >= k);
            for (var merge : tree.merges()) assertTrue(Double.isFinite(merge.height()));
            for (int j = 1; j <= Math.min(30, tree.leaves()); j++) {
                assertEquals(j, tree.cut(j).segments());
                agreesWithItsOwnCustomers(
                        found.recut(features, tree.cut(j), Map.of(), 1, BECAUSE), features);
            }
        }

        @Test
        void manyCopiesOfFewCustomersHaveNoMorePiecesThanTheyHaveKinds() {
            double[] values = new double[400 * 2];
            for (int i = 0; i < 400; i++) values[2 * i] = i % 4;
            var found = fit(matrix(values, 400, 2), OptionalInt.of(2));
            assertTrue(found.hierarchy().micro().count() <= 4);
        }
    }
}

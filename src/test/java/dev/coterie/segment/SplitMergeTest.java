package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.progress.Progress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMergeTest {
    private static Points blobs(int groups, int n, double noise, long seed) {
        var features = SegmenterTest.blobs(groups, n, 6, noise, seed);
        return new Points(features.values(), n, 6);
    }

    @Test
    void leavesAnOptimumWithTwoGroupsInOneClusterAndOneGroupInTwo() {
        var points = blobs(4, 400, 0.3, 3);
        // groups 0 and 1 share a centroid between them, group 3 has two of its own rows
        double[] between = new double[6];
        for (int j = 0; j < 6; j++) between[j] = (points.row(0)[j] + points.row(1)[j]) / 2;
        double[][] start = {between, points.row(2), points.row(3), points.row(7)};
        var stuck = new KMeans(4, 1, 100, 1).fitFrom(points, start);
        int[] truth = SegmenterTest.truth(4, 400);
        assertTrue(Agreement.adjustedRand(stuck.labels(), truth) < 0.8, "Lloyd alone is stuck");
        var led = SplitMerge.improve(points, stuck, 1, Progress.NONE);
        assertEquals(1, Agreement.adjustedRand(led.labels(), truth), 1e-9);
        assertTrue(led.inertia() < stuck.inertia() / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12, 40})
    void neverRaisesTheInertiaAndKeepsEveryRowAtItsNearestCentroid(int k) {
        var points = blobs(25, 900, 1, k);
        var before = new KMeans(k, 1, 100, 5).fit(points);
        var after = SplitMerge.improve(points, before, 5, Progress.NONE);
        assertEquals(k, after.centroids().length);
        assertTrue(after.inertia() <= before.inertia());
        int[] nearest = new int[900];
        points.assign(after.centroids(), nearest);
        assertArrayEquals(nearest, after.labels());
        assertEquals(after.inertia(), points.inertia(after.centroids(), nearest), 1e-9);
    }

    @Test
    void givesTheSameModelEachTime() {
        var points = blobs(25, 900, 1, 8);
        var start = new KMeans(20, 1, 100, 5).fit(points);
        var first = SplitMerge.improve(points, start, 5, Progress.NONE);
        var again = SplitMerge.improve(points, start, 5, Progress.NONE);
        assertTrue(Arrays.deepEquals(first.centroids(), again.centroids()));
    }

    @Test
    void isAtEaseWithRowsThatAreAllAlike() {
        var points = new Points(new double[60], 20, 3);
        var start = new KMeans(4, 1, 10, 1).fit(points);
        var after = SplitMerge.improve(points, start, 1, Progress.NONE);
        assertEquals(0, after.inertia());
    }
}

package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How steady the segments of a cut are, from the stability of the fitted clusters.
 *
 * <p>Whole clusters keep what was measured when they were fitted. Where segments share a cluster,
 * subsamples of four fifths of it are clustered anew into as many parts; a segment's best Jaccard
 * similarity with one of them, times the cluster's own stability, is that of its share. A segment
 * of several parts has their mean, weighted by customers.
 */
final class CutStability {
    private static final int RESAMPLES = 20;
    private static final int RESAMPLE_ROWS = 2000;
    private static final int ITERATIONS = 50;

    private CutStability() {}

    /**
     * @return one figure a segment, 0..1
     */
    static double[] of(FeatureMatrix features, Hierarchy hierarchy, long seed) {
        int k = hierarchy.cut().segments();
        MicroClusters micro = hierarchy.micro();
        double[] sums = new double[k];
        double[] weights = new double[k];
        int[] starts = micro.starts();
        for (int c = 0; c < micro.clusters(); c++) {
            double[] steady = shared(features, hierarchy, c, starts, seed);
            for (int p = starts[c]; p < starts[c + 1]; p++) {
                int segment = hierarchy.cut().of(p);
                sums[segment] += micro.size()[p] * steady[segment];
                weights[segment] += micro.size()[p];
            }
        }
        for (int s = 0; s < k; s++) sums[s] = weights[s] == 0 ? 0 : sums[s] / weights[s];
        return sums;
    }

    /** The stability of each segment's share of one cluster. */
    private static double[] shared(
            FeatureMatrix features, Hierarchy hierarchy, int cluster, int[] starts, long seed) {
        Cut cut = hierarchy.cut();
        int k = cut.segments();
        double whole = hierarchy.clusterStability()[cluster];
        int[] part = new int[k];
        Arrays.fill(part, -1);
        int parts = 0;
        for (int p = starts[cluster]; p < starts[cluster + 1]; p++) {
            if (part[cut.of(p)] < 0) part[cut.of(p)] = parts++;
        }
        double[] steady = new double[k];
        if (parts == 1) {
            Arrays.fill(steady, whole);
            return steady;
        }
        double[] best = resampled(features, hierarchy.micro(), cluster, cut, part, parts, seed);
        for (int s = 0; s < k; s++) if (part[s] >= 0) steady[s] = whole * best[part[s]];
        return steady;
    }

    private static double[] resampled(
            FeatureMatrix features,
            MicroClusters micro,
            int cluster,
            Cut cut,
            int[] part,
            int parts,
            long seed) {
        int[] of = micro.of();
        int[] members = new int[of.length];
        int n = 0;
        for (int i = 0; i < of.length; i++) if (micro.cluster()[of[i]] == cluster) members[n++] = i;
        int d = features.columns();
        int size = Math.min(RESAMPLE_ROWS, Math.max(parts, n * 4 / 5));
        double[] sums = new double[parts];
        for (int r = 0; r < RESAMPLES; r++) {
            var random = new SplittableRandom(seed + 41L * r + cluster);
            int[] chosen = ClusterCount.sample(n, size, random);
            double[] rows = new double[chosen.length * d];
            int[] labels = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                int row = members[chosen[i]];
                System.arraycopy(features.values(), row * d, rows, i * d, d);
                labels[i] = part[cut.of(of[row])];
            }
            int[] again =
                    new KMeans(parts, 1, ITERATIONS, seed + 107L * r)
                            .fit(rows, chosen.length, d)
                            .labels();
            double[] best = Agreement.bestJaccard(labels, again, parts);
            for (int p = 0; p < parts; p++) sums[p] += best[p] / RESAMPLES;
        }
        return sums;
    }
}

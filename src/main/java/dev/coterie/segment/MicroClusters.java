package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The clusters in fine pieces: what the tree joins and every cut is made of. Each piece lies within
 * one cluster.
 *
 * <p>Immutable by agreement: the arrays are shared and read-only.
 *
 * @param centroids pieces × features
 * @param cluster the cluster of each piece, 0..clusters-1, ascending
 * @param size customers of each piece; 0 only where a cluster has none
 * @param of piece of each customer
 */
public record MicroClusters(double[][] centroids, int[] cluster, int[] size, int[] of) {
    /** Pieces in all, about; small clusters have fewer customers a piece, large ones more. */
    private static final int ABOUT = 150;

    /** A piece with fewer customers joins its neighbours. */
    static final int FEWEST = 10;

    /** Customers of one cluster that its pieces are fitted on. */
    private static final int SAMPLE = 4096;

    private static final int ITERATIONS = 25;

    /** Customers in one piece of work. */
    private static final int BATCH = 4096;

    /**
     * K-means within each cluster.
     *
     * @param clusters cluster of each row, 0..clusters-1
     * @param centroids of the clusters
     */
    static MicroClusters fit(FeatureMatrix rows, int[] clusters, double[][] centroids, long seed) {
        var pieces = new ArrayList<double[]>();
        var owner = new ArrayList<Integer>();
        int[][] members = members(clusters, centroids.length);
        for (int c = 0; c < centroids.length; c++) {
            for (double[] piece : divide(rows, members[c], centroids[c], seed + 17L * c)) {
                pieces.add(piece);
                owner.add(c);
            }
        }
        double[][] found = pieces.toArray(double[][]::new);
        int[] cluster = owner.stream().mapToInt(Integer::intValue).toArray();
        return new MicroClusters(found, cluster, new int[found.length], new int[0])
                .over(rows, clusters)
                .withoutSmall(rows, clusters);
    }

    /** Each cluster as one piece. */
    static MicroClusters whole(int[] clusters, double[][] centroids) {
        int[] size = new int[centroids.length];
        for (int c : clusters) size[c]++;
        int[] same = IntStream.range(0, centroids.length).toArray();
        return new MicroClusters(centroids, same, size, clusters.clone());
    }

    /** The rows of each of k clusters, in their order. */
    static int[][] members(int[] clusters, int k) {
        int[][] members = new int[k][];
        int[] sizes = new int[k];
        for (int c : clusters) sizes[c]++;
        for (int c = 0; c < k; c++) members[c] = new int[sizes[c]];
        int[] at = new int[k];
        for (int i = 0; i < clusters.length; i++) members[clusters[i]][at[clusters[i]]++] = i;
        return members;
    }

    private static List<double[]> divide(
            FeatureMatrix rows, int[] members, double[] centroid, long seed) {
        int wanted = (int) Math.round((double) ABOUT * members.length / rows.rows());
        int pieces = Math.min(members.length / FEWEST, Math.max(2, wanted));
        if (pieces < 2) return List.of(centroid);
        int[] chosen = ClusterCount.sample(members.length, SAMPLE, new SplittableRandom(seed));
        int d = rows.columns();
        double[] sample = new double[chosen.length * d];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows.values(), members[chosen[i]] * d, sample, i * d, d);
        }
        var model = new KMeans(pieces, 1, ITERATIONS, seed).fit(sample, chosen.length, d);
        return List.of(model.centroids());
    }

    /** Gives each row its nearest piece within its cluster. */
    private MicroClusters over(FeatureMatrix rows, int[] clusters) {
        int n = rows.rows();
        int[] piece = new int[n];
        int[] starts = starts();
        IntStream.range(0, (n + BATCH - 1) / BATCH)
                .parallel()
                .forEach(
                        batch -> {
                            int end = Math.min(n, (batch + 1) * BATCH);
                            for (int i = batch * BATCH; i < end; i++) {
                                piece[i] = nearest(rows, i, clusters[i], starts);
                            }
                        });
        int[] sizes = new int[centroids.length];
        for (int p : piece) sizes[p]++;
        return new MicroClusters(centroids, cluster, sizes, piece);
    }

    /** Takes the small pieces away, the smallest of each cluster first, until none is left. */
    private MicroClusters withoutSmall(FeatureMatrix rows, int[] clusters) {
        MicroClusters now = this;
        while (true) {
            boolean[] gone = now.smallest();
            int left = 0;
            for (boolean g : gone) if (!g) left++;
            if (left == gone.length) return now;
            double[][] kept = new double[left][];
            int[] owner = new int[left];
            int at = 0;
            for (int p = 0; p < gone.length; p++) {
                if (gone[p]) continue;
                kept[at] = now.centroids[p];
                owner[at++] = now.cluster[p];
            }
            now = new MicroClusters(kept, owner, new int[left], of).over(rows, clusters);
        }
    }

    private boolean[] smallest() {
        boolean[] smallest = new boolean[size.length];
        int[] starts = starts();
        for (int c = 0; c + 1 < starts.length; c++) {
            if (starts[c + 1] - starts[c] < 2) continue;
            int least = starts[c];
            for (int p = least; p < starts[c + 1]; p++) if (size[p] < size[least]) least = p;
            smallest[least] = size[least] < FEWEST;
        }
        return smallest;
    }

    /** First piece of each cluster, and the number of pieces at the end. */
    int[] starts() {
        int clusters = cluster[cluster.length - 1] + 1;
        int[] starts = new int[clusters + 1];
        for (int c : cluster) starts[c + 1]++;
        for (int c = 0; c < clusters; c++) starts[c + 1] += starts[c];
        return starts;
    }

    /** The piece of a cluster that is nearest to a row; the lower one on a tie. */
    int nearest(FeatureMatrix rows, int row, int ofCluster, int[] starts) {
        int best = starts[ofCluster];
        if (starts[ofCluster + 1] - best == 1) return best;
        double least = Double.POSITIVE_INFINITY;
        for (int p = starts[ofCluster]; p < starts[ofCluster + 1]; p++) {
            double distance = squaredDistance(rows, row, p);
            if (distance < least) {
                least = distance;
                best = p;
            }
        }
        return best;
    }

    double squaredDistance(FeatureMatrix rows, int row, int piece) {
        double sum = 0;
        double[] centroid = centroids[piece];
        for (int j = 0, at = row * centroid.length; j < centroid.length; j++, at++) {
            double difference = rows.values()[at] - centroid[j];
            sum += difference * difference;
        }
        return sum;
    }

    public int count() {
        return cluster.length;
    }

    /** Number of clusters. */
    public int clusters() {
        return cluster[cluster.length - 1] + 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MicroClusters m
                && Arrays.deepEquals(centroids, m.centroids)
                && Arrays.equals(cluster, m.cluster)
                && Arrays.equals(size, m.size)
                && Arrays.equals(of, m.of);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(centroids) + Arrays.hashCode(cluster);
    }
}

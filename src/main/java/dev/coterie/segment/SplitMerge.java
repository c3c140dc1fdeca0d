package dev.coterie.segment;

import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Leads k-means out of the local optimum that Lloyd's iterations ended in: where splitting one
 * cluster saves more than merging two others costs, it does both and iterates again.
 *
 * <p>With many clusters nearly every start ends with some groups in one cluster and others torn in
 * two; more starts hardly help, since each has its own such places. Inertia never rises, k stays.
 *
 * @see <a href="https://doi.org/10.1162/089976600300015088">Ueda, Nakano, Ghahramani and Hinton,
 *     SMEM Algorithm for Mixture Models, 2000</a>
 */
final class SplitMerge {
    private static final int ROUNDS = 40;
    private static final int ITERATIONS = 100;
    private static final int SPLIT_STARTS = 2;
    private static final int SPLIT_ITERATIONS = 30;

    /** A cluster with fewer rows is not split. */
    private static final int FEWEST = 4;

    /** Of this many clusters one may be split in a round. */
    private static final int CLUSTERS_A_MOVE = 10;

    /** Part of the inertia that a round must save to count. */
    private static final double WORTH_IT = 1e-6;

    private final Points points;
    private final KMeans.Model model;
    private final long seed;
    private final int k;
    private final int[][] members;

    private SplitMerge(Points points, KMeans.Model model, long seed) {
        this.points = points;
        this.model = model;
        this.seed = seed;
        this.k = model.centroids().length;
        this.members = MicroClusters.members(model.labels(), k);
    }

    /**
     * @param model k-means of the points
     * @return a model with at most the same inertia
     */
    static KMeans.Model improve(Points points, KMeans.Model model, long seed, Progress progress) {
        int k = model.centroids().length;
        var lloyd = new KMeans(k, 1, ITERATIONS, seed);
        var best = model;
        int most = Math.max(1, k / CLUSTERS_A_MOVE);
        for (int round = 0; round < ROUNDS && most > 0; round++) {
            progress.checkCancelled();
            var search = new SplitMerge(points, best, seed);
            var moves = search.moves(most);
            if (moves.isEmpty()) break;
            var next = lloyd.fitFrom(points, search.after(moves));
            if (next.inertia() < best.inertia() * (1 - WORTH_IT)) best = next;
            else most /= 2;
        }
        return best;
    }

    /**
     * Two halves of one cluster.
     *
     * @param saved what the inertia falls by
     */
    private record Split(int cluster, double[][] halves, double saved) {}

    /**
     * Two clusters as one.
     *
     * @param cost what the inertia rises by
     */
    private record Merge(int first, int second, double cost) {}

    private record Move(Split split, Merge merge) {}

    /** The cheapest merges, each paid for by the best split left; no cluster is in two moves. */
    private List<Move> moves(int most) {
        var splits = splits();
        boolean[] taken = new boolean[k];
        var moves = new ArrayList<Move>();
        for (Merge merge : merges()) {
            if (moves.size() == most) break;
            if (taken[merge.first()] || taken[merge.second()]) continue;
            var split =
                    splits.stream()
                            .filter(s -> !taken[s.cluster()])
                            .filter(s -> s.cluster() != merge.first())
                            .filter(s -> s.cluster() != merge.second())
                            .findFirst();
            if (split.isEmpty() || split.get().saved() <= merge.cost()) break;
            moves.add(new Move(split.get(), merge));
            taken[merge.first()] = true;
            taken[merge.second()] = true;
            taken[split.get().cluster()] = true;
        }
        return moves;
    }

    /** From the one that saves most. */
    private List<Split> splits() {
        return IntStream.range(0, k)
                .parallel()
                .filter(c -> members[c].length >= FEWEST)
                .mapToObj(this::split)
                .sorted(Comparator.comparingDouble(split -> -split.saved()))
                .toList();
    }

    private Split split(int cluster) {
        var own = points.select(members[cluster]);
        double whole = own.inertia(new double[][] {model.centroids()[cluster]}, new int[own.n()]);
        var two = new KMeans(2, SPLIT_STARTS, SPLIT_ITERATIONS, seed + cluster).fit(own);
        return new Split(cluster, two.centroids(), whole - two.inertia());
    }

    /** From the cheapest. */
    private List<Merge> merges() {
        var merges = new ArrayList<Merge>();
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) merges.add(new Merge(a, b, cost(a, b)));
        }
        merges.sort(Comparator.comparingDouble(Merge::cost));
        return merges;
    }

    private double cost(int a, int b) {
        double squared = 0;
        for (int j = 0; j < points.d(); j++) {
            double difference = model.centroids()[a][j] - model.centroids()[b][j];
            squared += difference * difference;
        }
        double weight = (double) members[a].length * members[b].length;
        return weight == 0 ? 0 : squared * weight / (members[a].length + members[b].length);
    }

    /** The centroids after the moves. */
    private double[][] after(List<Move> moves) {
        double[][] centroids = model.centroids().clone();
        for (Move move : moves) {
            int first = move.merge().first();
            int second = move.merge().second();
            centroids[first] = mean(first, second);
            centroids[second] = move.split().halves()[0];
            centroids[move.split().cluster()] = move.split().halves()[1];
        }
        return centroids;
    }

    private double[] mean(int a, int b) {
        double both = members[a].length + members[b].length;
        double share = both == 0 ? 0.5 : members[a].length / both;
        double[] mean = new double[points.d()];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = share * model.centroids()[a][j] + (1 - share) * model.centroids()[b][j];
        }
        return mean;
    }
}

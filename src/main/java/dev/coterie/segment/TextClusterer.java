package dev.coterie.segment;

import dev.coterie.progress.Progress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clusters customers who are known by their texts alone: k-means on text vectors that are drawn
 * towards their neighbours, as far as that makes the clusters steadier.
 *
 * <p>No labels are needed: several smoothings compete, and the one whose clusters come out most
 * alike from different starts is taken, the mildest on a near tie. Smoothing helps where texts of
 * one group lie in one dense place; where groups are broad it would split them along accidents of
 * wording, and the starts then disagree.
 *
 * @see <a href="https://doi.org/10.1162/089976604773717621">Lange, Roth, Braun and Buhmann,
 *     Stability-Based Validation of Clustering Solutions, 2004</a>
 */
final class TextClusterer {
    /** From the mildest to the strongest; a near tie goes to the first. */
    private static final List<Smoothing> SMOOTHINGS =
            List.of(new Smoothing(10, 0.5), new Smoothing(10, 1), new Smoothing(10, 4.5));

    /** A stronger smoothing must be this much steadier, in adjusted Rand index. */
    private static final double CLEARLY = 0.02;

    /** Rows that the smoothings compete on. */
    private static final int JUDGED = 8000;

    private static final int SEEDS = 3;
    private static final int STARTS_JUDGED = 3;
    private static final int ITERATIONS_JUDGED = 50;
    private static final int STARTS = 10;
    private static final int ITERATIONS = 100;

    private TextClusterer() {}

    /**
     * @param smoothing how the rows were drawn together
     * @param compared n×d, the rows as they were clustered
     * @param model centroids and labels in that space; every row has its nearest centroid
     */
    record Fit(Smoothing smoothing, Points compared, KMeans.Model model) {}

    /**
     * @param points text features in canonical order, n×d, centred
     * @param k 1..n
     */
    static Fit fit(Points points, int k, long seed, Progress progress) {
        // a neighbourhood must be smaller than the clusters that are looked for
        int most = points.n() / (2 * k);
        if (most == 0) return unsmoothed(points, k, seed);
        var candidates = SMOOTHINGS.stream().map(s -> s.within(most)).distinct().toList();
        int widest = candidates.stream().mapToInt(Smoothing::neighbours).max().orElse(0);
        var space = SmoothedSpace.over(points);
        var around = space.neighbourhoods(points.rows(), points.n(), widest, progress);
        var smoothing = steadiest(space, around, candidates, k, seed, progress);
        var smoothed = space.smooth(around, IntStream.range(0, points.n()).toArray(), smoothing);
        var model = new KMeans(k, STARTS, ITERATIONS, seed).fit(smoothed);
        return new Fit(smoothing, smoothed, model);
    }

    /** Plain k-means on the rows as they are. */
    static Fit unsmoothed(Points points, int k, long seed) {
        var model = new KMeans(k, STARTS, ITERATIONS, seed).fit(points);
        return new Fit(Smoothing.NONE, points, model);
    }

    private static Smoothing steadiest(
            SmoothedSpace space,
            SmoothedSpace.Neighbourhoods around,
            List<Smoothing> candidates,
            int k,
            long seed,
            Progress progress) {
        if (candidates.size() == 1 || k == 1) return candidates.get(0);
        int[] judged = ClusterCount.sample(around.n(), JUDGED, new SplittableRandom(seed));
        double[] steadiness =
                IntStream.range(0, candidates.size())
                        .mapToDouble(
                                c -> {
                                    progress.checkCancelled();
                                    var rows = space.smooth(around, judged, candidates.get(c));
                                    return steadiness(rows, k, seed);
                                })
                        .toArray();
        int best = 0;
        for (int c = 1; c < steadiness.length; c++) {
            if (steadiness[c] > steadiness[best] + CLEARLY) best = c;
        }
        return candidates.get(best);
    }

    /** How far clusterings from different starts agree: mean adjusted Rand index of the pairs. */
    private static double steadiness(Points rows, int k, long seed) {
        int[][] labels =
                IntStream.range(0, SEEDS)
                        .parallel()
                        .mapToObj(
                                s ->
                                        new KMeans(
                                                        k,
                                                        STARTS_JUDGED,
                                                        ITERATIONS_JUDGED,
                                                        seed + 15_485_863L * (s + 1))
                                                .fit(rows)
                                                .labels())
                        .toArray(int[][]::new);
        double sum = 0;
        for (int a = 0; a < SEEDS; a++) {
            for (int b = 0; b < a; b++) sum += Agreement.adjustedRand(labels[a], labels[b]);
        }
        return sum / (SEEDS * (SEEDS - 1) / 2.0);
    }
}

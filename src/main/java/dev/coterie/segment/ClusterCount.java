package dev.coterie.segment;

import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Looks at every number of clusters from 2 to 30 on a sample and recommends one.
 *
 * @param k the recommended number
 * @param candidates every number looked at, in order
 * @param reason why this k, in one sentence
 */
record ClusterCount(int k, List<Segmentation.Candidate> candidates, Message reason) {
    static final int LEAST = 2;
    static final int MOST = 30;

    /**
     * Rows that the candidates are fitted on, and of these the rows that silhouettes are measured
     * on.
     */
    private static final int FIT_SAMPLE = 6000;

    private static final int SILHOUETTE_SAMPLE = 2000;

    /**
     * Agreement of two independent searches (adjusted Rand index) from which a number is steady.
     */
    private static final double STEADY = 0.95;

    /** Part of the best silhouette that a finer cut must keep. */
    private static final double SEPARATED = 0.8;

    private static final int STARTS = 3;

    /** Parts of the sample that are clustered on their own, and the share of rows in each. */
    private static final int PARTS = 3;

    private static final double PART = 0.6;

    static ClusterCount choose(Points points, long seed, Progress progress) {
        var random = new SplittableRandom(seed);
        Points sample = points.select(sample(points.n(), FIT_SAMPLE, random));
        int[] measured = sample(sample.n(), SILHOUETTE_SAMPLE, random);
        var silhouette = new Silhouette(sample.select(measured));
        int most = Math.min(MOST, Math.max(LEAST, sample.n() / 3));
        var candidates = new ArrayList<Segmentation.Candidate>();
        for (int k = LEAST; k <= most; k++) {
            progress.checkCancelled();
            candidates.add(candidate(sample, measured, silhouette, k, seed));
            progress.advance(k - LEAST + 1, most - LEAST + 1, Progress.Unit.CANDIDATES);
        }
        return recommend(candidates);
    }

    private static Segmentation.Candidate candidate(
            Points sample, int[] measured, Silhouette silhouette, int k, long seed) {
        var whole = new KMeans(k, STARTS, 50, seed + k).fit(sample.rows(), sample.n(), sample.d());
        int[] sizes = new int[k];
        for (int label : whole.labels()) sizes[label]++;
        return new Segmentation.Candidate(
                k,
                silhouette.mean(IntStream.of(measured).map(i -> whole.labels()[i]).toArray(), k),
                agreement(sample, k, seed),
                IntStream.of(sizes).min().orElse(0),
                whole.inertia());
    }

    /**
     * How far clusterings of different parts of the sample agree on all of it: the mean adjusted
     * Rand index of every pair.
     */
    private static double agreement(Points sample, int k, long seed) {
        int[][] labels = new int[PARTS][];
        for (int part = 0; part < PARTS; part++) {
            var random = new SplittableRandom(seed + 1_000_003L * part + k);
            int rows = Math.max(k, (int) (PART * sample.n()));
            Points chosen = sample.select(sample(sample.n(), rows, random));
            var model =
                    new KMeans(k, STARTS, 50, random.nextLong())
                            .fit(chosen.rows(), chosen.n(), chosen.d());
            labels[part] = new int[sample.n()];
            sample.assign(model.centroids(), labels[part]);
        }
        double sum = 0;
        for (int a = 0; a < PARTS; a++) {
            for (int b = 0; b < a; b++) sum += Agreement.adjustedRand(labels[a], labels[b]);
        }
        return sum / (PARTS * (PARTS - 1) / 2.0);
    }

    private static double score(Segmentation.Candidate candidate) {
        return candidate.silhouette() * Math.max(0, candidate.stability());
    }

    /**
     * The largest number that is still steady and nearly as well separated as the best; two only
     * where no finer cut is steady, since the silhouette favours two on nearly any data.
     */
    private static ClusterCount recommend(List<Segmentation.Candidate> candidates) {
        double best =
                candidates.stream()
                        .filter(c -> c.k() > LEAST)
                        .mapToDouble(Segmentation.Candidate::silhouette)
                        .max()
                        .orElse(0);
        var chosen =
                candidates.stream()
                        .filter(c -> c.k() > LEAST && c.stability() >= STEADY)
                        .filter(c -> c.silhouette() > 0 && c.silhouette() >= SEPARATED * best)
                        .reduce((a, b) -> b)
                        .or(
                                () ->
                                        candidates.stream()
                                                .max(
                                                        Comparator.comparingDouble(
                                                                ClusterCount::score)))
                        .orElseThrow();
        return new ClusterCount(
                chosen.k(),
                candidates,
                Message.of(
                        "segment.reason_auto",
                        "k",
                        chosen.k(),
                        "least",
                        candidates.get(0).k(),
                        "most",
                        candidates.get(candidates.size() - 1).k(),
                        "silhouette",
                        chosen.silhouette(),
                        "stability",
                        chosen.stability()));
    }

    /** Distinct row numbers in ascending order, all of them if there are no more than asked for. */
    static int[] sample(int n, int size, SplittableRandom random) {
        if (n <= size) return IntStream.range(0, n).toArray();
        int[] chosen = new int[size];
        int taken = 0;
        for (int i = 0; i < n && taken < size; i++) {
            if (random.nextInt(n - i) < size - taken) chosen[taken++] = i;
        }
        return chosen;
    }
}

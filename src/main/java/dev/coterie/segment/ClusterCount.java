package dev.coterie.segment;

import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
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

    /** A candidate within this part of the best score is as good as the best. */
    private static final double PLATEAU = 0.97;

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
        return recommend(candidates, sample.n());
    }

    private static Segmentation.Candidate candidate(
            Points sample, int[] measured, Silhouette silhouette, int k, long seed) {
        var first = new KMeans(k, 2, 50, seed + k).fit(sample.rows(), sample.n(), sample.d());
        var second =
                new KMeans(k, 2, 50, seed + 1_000_003L * k)
                        .fit(sample.rows(), sample.n(), sample.d());
        var better = first.inertia() <= second.inertia() ? first : second;
        int[] sizes = new int[k];
        for (int label : better.labels()) sizes[label]++;
        return new Segmentation.Candidate(
                k,
                silhouette.mean(IntStream.of(measured).map(i -> better.labels()[i]).toArray(), k),
                Agreement.adjustedRand(first.labels(), second.labels()),
                IntStream.of(sizes).min().orElse(0),
                better.inertia());
    }

    static double score(Segmentation.Candidate candidate) {
        return candidate.silhouette() * (0.5 + 0.5 * Math.max(0, candidate.stability()));
    }

    private static ClusterCount recommend(List<Segmentation.Candidate> candidates, int rows) {
        double best = candidates.stream().mapToDouble(ClusterCount::score).max().orElse(0);
        // Of those as good as the best, the one that tells most groups apart.
        var chosen =
                candidates.stream()
                        .filter(c -> score(c) >= best - (1 - PLATEAU) * Math.abs(best))
                        .reduce((a, b) -> b)
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

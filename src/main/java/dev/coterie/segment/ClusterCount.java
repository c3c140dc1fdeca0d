package dev.coterie.segment;

import static java.util.Comparator.comparingDouble;

import dev.coterie.features.PrincipalComponents;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Rows that the candidates are fitted and measured on. */
    private static final int SAMPLE = 1500;

    /** Part of the best silhouette that a finer cut must keep, and the agreement it needs. */
    private static final double ABOUT_AS_GOOD = 0.92;

    private static final double STEADY = 0.88;

    /**
     * Two is chosen only if its silhouette is this many times the best of all others, and this
     * high.
     */
    private static final double FAR_AHEAD = 2.5;

    private static final double TRULY_TWO = 0.4;
    private static final int ITERATIONS = 30;

    private static final int DIRECTIONS = 24;
    private static final int STARTS = Integer.getInteger("starts", 3);

    /** Parts of the sample that are clustered on their own, and the share of rows in each. */
    private static final int PARTS = Integer.getInteger("parts", 3);

    private static final double PART = 0.6;

    static ClusterCount choose(Points points, long seed, Progress progress) {
        var random = new SplittableRandom(seed);
        Points sample = condensed(points.select(sample(points.n(), SAMPLE, random)));
        var silhouette = new Silhouette(sample);
        int most = Math.min(MOST, Math.max(LEAST, sample.n() / 3));
        var done = new AtomicInteger();
        List<Segmentation.Candidate> candidates =
                IntStream.rangeClosed(LEAST, most)
                        .parallel()
                        .mapToObj(
                                k -> {
                                    progress.checkCancelled();
                                    var candidate = candidate(sample, silhouette, k, seed);
                                    progress.advance(
                                            done.incrementAndGet(),
                                            most - LEAST + 1,
                                            Progress.Unit.CANDIDATES);
                                    return candidate;
                                })
                        .toList();
        return recommend(candidates);
    }

    /**
     * The sample along its strongest directions: the many weak ones hold noise, which hides how
     * well numbers of clusters separate.
     */
    private static Points condensed(Points sample) {
        if (sample.d() <= DIRECTIONS) return sample;
        var components = PrincipalComponents.fit(sample.rows(), sample.n(), sample.d(), DIRECTIONS);
        int d = components.components();
        double[] rows = new double[sample.n() * d];
        for (int i = 0; i < sample.n(); i++) {
            double[] row = Arrays.copyOfRange(sample.rows(), i * sample.d(), (i + 1) * sample.d());
            System.arraycopy(components.project(row), 0, rows, i * d, d);
        }
        return new Points(rows, sample.n(), d);
    }

    private static Segmentation.Candidate candidate(
            Points sample, Silhouette silhouette, int k, long seed) {
        var whole =
                new KMeans(k, STARTS, ITERATIONS, seed + k)
                        .fit(sample.rows(), sample.n(), sample.d());
        int[] sizes = new int[k];
        for (int label : whole.labels()) sizes[label]++;
        return new Segmentation.Candidate(
                k,
                silhouette.mean(whole.labels(), k),
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
                    new KMeans(k, STARTS, ITERATIONS, random.nextLong())
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
     * The finest cut that is steady and about as well separated as the best. Two wins only far
     * ahead of all others, since the silhouette favours two on nearly any data.
     */
    private static ClusterCount recommend(List<Segmentation.Candidate> candidates) {
        var two = candidates.get(0);
        var finer = candidates.stream().filter(c -> c.k() > LEAST).toList();
        double best = finer.stream().mapToDouble(c -> c.silhouette()).max().orElse(0);
        boolean trulyTwo = two.silhouette() >= TRULY_TWO && two.silhouette() > FAR_AHEAD * best;
        var chosen =
                trulyTwo
                        ? two
                        : finer.stream()
                                .filter(c -> c.silhouette() >= ABOUT_AS_GOOD * best)
                                .filter(c -> c.stability() >= STEADY)
                                .reduce((a, b) -> b)
                                .or(() -> finer.stream().max(comparingDouble(ClusterCount::score)))
                                .orElse(two);
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

package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at the numbers of clusters from 2 to 30 on a sample and recommends one.
 *
 * <p>The evidence for k clusters is how much likelier, per customer, they make the data than one
 * cluster does, less the price of their parameters (Bayesian information criterion). Numbers with
 * nearly the best evidence are the range; among them the one that halves of the sample agree on
 * best is recommended. The groups are clear if the same search finds less in the same columns drawn
 * anew, where there are none.
 *
 * @param k the recommended number
 * @param candidates the numbers looked at, in order
 * @param clear false if columns drawn anew do as well
 * @param reason why this k, in one sentence
 * @see <a href="https://doi.org/10.1198/016214502760047131">Fraley and Raftery, model-based
 *     clustering, 2002</a>
 * @see <a href="https://doi.org/10.1111/1467-9868.00293">Tibshirani, Walther and Hastie, the gap
 *     statistic, 2001</a>
 */
record ClusterCount(int k, List<Segmentation.Candidate> candidates, boolean clear, Message reason) {
    static final int LEAST = 2;
    static final int MOST = 30;

    /** Rows that the candidates are fitted and measured on. */
    private static final int SAMPLE = 1500;

    /** Rows that the silhouette is measured on. */
    private static final int SILHOUETTE_ROWS = 1000;

    /** Part of the best evidence that a number in the range keeps. */
    private static final double NEARLY = 0.96;

    /**
     * The same for the number of an earlier run: evidence wavers by some hundredths from one sample
     * to the next, and so would the number.
     */
    private static final double NEARLY_AS_BEFORE = 0.92;

    /** Evidence, in nats per customer, below which there is nothing to speak of. */
    private static final double NOTHING = 0.06;

    /** Times the evidence of columns drawn anew that clear groups have. */
    private static final double CLEARLY = 1.5;

    static ClusterCount choose(
            FeatureMatrix features, Map<Block, Double> weights, long seed, Progress progress) {
        return choose(features, weights, OptionalInt.empty(), seed, progress);
    }

    /**
     * @param before number of segments of an earlier run, recommended again as long as it is in the
     *     range: where several serve alike, a change would only confuse
     */
    static ClusterCount choose(
            FeatureMatrix features,
            Map<Block, Double> weights,
            OptionalInt before,
            long seed,
            Progress progress) {
        var random = new SplittableRandom(seed);
        int[] rows = MixtureSearch.sample(features.rows(), SAMPLE, random);
        var search = new Search(features, rows, weights, seed);
        return recommend(search.candidates(progress), before, search);
    }

    /** What all candidates are measured with. */
    private static final class Search {
        final FeatureMatrix features;
        final int[] rows;
        final Map<Block, Double> weights;
        final long seed;
        final MixtureData data;
        final MixtureSearch whole;
        final List<MixtureSearch> halves;
        final int most;
        final double oneCluster;
        final Silhouette silhouette;

        Search(FeatureMatrix features, int[] rows, Map<Block, Double> weights, long seed) {
            this.features = features;
            this.rows = rows;
            this.weights = weights;
            this.seed = seed;
            this.data = MixtureData.of(features);
            this.whole = new MixtureSearch(features, data, rows, weights, seed);
            int[][] parts = halves(rows, new SplittableRandom(seed + 3));
            this.halves =
                    List.of(
                            new MixtureSearch(features, data, parts[0], weights, seed + 1),
                            new MixtureSearch(features, data, parts[1], weights, seed + 2));
            this.most = Math.min(MOST, Math.max(LEAST, rows.length / 5));
            this.oneCluster = whole.best(1, MixtureSearch.Effort.QUICK).likelihood();
            var points = new Points(features.values(), features.rows(), features.columns());
            this.silhouette = new Silhouette(points.select(first(rows, SILHOUETTE_ROWS)));
        }

        /** Two halves of the rows, dealt out by chance. */
        private static int[][] halves(int[] rows, SplittableRandom random) {
            int[] half = sample(rows.length, rows.length / 2, random);
            var chosen = new BitSet();
            for (int i : half) chosen.set(i);
            return new int[][] {
                IntStream.of(half).map(i -> rows[i]).toArray(),
                IntStream.range(0, rows.length)
                        .filter(i -> !chosen.get(i))
                        .map(i -> rows[i])
                        .toArray()
            };
        }

        private static int[] first(int[] rows, int most) {
            return rows.length <= most ? rows : java.util.Arrays.copyOf(rows, most);
        }

        List<Segmentation.Candidate> candidates(Progress progress) {
            // a half has too few rows for as many clusters
            int halfMost = Math.min(most, rows.length / 4);
            var done = new AtomicInteger();
            Runnable each =
                    () -> {
                        progress.checkCancelled();
                        progress.advance(
                                done.incrementAndGet(),
                                3 * (most - LEAST + 1),
                                Progress.Unit.CANDIDATES);
                    };
            var fits =
                    Stream.of(whole, halves.get(0), halves.get(1))
                            .parallel()
                            .map(search -> search.byNumber(search == whole ? most : halfMost, each))
                            .toList();
            return IntStream.rangeClosed(0, most - LEAST)
                    .parallel()
                    .mapToObj(at -> candidate(fits.get(0).get(at), fits.get(1), fits.get(2)))
                    .toList();
        }

        private Segmentation.Candidate candidate(
                MixtureFit.Fitted fitted,
                List<MixtureFit.Fitted> first,
                List<MixtureFit.Fitted> second) {
            int k = fitted.model().clusters();
            int[] labels = fitted.labels();
            int[] sizes = new int[k];
            for (int label : labels) sizes[label]++;
            return new Segmentation.Candidate(
                    k,
                    evidence(k, fitted.likelihood(), oneCluster),
                    silhouette.mean(first(labels, SILHOUETTE_ROWS), k),
                    agreement(k, first, second),
                    1 - fitted.entropy() / Math.log(k),
                    (int)
                            Math.round(
                                    (double) IntStream.of(sizes).min().orElse(0)
                                            * features.rows()
                                            / rows.length));
        }

        double evidence(int k, double likelihood, double one) {
            double price = 0.5 * MixtureFit.parametersPerCluster(data, weights);
            return likelihood - one - (k - 1) * price * Math.log(rows.length) / rows.length;
        }

        /** How far the clusterings of the two halves agree on the whole sample. */
        private double agreement(
                int k, List<MixtureFit.Fitted> first, List<MixtureFit.Fitted> second) {
            int at = k - LEAST;
            if (at >= first.size()) return 0;
            var read = whole.readRows().read();
            return Agreement.adjustedRand(
                    labels(first.get(at).model(), read), labels(second.get(at).model(), read));
        }

        private static int[] labels(MixtureModel model, MixtureData.Read read) {
            var density = new MixtureDensity(model, false);
            int[] labels = new int[read.n()];
            for (int from = 0; from < labels.length; from += MixtureDensity.ROWS) {
                int count = Math.min(MixtureDensity.ROWS, labels.length - from);
                density.evaluate(read, from, count);
                double[][] joint = density.joint;
                for (int i = 0; i < count; i++) {
                    int best = 0;
                    for (int c = 1; c < joint.length; c++)
                        if (joint[c][i] > joint[best][i]) best = c;
                    labels[from + i] = best;
                }
            }
            return labels;
        }

        /** The best evidence that the search finds where there are no groups. */
        double evidenceOfNothing() {
            var nothing = whole.withoutGroups();
            double one = nothing.best(1, MixtureSearch.Effort.QUICK).likelihood();
            return nothing.byNumber(most, () -> {}).stream()
                    .mapToDouble(f -> evidence(f.model().clusters(), f.likelihood(), one))
                    .max()
                    .orElse(0);
        }
    }

    private static ClusterCount recommend(
            List<Segmentation.Candidate> candidates, OptionalInt before, Search search) {
        double best = candidates.stream().mapToDouble(c -> c.evidence()).max().orElse(0);
        // where nothing is explained better than by one cluster, the fewest lose least
        double least = best > 0 ? NEARLY * best : best;
        var range = candidates.stream().filter(c -> c.evidence() >= least - 1e-12).toList();
        var asBefore =
                candidates.stream()
                        .filter(c -> before.equals(OptionalInt.of(c.k())))
                        .filter(c -> best > 0 && c.evidence() >= NEARLY_AS_BEFORE * best);
        var steadiest =
                range.stream()
                        .max(
                                Comparator.comparingDouble(Segmentation.Candidate::stability)
                                        .thenComparing(c -> -c.k()))
                        .orElseThrow();
        var kept = asBefore.findFirst();
        var chosen = kept.orElse(steadiest);
        double nothing = Math.max(0, search.evidenceOfNothing());
        boolean clear = best > NOTHING && best > CLEARLY * nothing;
        return new ClusterCount(
                chosen.k(),
                candidates,
                clear,
                Message.of(
                        !clear
                                ? "segment.reason_unclear"
                                : kept.isPresent()
                                        ? "segment.reason_as_before"
                                        : range.size() == 1
                                                ? "segment.reason_alone"
                                                : "segment.reason_auto",
                        "k",
                        chosen.k(),
                        "least",
                        range.get(0).k(),
                        "most",
                        range.get(range.size() - 1).k(),
                        "stability",
                        chosen.stability(),
                        "evidence",
                        best,
                        "nothing",
                        nothing));
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

package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Map;
import java.util.SplittableRandom;

/** An algorithm that finds k clusters. A new one is one more record here. */
sealed interface Clusterer permits Clusterer.Centroids, Clusterer.Mixture, DensityClusterer {
    /**
     * @param features in canonical order
     * @param k 1..rows
     */
    ClusterModel fit(FeatureMatrix features, int k, Progress progress);

    /** The labels that a quick fit on some rows gives them. */
    int[] labelsOf(FeatureMatrix features, int[] rows, int k, long seed);

    /** The same after a longer look. */
    int[] labelsAgain(FeatureMatrix features, int[] rows, int k, long seed);

    /**
     * The algorithm that serves the features best: k-means where all there is is text, whose groups
     * lie in directions of one space; else a mixture, in which unlike blocks can be told apart.
     */
    static Algorithm serving(FeatureMatrix features) {
        boolean textOnly = features.features().stream().allMatch(f -> f.block() == Block.TEXT);
        return textOnly ? Algorithm.SPHERICAL : Algorithm.MIXTURE;
    }

    static Clusterer of(
            Algorithm algorithm, FeatureMatrix features, Map<Block, Double> weights, long seed) {
        return switch (algorithm) {
            case AUTO -> of(serving(features), features, weights, seed);
            case MIXTURE -> new Mixture(MixtureData.of(features), weights, seed);
            case KMEANS -> new Centroids(false, seed);
            case SPHERICAL -> new Centroids(true, seed);
            case HDBSCAN -> new DensityClusterer(seed);
        };
    }

    /** K-means; spherical on rows drawn towards their neighbours, see {@link TextClusterer}. */
    record Centroids(boolean spherical, long seed) implements Clusterer {
        private static final int STARTS = 8;
        private static final int ITERATIONS = 100;
        private static final int QUICK_ITERATIONS = 50;

        @Override
        public PrototypeModel fit(FeatureMatrix features, int k, Progress progress) {
            var points = points(features);
            if (spherical) {
                var fit = TextClusterer.fit(points, k, seed, progress);
                return PrototypeModel.fit(fit.compared(), fit.model(), fit.smoothing());
            }
            var model = new KMeans(k, STARTS, ITERATIONS, seed).fit(points);
            return PrototypeModel.fit(points, model, Smoothing.NONE);
        }

        private static Points points(FeatureMatrix features) {
            return new Points(features.values(), features.rows(), features.columns());
        }

        @Override
        public int[] labelsOf(FeatureMatrix features, int[] rows, int k, long from) {
            var chosen = points(features).select(rows);
            if (spherical)
                return TextClusterer.fit(chosen, k, from, Progress.NONE).model().labels();
            return new KMeans(k, 1, QUICK_ITERATIONS, from).fit(chosen).labels();
        }

        @Override
        public int[] labelsAgain(FeatureMatrix features, int[] rows, int k, long from) {
            var chosen = points(features).select(rows);
            if (spherical) return labelsOf(features, rows, k, from);
            return new KMeans(k, STARTS, ITERATIONS, from).fit(chosen).labels();
        }
    }

    /** The likeliest mixture over the blocks; see {@link MixtureModel}. */
    record Mixture(MixtureData data, Map<Block, Double> weights, long seed) implements Clusterer {
        /** Rows that the search runs on, or this many for each cluster if more. */
        private static final int SEARCHED = 5000;

        private static final int SEARCHED_PER_CLUSTER = 150;

        /** Rows, in multiples of those, that what was found is led on with. */
        private static final int REFINED = 4;

        private static final int REFINING = 10;

        @Override
        public ClusterModel fit(FeatureMatrix features, int k, Progress progress) {
            int most = Math.max(SEARCHED, SEARCHED_PER_CLUSTER * k);
            var found = search(features, most).best(k, MixtureSearch.Effort.FULL).model();
            progress.checkCancelled();
            if (features.rows() > most) {
                found = search(features, REFINED * most).refined(found, REFINING).model();
            }
            var model = found.bounded(features);
            boolean[] used = new boolean[k];
            for (int label : model.over(features).belonging(features).labels()) used[label] = true;
            for (boolean u : used) {
                // More clusters were asked for than the mixture can tell apart.
                if (!u) return new Centroids(false, seed).fit(features, k, progress);
            }
            return model;
        }

        private MixtureSearch search(FeatureMatrix features, int most) {
            var random = new SplittableRandom(seed);
            int[] rows = MixtureSearch.sample(features.rows(), most, random);
            return new MixtureSearch(features, data, rows, weights, seed);
        }

        @Override
        public int[] labelsOf(FeatureMatrix features, int[] rows, int k, long from) {
            return labels(features, rows, k, from, MixtureSearch.Effort.QUICK);
        }

        @Override
        public int[] labelsAgain(FeatureMatrix features, int[] rows, int k, long from) {
            return labels(features, rows, k, from, MixtureSearch.Effort.GOOD);
        }

        private int[] labels(
                FeatureMatrix features, int[] rows, int k, long from, MixtureSearch.Effort effort) {
            return new MixtureSearch(features, data, rows, weights, from).best(k, effort).labels();
        }
    }
}

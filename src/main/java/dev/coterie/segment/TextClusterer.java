package dev.coterie.segment;

import dev.coterie.progress.Progress;

/**
 * Clusters customers who are known by their texts alone: spherical k-means on text vectors that are
 * drawn towards their neighbours.
 *
 * <p>The neighbours weigh less than the text itself. Measured on sets of known labels, a stronger
 * pull gains a little where groups are dense and loses more where they are broad, since it then
 * follows accidents of wording; the choice between pulls by their steadiness, without labels,
 * wavered with the seed.
 *
 * @see <a href="https://doi.org/10.1023/A:1007612920971">Dhillon and Modha, Concept Decompositions
 *     for Large Sparse Text Data using Clustering, 2001</a>
 */
final class TextClusterer {
    private static final Smoothing SMOOTHING = new Smoothing(10, 0.75);
    private static final int STARTS = 5;
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
        var smoothing = SMOOTHING.within(SmoothedSpace.references(points.n()) / (2 * k));
        Points compared = points;
        if (!smoothing.equals(Smoothing.NONE)) {
            var space = SmoothedSpace.over(points);
            compared = space.transform(points.rows(), points.n(), smoothing, progress);
        }
        var model = new KMeans(k, STARTS, ITERATIONS, seed).fit(compared);
        return new Fit(smoothing, compared, SplitMerge.improve(compared, model, seed, progress));
    }
}

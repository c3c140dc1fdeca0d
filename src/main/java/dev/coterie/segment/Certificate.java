package dev.coterie.segment;

import java.util.Locale;

/**
 * How far each segment can be trusted, besides the bootstrap: whether another seed finds it again,
 * and whether a classifier tells its members from their features.
 *
 * @param seeds for each segment its mean best Jaccard similarity over fits with other seeds, 0..1;
 *     empty if a version of the program that did not ask stored the segmentation
 * @param separability for each segment the share of its members that a classifier which never saw
 *     them puts there, 0..1
 * @param clusterSeeds the first for each fitted cluster
 * @param calibration what the model's probability of a fitted cluster is worth
 */
public record Certificate(
        double[] seeds, double[] separability, double[] clusterSeeds, Calibration calibration) {
    public Certificate {
        calibration = calibration == null ? Calibration.NONE : calibration;
    }

    /**
     * Clusters from 0.75 on are found again in nearly every resample, those below 0.6 should not be
     * relied on.
     *
     * @see <a href="https://doi.org/10.1016/j.csda.2006.11.025">Hennig, cluster-wise assessment of
     *     cluster stability, 2007</a>
     */
    private static final double VALID = 0.75;

    /** Below it a segment is said to be unstable. */
    public static final double USABLE = 0.6;

    /** What the figures come to. */
    public enum Level {
        HIGH,
        MEDIUM,
        LOW;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a segment's lowest figure comes to. */
    Level level(int segment, double stability) {
        double lowest = Math.min(stability, separability[segment]);
        if (segment < seeds.length) lowest = Math.min(lowest, seeds[segment]);
        if (lowest >= VALID) return Level.HIGH;
        return lowest >= USABLE ? Level.MEDIUM : Level.LOW;
    }

    Certificate renumbered(int[] number) {
        return new Certificate(
                moved(seeds, number), moved(separability, number), clusterSeeds, calibration);
    }

    private static double[] moved(double[] figures, int[] number) {
        double[] moved = new double[figures.length];
        for (int s = 0; s < figures.length; s++) moved[number[s]] = figures[s];
        return moved;
    }

    /**
     * The certificate of other segments over the same fitted clusters: seeds are those of the
     * clusters that a segment is made of, weighted by customers.
     */
    Certificate over(Hierarchy hierarchy, double[] otherSeparability) {
        if (clusterSeeds.length == 0)
            return new Certificate(seeds, otherSeparability, seeds, calibration);
        int k = hierarchy.cut().segments();
        MicroClusters micro = hierarchy.micro();
        double[] sums = new double[k];
        double[] weights = new double[k];
        for (int p = 0; p < micro.count(); p++) {
            int segment = hierarchy.cut().of(p);
            sums[segment] += micro.size()[p] * clusterSeeds[micro.cluster()[p]];
            weights[segment] += micro.size()[p];
        }
        for (int s = 0; s < k; s++) sums[s] = weights[s] == 0 ? 0 : sums[s] / weights[s];
        return new Certificate(sums, otherSeparability, clusterSeeds, calibration);
    }
}

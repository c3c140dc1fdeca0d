package dev.coterie.proof;

/**
 * The interval that a share was measured in.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, probable inference, the law
 *     of succession, and statistical inference, 1927</a>
 */
public final class Wilson {
    /** Of the normal distribution, for 95 %. */
    public static final double Z = 1.959964;

    private Wilson() {}

    /**
     * The score interval of a share at 95 %: low and high, 0..1.
     *
     * @param share of those that were asked, 0..1
     * @param n how many were asked; nothing is known if it is 0
     */
    public static double[] interval(double share, int n) {
        if (n == 0) return new double[] {0, 1};
        double z2 = Z * Z;
        double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n)) / (1 + z2 / n);
        return new double[] {Math.max(0, centre - half), Math.min(1, centre + half)};
    }
}

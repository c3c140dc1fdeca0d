package dev.coterie.describe;

import java.util.Arrays;

/**
 * How likely chance alone brings about a difference, and which of many differences to believe.
 *
 * <p>A segment is compared in dozens of attributes, so a twentieth of those that mean nothing would
 * pass an interval of 95 %. Only differences that pass Benjamini and Hochberg's step-up procedure
 * are told: on average at most a twentieth of what is told is due to chance.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg,
 *     Controlling the false discovery rate, 1995</a>
 */
final class Chance {
    /** The part of what is told that may be due to chance. */
    private static final double FALSE_DISCOVERIES = 0.05;

    /** From here on Stirling's series is exact to twelve digits. */
    private static final int STIRLING = 16;

    private static final double NEGLIGIBLE = 1e-14;

    private Chance() {}

    /**
     * The largest of these probabilities that may be believed.
     *
     * @param probabilities of each difference under chance, 0..1, in any order
     * @return below all of them if none may
     */
    static double limit(double[] probabilities) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        for (int rank = sorted.length; rank > 0; rank--) {
            if (sorted[rank - 1] <= FALSE_DISCOVERIES * rank / sorted.length) {
                return sorted[rank - 1];
            }
        }
        return -1;
    }

    /** The probability that a standard normal variable lies farther from 0 than z. */
    static double normal(double z) {
        double x = Math.abs(z);
        if (!(x < 8)) return 0;
        double term = x;
        double sum = x;
        for (int odd = 3; term > sum * NEGLIGIBLE; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        double between = 2 * sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        return Math.max(0, 1 - between);
    }

    /**
     * Fisher's exact test: that as many or more of those who have something are in the group by
     * chance, or as few or fewer if they are fewer than expected; doubled, as either may happen.
     *
     * @param having those of the group who have it, 0..n
     * @param n customers of the group
     * @param havingElsewhere 0..others
     */
    static double exact(long having, long n, long havingElsewhere, long others) {
        long all = having + havingElsewhere;
        double here = Math.exp(logProbability(having, n, all, n + others));
        int outward = having * (double) others >= havingElsewhere * (double) n ? 1 : -1;
        return Math.min(1, 2 * here * tail(having, n, all, others, outward));
    }

    /** The sum from one count outward, as a multiple of its own probability. */
    private static double tail(long from, long n, long all, long others, int step) {
        double sum = 1;
        double term = 1;
        for (long x = from; term > sum * NEGLIGIBLE; x += step) {
            // Hypergeometric probabilities of neighbouring counts differ by this factor.
            double up = (double) (all - x) * (n - x) / ((x + 1.0) * (others - all + x + 1));
            if (step < 0) up = (double) x * (others - all + x) / ((all - x + 1.0) * (n - x + 1));
            term *= up;
            sum += term;
        }
        return sum;
    }

    private static double logProbability(long x, long n, long all, long total) {
        return choose(n, x) + choose(total - n, all - x) - choose(total, all);
    }

    private static double choose(long n, long k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    private static double logFactorial(long n) {
        if (n < STIRLING) {
            double product = 1;
            for (long i = 2; i <= n; i++) product *= i;
            return Math.log(product);
        }
        double inverse = 1.0 / n;
        return n * Math.log(n)
                - n
                + 0.5 * Math.log(2 * Math.PI * n)
                + inverse / 12
                - Math.pow(inverse, 3) / 360
                + Math.pow(inverse, 5) / 1260;
    }
}

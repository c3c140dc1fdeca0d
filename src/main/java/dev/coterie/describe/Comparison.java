package dev.coterie.describe;

import dev.coterie.proof.Wilson;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One group of customers against everyone else in one attribute.
 *
 * @param here mean, median or share of the group
 * @param elsewhere mean, median or share of everyone else
 * @param effect Cohen's d for means (values clipped to their 1st and 99th percentile, so that a few
 *     extremes do not hide a difference), that of the ranks for medians, log lift for shares
 * @param strength a scale on which they can be ranked: |d| of the clipped values, or Cohen's |h|
 *     for shares
 * @param low lower end of the 95 % interval of here - elsewhere: Welch for means, Newcombe's hybrid
 *     score for shares, for medians the same hybrid of the two medians' binomial intervals
 * @param n customers of the group with a value
 * @param others other customers with a value
 * @param missing share of the group without a value
 * @param spread of the group's values; only for medians
 */
record Comparison(
        Attribute attribute,
        double here,
        double elsewhere,
        double effect,
        double strength,
        double low,
        double high,
        int n,
        int others,
        double missing,
        Optional<Difference.Spread> spread) {
    private static final double LEAST_STRENGTH = 0.15;
    private static final double MOST_MISSING = 0.5;

    /**
     * How much likelier than not the value of one of the group is the higher, or the lower: what a
     * standardised difference of {@link #LEAST_STRENGTH} comes to among normal values.
     */
    private static final double LEAST_LEAN = 0.04;

    boolean higher() {
        return here > elsewhere;
    }

    /** How far the two surely differ, by how far they do: 1 for certain, 0 for barely. */
    double confidence() {
        double near = low > 0 ? low : high < 0 ? -high : 0;
        double far = Math.max(Math.abs(low), Math.abs(high));
        return far == 0 ? 0 : Math.min(1, 2 * near / (near + far));
    }

    /** Enough people on both sides to compare, and of a share enough who have it or have it not. */
    boolean comparable(int fewest) {
        if (n < fewest || others < fewest) return false;
        if (attribute.kind() != Difference.Kind.SHARE) return true;
        long having = Math.round(here * n) + Math.round(elsewhere * others);
        return Math.min(having, n + others - having) >= fewest;
    }

    /**
     * Worth telling: enough people, big enough, and not chance. A mean or median of fewer than half
     * of the group is one of those who have a value, not of the group.
     */
    boolean supported(int fewest) {
        boolean most = attribute.kind() == Difference.Kind.SHARE || missing <= MOST_MISSING;
        return most && comparable(fewest) && strength >= LEAST_STRENGTH && (low > 0 || high < 0);
    }

    /** The probability of a difference this large if the group were drawn by chance, 0..1. */
    double chance() {
        if (low >= high) return here == elsewhere ? 1 : 0;
        if (attribute.kind() != Difference.Kind.SHARE) {
            return Chance.normal(2 * Wilson.Z * (here - elsewhere) / (high - low));
        }
        return Chance.exact(Math.round(here * n), n, Math.round(elsewhere * others), others);
    }

    /**
     * @param inside for each customer whether the group has it
     * @param scale of the attribute's values
     */
    static Comparison of(Attribute attribute, boolean[] inside, Scale scale) {
        double[] v = attribute.values();
        boolean ranked = attribute.kind() == Difference.Kind.MEDIAN;
        var in = new Moments();
        var out = new Moments();
        var rankedIn = new Moments();
        var rankedOut = new Moments();
        int missing = 0;
        int members = 0;
        for (int i = 0; i < v.length; i++) {
            boolean member = inside[i];
            if (member) members++;
            if (Double.isNaN(v[i])) {
                if (member) missing++;
                continue;
            }
            (member ? in : out).add(v[i], scale.clipped(v[i]), scale.rank(i));
            if (ranked) {
                (member ? rankedIn : rankedOut).add(scale.rank(i), scale.rank(i), scale.rank(i));
            }
        }
        double missingShare = members == 0 ? 0 : (double) missing / members;
        return switch (attribute.kind()) {
            case MEAN -> means(attribute, in, out, missingShare);
            case SHARE -> shares(attribute, in, out, missingShare);
            case MEDIAN ->
                    medians(
                            attribute,
                            in,
                            out,
                            missingShare,
                            standardised(rankedIn, rankedOut, 0),
                            scale.sorted(v, i -> inside[i]),
                            scale.sorted(v, i -> !inside[i]));
        };
    }

    /**
     * The values between which the median lies with 95 %, by their ranks.
     *
     * @see <a href="https://www.wiley.com/en-us/9780471160687">Conover, Practical Nonparametric
     *     Statistics, 1999, section 3.2</a>
     */
    static double[] medianInterval(double[] sorted) {
        int n = sorted.length;
        double half = Wilson.Z * Math.sqrt(n) / 2;
        int low = Math.max(0, (int) Math.floor(n / 2.0 - half) - 1);
        int high = Math.min(n - 1, (int) Math.ceil(n / 2.0 + half));
        return new double[] {sorted[low], sorted[high]};
    }

    /**
     * What a value means among all values of an attribute.
     *
     * @param low the 1st percentile
     * @param high the 99th
     * @param ranks of each customer's value, 0..1, equal for equal values; NaN where missing
     * @param order customers with a value, by value
     */
    record Scale(double low, double high, double[] ranks, int[] order) {
        static Scale of(Attribute attribute) {
            double[] values = attribute.values();
            int[] order =
                    IntStream.range(0, values.length)
                            .filter(i -> !Double.isNaN(values[i]))
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> values[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double[] ranks = new double[values.length];
            Arrays.fill(ranks, Double.NaN);
            if (order.length == 0) return new Scale(0, 0, ranks, order);
            for (int from = 0, to; from < order.length; from = to) {
                to = from;
                while (to < order.length && values[order[to]] == values[order[from]]) to++;
                double middle = (from + to) / (2.0 * order.length);
                for (int i = from; i < to; i++) ranks[order[i]] = middle;
            }
            int last = order.length - 1;
            double low = values[order[(int) Math.floor(last * 0.01)]];
            double high = values[order[(int) Math.ceil(last * 0.99)]];
            return low < high
                    ? new Scale(low, high, ranks, order)
                    : new Scale(values[order[0]], values[order[last]], ranks, order);
        }

        double clipped(double value) {
            return Math.max(low, Math.min(high, value));
        }

        double rank(int customer) {
            return ranks[customer];
        }

        /** The values of some customers, ascending. */
        double[] sorted(double[] values, IntPredicate of) {
            return IntStream.of(order).filter(of).mapToDouble(i -> values[i]).toArray();
        }
    }

    private static Comparison means(Attribute a, Moments in, Moments out, double gone) {
        if (in.n < 2 || out.n < 2) return none(a, in, out, gone);
        double difference = in.mean() - out.mean();
        double error = Math.sqrt(in.variance() / in.n + out.variance() / out.n);
        double d = standardised(in, out, difference);
        return new Comparison(
                a,
                in.mean(),
                out.mean(),
                d,
                strength(d, difference, in, out),
                difference - Wilson.Z * error,
                difference + Wilson.Z * error,
                in.n,
                out.n,
                gone,
                Optional.empty());
    }

    /**
     * As of means, with the interval of the medians. Ranks of a small part of all saturate, so its
     * strength is that of the clipped values, if ranks and medians agree.
     *
     * @param d standardised difference of the ranks
     */
    private static Comparison medians(
            Attribute a,
            Moments in,
            Moments out,
            double gone,
            double d,
            double[] group,
            double[] rest) {
        if (in.n < 2 || out.n < 2) return none(a, in, out, gone);
        double here = Asymmetry.quantile(group, 0.5);
        double elsewhere = Asymmetry.quantile(rest, 0.5);
        double difference = here - elsewhere;
        double[] p = medianInterval(group);
        double[] q = medianInterval(rest);
        double byValue = standardised(in, out, difference);
        return new Comparison(
                a,
                here,
                elsewhere,
                d,
                byValue * d > 0 ? strength(byValue, difference, in, out) : 0,
                difference - Math.hypot(here - p[0], q[1] - elsewhere),
                difference + Math.hypot(p[1] - here, elsewhere - q[0]),
                in.n,
                out.n,
                gone,
                Optional.of(
                        new Difference.Spread(
                                Asymmetry.quantile(group, 0.25),
                                Asymmetry.quantile(group, 0.75),
                                in.mean())));
    }

    private static double standardised(Moments in, Moments out, double difference) {
        double pooled =
                Math.sqrt(
                        ((in.n - 1) * in.clippedVariance() + (out.n - 1) * out.clippedVariance())
                                / (in.n + out.n - 2));
        if (pooled == 0) return difference == 0 ? 0 : Math.signum(difference) * 3;
        return (in.clippedMean() - out.clippedMean()) / pooled;
    }

    /**
     * A figure that differs only by a few extremes must not be told as a trait of the many: most of
     * the many must lean the same way (Mann and Whitney's statistic, from 1/2).
     */
    private static double strength(double d, double difference, Moments in, Moments out) {
        double lean = in.meanRank() - out.meanRank();
        boolean many = d * difference > 0 && lean * difference > 0 && Math.abs(lean) >= LEAST_LEAN;
        return many ? Math.abs(d) : 0;
    }

    private static Comparison shares(Attribute a, Moments in, Moments out, double gone) {
        if (in.n == 0 || out.n == 0) return none(a, in, out, gone);
        double p = in.mean();
        double q = out.mean();
        double[] wp = Wilson.interval(p, in.n);
        double[] wq = Wilson.interval(q, out.n);
        double low = p - q - Math.hypot(p - wp[0], wq[1] - q);
        double high = p - q + Math.hypot(wp[1] - p, q - wq[0]);
        double h = 2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q));
        // Half a customer is added on each side so that a share of 0 keeps a finite lift.
        double lift = ((p * in.n + 0.5) / (in.n + 1)) / ((q * out.n + 0.5) / (out.n + 1));
        return new Comparison(
                a,
                p,
                q,
                Math.log(lift),
                Math.abs(h),
                low,
                high,
                in.n,
                out.n,
                gone,
                Optional.empty());
    }

    private static Comparison none(Attribute a, Moments in, Moments out, double gone) {
        return new Comparison(
                a, in.mean(), out.mean(), 0, 0, 0, 0, in.n, out.n, gone, Optional.empty());
    }

    private static final class Moments {
        private int n;
        private double sum;
        private double squares;
        private double clippedSum;
        private double clippedSquares;
        private double ranks;
        private double shift = Double.NaN;

        void add(double raw, double clipped, double rank) {
            if (n == 0) shift = clipped; // sums of squares stay exact far from zero
            n++;
            ranks += rank;
            sum += raw - shift;
            squares += (raw - shift) * (raw - shift);
            clippedSum += clipped - shift;
            clippedSquares += (clipped - shift) * (clipped - shift);
        }

        double mean() {
            return n == 0 ? 0 : shift + sum / n;
        }

        double meanRank() {
            return n == 0 ? 0.5 : ranks / n;
        }

        double clippedMean() {
            return n == 0 ? 0 : shift + clippedSum / n;
        }

        double variance() {
            return n < 2 ? 0 : Math.max(0, (squares - sum * sum / n) / (n - 1));
        }

        double clippedVariance() {
            return n < 2
                    ? 0
                    : Math.max(0, (clippedSquares - clippedSum * clippedSum / n) / (n - 1));
        }
    }
}

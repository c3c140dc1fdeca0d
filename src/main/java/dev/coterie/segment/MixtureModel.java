package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mixture of clusters over blocks of features, with a place for customers that belong to none.
 *
 * <p>Given its cluster, a customer's blocks are independent. The numbers of a block are normal with
 * a mean for each cluster and one covariance for all; each category has its shares in each cluster.
 * A customer whose blocks point to different clusters is better explained by the product of the
 * blocks' own distributions, a little widened: that product is the density of the outliers, so
 * being one means "what is said and what is done do not belong together", or plainly far away.
 * Immutable and thread-safe.
 *
 * <p>Shapes: logShares[k]; in each part centres k×d and whitening d×d, lower triangular, which
 * makes the covariance within clusters the identity.
 *
 * @param logShares logarithm of each cluster's share
 * @param logOutliers logarithm of the share of outliers
 * @param beginning log-odds of being an outlier from which on a customer is called one
 * @see <a href="https://doi.org/10.1002/0471721182">McLachlan and Peel, finite mixture models,
 *     2000</a>
 * @see <a href="https://doi.org/10.2307/2532201">Banfield and Raftery, model-based clustering with
 *     a noise component, 1993</a>
 */
public record MixtureModel(
        double[] logShares,
        double logOutliers,
        double beginning,
        List<NumbersPart> numbers,
        List<LevelsPart> levels)
        implements ClusterModel {
    /** A customer is called an outlier from this probability on. */
    private static final double LIKELY_ENOUGH = 0.4;

    /** Most customers that may be called outliers. */
    private static final double MOST_OUTLIERS = 0.15;

    /**
     * What a block's widening costs a member's density, in nats: the outliers' distributions are
     * wider than the blocks' own by as much as that allows in their dimensions.
     */
    private static final double COST_OF_WIDENING = 2;

    private static final double WIDEST = 2.5;

    /**
     * @param weight of the block's log-likelihood
     * @param logDeterminant of the covariance within clusters
     */
    public record NumbersPart(
            Block block,
            int[] columns,
            double[] mean,
            double[][] centres,
            double[][] whitening,
            double logDeterminant,
            double weight) {
        /** Times the variance that the outliers' distribution of this block has. */
        double widening() {
            return Math.min(WIDEST, Math.exp(2 * COST_OF_WIDENING / columns.length));
        }
    }

    /**
     * @param values distinct values where the category is a number of few values, else empty
     * @param logShares clusters × levels
     */
    public record LevelsPart(
            Block block, int[] columns, double[] values, double[][] logShares, double weight) {}

    public MixtureModel {
        numbers = List.copyOf(numbers);
        levels = List.copyOf(levels);
    }

    @Override
    public int clusters() {
        return logShares.length;
    }

    @Override
    public Reader over(FeatureMatrix own) {
        return this::belonging;
    }

    private Belonging belonging(FeatureMatrix features) {
        int n = features.rows();
        var belonging = new Belonging(new double[n][clusters()], new double[n]);
        MixtureData reading = reading();
        var pieces = Pieces.of(n);
        pieces.each(
                () -> new MixtureDensity(this, false, Math.min(n, MixtureDensity.ROWS)),
                (piece, density) -> {
                    int from = pieces.from(piece);
                    int[] rows = IntStream.range(from, pieces.to(piece)).toArray();
                    belonging(reading.read(features, rows), from, density, belonging);
                });
        return belonging;
    }

    /** What the mixture says of rows that begin at one of the matrix. */
    private void belonging(
            MixtureData.Read read, int first, MixtureDensity density, Belonging into) {
        double logInside = Math.log1p(-Math.exp(logOutliers));
        double[] sums = new double[MixtureDensity.ROWS];
        double[] logs = new double[MixtureDensity.ROWS];
        for (int from = 0; from < read.n(); from += MixtureDensity.ROWS) {
            int count = Math.min(MixtureDensity.ROWS, read.n() - from);
            density.evaluate(read, from, count);
            density.parts(count, sums, logs);
            for (int i = 0; i < count; i++) {
                double[] of = into.probabilities()[first + from + i];
                for (int c = 0; c < of.length; c++) of[c] = density.joint[c][i] / sums[i];
                double odds = density.outlier[i] + logOutliers - logs[i] - logInside;
                into.strangeness()[first + from + i] = 1 / (1 + Math.exp(beginning - odds));
            }
        }
    }

    private MixtureData reading() {
        return new MixtureData(
                numbers.stream()
                        .map(p -> new MixtureData.Numbers(p.block(), p.columns(), p.mean()))
                        .toList(),
                levels.stream()
                        .map(p -> new MixtureData.Levels(p.block(), p.columns(), p.values()))
                        .toList());
    }

    /**
     * The same with outliers beginning where a customer is likely enough to be one, or later if
     * they would be too many.
     */
    MixtureModel bounded(FeatureMatrix features) {
        var plain = beginningAt(Math.log(LIKELY_ENOUGH / (1 - LIKELY_ENOUGH)));
        double[] strangeness = plain.belonging(features).strangeness();
        Arrays.sort(strangeness);
        double last = strangeness[(int) ((1 - MOST_OUTLIERS) * (strangeness.length - 1))];
        if (last <= 0.5) return plain;
        if (last == 1) return beginningAt(Double.POSITIVE_INFINITY);
        return beginningAt(plain.beginning + Math.log(last / (1 - last)));
    }

    private MixtureModel beginningAt(double odds) {
        return new MixtureModel(logShares, logOutliers, odds, numbers, levels);
    }

    @Override
    public MixtureModel ordered(int[] order) {
        return new MixtureModel(
                Arrays.stream(order).mapToDouble(c -> logShares[c]).toArray(),
                logOutliers,
                beginning,
                numbers.stream()
                        .map(
                                p ->
                                        new NumbersPart(
                                                p.block(),
                                                p.columns(),
                                                p.mean(),
                                                ordered(p.centres(), order),
                                                p.whitening(),
                                                p.logDeterminant(),
                                                p.weight()))
                        .toList(),
                levels.stream()
                        .map(
                                p ->
                                        new LevelsPart(
                                                p.block(),
                                                p.columns(),
                                                p.values(),
                                                ordered(p.logShares(), order),
                                                p.weight()))
                        .toList());
    }

    private static double[][] ordered(double[][] rows, int[] order) {
        return Arrays.stream(order).mapToObj(c -> rows[c]).toArray(double[][]::new);
    }
}

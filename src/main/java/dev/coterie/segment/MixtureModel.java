package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.features.InnerProduct;
import java.util.Arrays;
import java.util.List;

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

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

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
        /** Squared Mahalanobis distances of a centred row to the centres. */
        void distances(double[] row, int at, double[] white, double[] squares) {
            int d = columns.length;
            for (int a = 0; a < d; a++) {
                white[a] = InnerProduct.of(whitening[a], 0, row, at, a + 1);
            }
            for (int c = 0; c < centres.length; c++) squares[c] = square(white, centres[c], d);
        }

        /** Two sums side by side, since one would wait for itself at every step. */
        private static double square(double[] white, double[] centre, int d) {
            double even = 0;
            double odd = 0;
            int a = 0;
            for (; a + 1 < d; a += 2) {
                double first = white[a] - centre[a];
                double second = white[a + 1] - centre[a + 1];
                even += first * first;
                odd += second * second;
            }
            if (a < d) {
                double last = white[a] - centre[a];
                even += last * last;
            }
            return even + odd;
        }

        private double wider() {
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

    /** Scratch memory for one thread. */
    final class Evaluation {
        final double[] joint = new double[clusters()];
        private final double[] squares = new double[clusters()];
        private final double[] white =
                new double[numbers.stream().mapToInt(p -> p.columns().length).max().orElse(0)];
        private final double[] ofBlock = new double[clusters()];
        private final double[] wide = new double[clusters()];
        private final double[] widths = numbers.stream().mapToDouble(NumbersPart::wider).toArray();

        /** Log density of the row under the outliers' distribution, after {@link #row}. */
        double outlier;

        /** Log density under each block alone, without the outliers; empty if not asked for. */
        final double[] blocks;

        /**
         * @param perBlock whether {@code blocks} is asked for: it costs a third of the time
         */
        Evaluation(boolean perBlock) {
            this.blocks = new double[perBlock ? Block.values().length : 0];
        }

        /**
         * Fills {@code joint} with log share + log density of each cluster.
         *
         * @param part centred numbers of each part, with where this row begins
         */
        void row(double[][] part, int row, boolean[][] present, int[][] codes) {
            System.arraycopy(logShares, 0, joint, 0, joint.length);
            outlier = 0;
            for (Block block : Block.values()) {
                boolean any = block(block, part, row, present, codes);
                if (blocks.length > 0) blocks[block.ordinal()] = 0;
                if (!any) continue;
                for (int c = 0; c < joint.length; c++) {
                    joint[c] += ofBlock[c];
                    ofBlock[c] += logShares[c];
                    wide[c] += logShares[c];
                }
                if (blocks.length > 0) blocks[block.ordinal()] = logSum(ofBlock);
                outlier += logSum(wide);
            }
        }

        private boolean block(
                Block block, double[][] part, int row, boolean[][] present, int[][] codes) {
            Arrays.fill(ofBlock, 0);
            Arrays.fill(wide, 0);
            boolean any = false;
            for (int p = 0; p < numbers.size(); p++) {
                NumbersPart model = numbers.get(p);
                if (model.block() != block || !present[p][row]) continue;
                any = true;
                int d = model.columns().length;
                model.distances(part[p], row * d, white, squares);
                double constant = -0.5 * (model.logDeterminant() + d * LOG_TWO_PI);
                double wider = widths[p];
                double widened = constant - 0.5 * d * Math.log(wider);
                for (int c = 0; c < squares.length; c++) {
                    ofBlock[c] += model.weight() * (constant - 0.5 * squares[c]);
                    wide[c] += model.weight() * (widened - 0.5 * squares[c] / wider);
                }
            }
            for (int p = 0; p < levels.size(); p++) {
                LevelsPart model = levels.get(p);
                if (model.block() != block || codes[p][row] < 0) continue;
                any = true;
                for (int c = 0; c < joint.length; c++) {
                    double log = model.weight() * model.logShares()[c][codes[p][row]];
                    ofBlock[c] += log;
                    wide[c] += log;
                }
            }
            return any;
        }
    }

    /** The logarithm of a part that changes no sum: one in ten thousand million. */
    static final double NEGLIGIBLE = -23;

    static double logSum(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) most = Math.max(most, log);
        double sum = 0;
        for (double log : logs) if (log - most > NEGLIGIBLE) sum += Math.exp(log - most);
        return most + Math.log(sum);
    }

    @Override
    public Reader over(FeatureMatrix own) {
        return this::belonging;
    }

    private Belonging belonging(FeatureMatrix features) {
        int n = features.rows();
        var belonging = new Belonging(new double[n][clusters()], new double[n]);
        MixtureData reading = reading();
        double logInside = Math.log1p(-Math.exp(logOutliers));
        var pieces = Pieces.of(n);
        pieces.each(
                () -> new Evaluation(false),
                (piece, scratch) -> {
                    int from = pieces.from(piece);
                    int[] rows = new int[pieces.to(piece) - from];
                    for (int i = 0; i < rows.length; i++) rows[i] = from + i;
                    var read = reading.read(features, rows);
                    for (int i = 0; i < rows.length; i++) {
                        scratch.row(read.numbers(), i, read.present(), read.codes());
                        double inside = logSum(scratch.joint);
                        double[] of = belonging.probabilities()[from + i];
                        for (int c = 0; c < of.length; c++) {
                            double log = scratch.joint[c] - inside;
                            of[c] = log > NEGLIGIBLE ? Math.exp(log) : 0;
                        }
                        double odds = scratch.outlier + logOutliers - inside - logInside;
                        belonging.strangeness()[from + i] = 1 / (1 + Math.exp(beginning - odds));
                    }
                });
        return belonging;
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

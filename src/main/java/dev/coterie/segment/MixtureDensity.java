package dev.coterie.segment;

import dev.coterie.features.Block;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * The log densities of rows under a mixture, {@value #ROWS} rows at a time: scratch memory for one
 * thread. A row's densities are the same bit for bit whatever rows stand beside it.
 */
final class MixtureDensity {
    /** Rows that are evaluated together; their numbers stay in the first-level cache. */
    static final int ROWS = 64;

    /** The logarithm of a part that changes no sum: one in a million. */
    static final double NEGLIGIBLE = -14;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final MixtureModel model;
    private final int k;

    /** The blocks that the model has columns of. */
    private final List<Block> known;

    /** k × rows: log share + log density of each cluster. */
    final double[][] joint;

    /** Log density of each row under the outliers' distribution. */
    final double[] outlier;

    /** Blocks × rows: log density under each block alone, no outliers; empty if not asked for. */
    final double[][] blocks;

    private final double[] widths;

    /** Categories × k × (1 + levels): weighted log shares, first the 0 of a missing level. */
    private final double[][][] weighted;

    private final double[][] row;
    private final double[][] white;
    private final double[] squares;
    private final double[] present;
    private final double[][] ofBlock;
    private final double[][] wide;
    private final double[][] ofLevels;
    private final boolean[] any;

    /** For each block what its patterns come to, if the rows evaluated last had some. */
    private final OfPatterns[] ofPatterns = new OfPatterns[Block.values().length];

    private final double[] most;

    /**
     * @param logs clusters × patterns
     * @param any whether a pattern has a level that was seen
     */
    private record OfPatterns(MixtureData.Patterns patterns, double[][] logs, boolean[] any) {}

    /**
     * @param perBlock whether {@code blocks} is asked for: it costs a third of the time
     */
    MixtureDensity(MixtureModel model, boolean perBlock) {
        this(model, perBlock, ROWS);
    }

    /**
     * @param rows most rows that are evaluated at once, at most {@value #ROWS}
     */
    MixtureDensity(MixtureModel model, boolean perBlock, int rows) {
        this.model = model;
        this.k = model.clusters();
        this.outlier = new double[rows];
        this.squares = new double[rows];
        this.present = new double[rows];
        this.most = new double[rows];
        this.any = new boolean[rows];
        this.joint = new double[k][rows];
        this.ofBlock = new double[k][rows];
        this.wide = new double[k][rows];
        this.ofLevels = new double[k][rows];
        this.blocks = new double[perBlock ? Block.values().length : 0][rows];
        List<MixtureModel.NumbersPart> parts = model.numbers();
        this.known = known(model);
        this.widths = new double[parts.size()];
        int d = 0;
        for (int p = 0; p < widths.length; p++) {
            widths[p] = parts.get(p).widening();
            d = Math.max(d, parts.get(p).columns().length);
        }
        this.weighted = new double[model.levels().size()][][];
        for (int p = 0; p < weighted.length; p++) weighted[p] = weighted(model.levels().get(p));
        this.row = new double[d][rows];
        this.white = new double[d][rows];
    }

    /** No stream: a density is made for every step of a fit, and sorting takes longer than it. */
    private static List<Block> known(MixtureModel model) {
        var known = EnumSet.noneOf(Block.class);
        for (var part : model.numbers()) known.add(part.block());
        for (var part : model.levels()) known.add(part.block());
        return List.copyOf(known);
    }

    private static double[][] weighted(MixtureModel.LevelsPart part) {
        double[][] weighted = new double[part.logShares().length][];
        for (int c = 0; c < weighted.length; c++) {
            double[] logs = part.logShares()[c];
            weighted[c] = new double[1 + logs.length];
            for (int l = 0; l < logs.length; l++) weighted[c][1 + l] = part.weight() * logs[l];
        }
        return weighted;
    }

    /**
     * Evaluates rows.
     *
     * @param from the first of them
     * @param count at most {@value #ROWS}
     */
    void evaluate(MixtureData.Read rows, int from, int count) {
        for (int c = 0; c < k; c++) Arrays.fill(joint[c], 0, count, model.logShares()[c]);
        Arrays.fill(outlier, 0, count, 0);
        for (double[] block : blocks) Arrays.fill(block, 0, count, 0);
        for (Block block : known) {
            Arrays.fill(any, 0, count, false);
            numbers(block, rows, from, count);
            boolean categories = levels(block, rows, from, count);
            for (int c = 0; c < k; c++) {
                if (categories) addTo(ofBlock[c], wide[c], ofLevels[c], count);
                addTo(joint[c], ofBlock[c], wide[c], model.logShares()[c], count);
            }
            if (blocks.length > 0) addLogSums(ofBlock, count, blocks[block.ordinal()]);
            addLogSums(wide, count, outlier);
        }
    }

    /** Writes the log densities of the block's numbers, 0 if it has none. */
    private void numbers(Block block, MixtureData.Read rows, int from, int count) {
        for (int c = 0; c < k; c++) {
            Arrays.fill(ofBlock[c], 0, count, 0);
            Arrays.fill(wide[c], 0, count, 0);
        }
        for (int p = 0; p < model.numbers().size(); p++) {
            MixtureModel.NumbersPart part = model.numbers().get(p);
            if (part.block() != block) continue;
            int d = part.columns().length;
            double[][] values = rows.numbers()[p];
            for (int i = 0; i < count; i++) {
                boolean has = rows.present()[p][from + i];
                any[i] |= has;
                present[i] = has ? 1 : 0;
                double[] value = values[from + i];
                for (int a = 0; a < d; a++) row[a][i] = value[a];
            }
            for (int a = 0; a < d; a++) whiten(part.whitening()[a], a, count);
            double constant = -0.5 * (part.logDeterminant() + d * LOG_TWO_PI);
            double widened = constant - 0.5 * d * Math.log(widths[p]);
            double weight = part.weight();
            for (int c = 0; c < k; c++) {
                squares(part.centres()[c], d, count);
                addNormal(
                        ofBlock[c],
                        weight * constant,
                        -0.5 * weight,
                        wide[c],
                        weight * widened,
                        -0.5 * weight / widths[p],
                        count);
            }
        }
    }

    private void whiten(double[] axis, int a, int count) {
        double[] into = white[a];
        scale(into, row[0], axis[0], count);
        int b = 1;
        for (; b + 3 <= a; b += 4) addFour(into, row, axis, b, count);
        for (; b <= a; b++) addScaled(into, row[b], axis[b], count);
    }

    private void squares(double[] centre, int d, int count) {
        Arrays.fill(squares, 0, count, 0);
        int a = 0;
        for (; a + 1 < d; a += 2) {
            addSquares(squares, white[a], centre[a], white[a + 1], centre[a + 1], count);
        }
        if (a < d) addSquare(squares, white[a], centre[a], count);
    }

    /** Writes the categories' log shares; false if the block has no category. */
    private boolean levels(Block block, MixtureData.Read rows, int from, int count) {
        var patterns = rows.patterns().get(block);
        if (patterns != null) return levels(block, patterns, rows, from, count);
        boolean first = true;
        for (int p = 0; p < model.levels().size(); p++) {
            MixtureModel.LevelsPart part = model.levels().get(p);
            if (part.block() != block) continue;
            if (first) for (double[] logs : ofLevels) Arrays.fill(logs, 0, count, 0);
            first = false;
            int[] codes = rows.codes()[p];
            for (int i = 0; i < count; i++) any[i] |= codes[from + i] >= 0;
            for (int c = 0; c < k; c++) addLevels(ofLevels[c], weighted[p][c], codes, from, count);
        }
        return !first;
    }

    private boolean levels(
            Block block,
            MixtureData.Patterns patterns,
            MixtureData.Read rows,
            int from,
            int count) {
        OfPatterns sums = ofPatterns[block.ordinal()];
        if (sums == null || sums.patterns() != patterns) {
            sums = ofPatterns(block, patterns, rows);
            ofPatterns[block.ordinal()] = sums;
        }
        int[] of = patterns.of();
        for (int i = 0; i < count; i++) any[i] |= sums.any()[of[from + i]];
        for (int c = 0; c < k; c++) {
            double[] logs = sums.logs()[c];
            double[] into = ofLevels[c];
            for (int i = 0; i < count; i++) into[i] = logs[of[from + i]];
        }
        return true;
    }

    /** The same sums, in the same order, for each pattern once. */
    private OfPatterns ofPatterns(
            Block block, MixtureData.Patterns patterns, MixtureData.Read rows) {
        int[] examples = patterns.rows();
        var logs = new double[k][examples.length];
        var some = new boolean[examples.length];
        for (int p = 0; p < model.levels().size(); p++) {
            if (model.levels().get(p).block() != block) continue;
            int[] codes = rows.codes()[p];
            for (int e = 0; e < examples.length; e++) some[e] |= codes[examples[e]] >= 0;
            for (int c = 0; c < k; c++) {
                double[] ofLevel = weighted[p][c];
                for (int e = 0; e < examples.length; e++) {
                    logs[c][e] += ofLevel[1 + codes[examples[e]]];
                }
            }
        }
        return new OfPatterns(patterns, logs, some);
    }

    double logOutliers() {
        return model.logOutliers();
    }

    /** Adds log Σ exp over the clusters to the rows that have the block. */
    private void addLogSums(double[][] logs, int count, double[] into) {
        largest(logs, count);
        for (int i = 0; i < count; i++) {
            if (!any[i]) continue;
            double sum = 0;
            for (int c = 0; c < k; c++) {
                double log = logs[c][i] - most[i];
                if (log > NEGLIGIBLE) sum += Math.exp(log);
            }
            into[i] += most[i] + Math.log(sum);
        }
    }

    private void largest(double[][] logs, int count) {
        System.arraycopy(logs[0], 0, most, 0, count);
        for (int c = 1; c < k; c++) {
            double[] other = logs[c];
            for (int i = 0; i < count; i++) most[i] = Math.max(most[i], other[i]);
        }
    }

    /**
     * The parts of the clusters in each row, in place of {@code joint}: exp(joint - largest).
     *
     * @param sums gets the sum of the parts
     * @param logs gets the logarithm of the whole density
     */
    void parts(int count, double[] sums, double[] logs) {
        largest(joint, count);
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int c = 0; c < k; c++) {
                double log = joint[c][i] - most[i];
                double part = log > NEGLIGIBLE ? Math.exp(log) : 0;
                joint[c][i] = part;
                sum += part;
            }
            sums[i] = sum;
            logs[i] = most[i] + Math.log(sum);
        }
    }

    // Each of these is one loop over arrays of one length, which the compiler turns into vector
    // instructions.

    private static void addTo(double[] first, double[] second, double[] other, int n) {
        for (int i = 0; i < n; i++) {
            first[i] += other[i];
            second[i] += other[i];
        }
    }

    /** Adds the block to the joint density, then the share to the block's own two. */
    private static void addTo(
            double[] joint, double[] ofBlock, double[] wide, double share, int n) {
        for (int i = 0; i < n; i++) {
            joint[i] += ofBlock[i];
            ofBlock[i] += share;
            wide[i] += share;
        }
    }

    private static void addLevels(double[] into, double[] logs, int[] codes, int from, int n) {
        for (int i = 0; i < n; i++) into[i] += logs[1 + codes[from + i]];
    }

    private static void scale(double[] into, double[] row, double factor, int n) {
        for (int i = 0; i < n; i++) into[i] = row[i] * factor;
    }

    private static void addScaled(double[] into, double[] row, double factor, int n) {
        for (int i = 0; i < n; i++) into[i] = Math.fma(row[i], factor, into[i]);
    }

    private static void addFour(double[] into, double[][] rows, double[] factors, int b, int n) {
        double[] x0 = rows[b];
        double[] x1 = rows[b + 1];
        double[] x2 = rows[b + 2];
        double[] x3 = rows[b + 3];
        double f0 = factors[b];
        double f1 = factors[b + 1];
        double f2 = factors[b + 2];
        double f3 = factors[b + 3];
        for (int i = 0; i < n; i++) {
            double two = Math.fma(x1[i], f1, Math.fma(x0[i], f0, into[i]));
            into[i] = Math.fma(x3[i], f3, Math.fma(x2[i], f2, two));
        }
    }

    private static void addSquares(
            double[] into, double[] first, double f, double[] second, double s, int n) {
        for (int i = 0; i < n; i++) {
            double a = first[i] - f;
            double b = second[i] - s;
            into[i] = Math.fma(b, b, Math.fma(a, a, into[i]));
        }
    }

    private static void addSquare(double[] into, double[] row, double centre, int n) {
        for (int i = 0; i < n; i++) {
            double a = row[i] - centre;
            into[i] = Math.fma(a, a, into[i]);
        }
    }

    private void addNormal(
            double[] first,
            double constant,
            double factor,
            double[] second,
            double constant2,
            double factor2,
            int n) {
        for (int i = 0; i < n; i++) {
            first[i] += present[i] * (constant + factor * squares[i]);
            second[i] += present[i] * (constant2 + factor2 * squares[i]);
        }
    }
}

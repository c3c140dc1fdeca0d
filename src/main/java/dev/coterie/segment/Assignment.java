package dev.coterie.segment;

import java.util.Arrays;

/**
 * The nearest centroid of every row while centroids move, without looking again at rows that cannot
 * have changed.
 *
 * <p>Each row keeps a lower bound of how much nearer its centroid is than any other. It shrinks by
 * what the centroids moved; while it is positive the triangle inequality says that the label
 * stands. All other rows are computed anew. The labels are exactly those of a full comparison in
 * double precision, the lower index on a tie, so they depend on nothing but rows and centroids.
 *
 * <p>The bound is one number a row, as in Hamerly's algorithm, with the difference of his two
 * bounds kept in place of both.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611972801.12">Hamerly, Making k-means even faster,
 *     2010</a>
 */
final class Assignment {
    /** Takes in the rounding of one step of the bound. */
    private static final float SHRINK = 1 - 0x1p-22f;

    /** Takes in the rounding of two square roots and their difference. */
    private static final float LOWER = 1 - 0x1p-20f;

    private static final float UPPER = 1 + 0x1p-20f;

    /** A block is computed where it lies if at least one row in this many is open. */
    private static final int DENSE = 3;

    /** Fewer open rows than this are compared one by one, as a block costs the same for any. */
    private static final int FEW = 48;

    private final Points points;
    private final Tiles tiles;
    private final int k;
    private final int[] labels;
    private final float[] lead;
    private final PartialSums[] partial;
    private double[][] centroids;
    private Tiles.Targets targets;

    /** What the lead of a row with each label shrinks by in this step. */
    private float[] shrinkage;

    Assignment(Points points, int k) {
        this.points = points;
        this.tiles = points.tiles();
        this.k = k;
        this.labels = new int[points.n()];
        this.lead = new float[points.n()];
        this.partial = new PartialSums[points.pieces().count()];
        Arrays.fill(labels, -1);
    }

    int[] labels() {
        return labels;
    }

    /** Sums of one piece's rows by label, kept up to date as rows move. */
    private static final class PartialSums {
        final double[] sums;
        final int[] counts;
        int moved;

        PartialSums(int k, int d) {
            sums = new double[k * d];
            counts = new int[k];
        }
    }

    /** Memory for one thread. */
    private final class Scratch {
        final float[][] scores = new float[targets.pairs()][2 * Tiles.ROWS];
        final float[] best = new float[Tiles.ROWS];
        final float[] second = new float[Tiles.ROWS];
        final float[] norms = new float[Tiles.ROWS];
        final float[] leads = new float[Tiles.ROWS];
        final int[] open = new int[2 * Tiles.ROWS];
        final int[] whole = new int[Tiles.ROWS];
        float[][] gathered;
        int count;

        float score(int label, int at) {
            return scores[label >> 1][(label & 1) * Tiles.ROWS + at];
        }
    }

    /**
     * Labels every row by its nearest of these centroids.
     *
     * @return how many rows changed their label
     */
    int update(double[][] moved) {
        shrinkage = centroids == null ? null : shrinkage(centroids, moved);
        centroids = moved;
        targets = Tiles.Targets.of(moved, tiles.centre());
        points.pieces().each(Scratch::new, this::updatePiece);
        int changes = 0;
        for (PartialSums piece : partial) changes += piece.moved;
        return changes;
    }

    private static float[] shrinkage(double[][] before, double[][] after) {
        int k = before.length;
        double[] shift = new double[k];
        int widest = 0;
        for (int c = 0; c < k; c++) {
            double sum = 0;
            for (int j = 0; j < before[c].length; j++) {
                double difference = after[c][j] - before[c][j];
                sum += difference * difference;
            }
            shift[c] = Math.sqrt(sum);
            if (shift[c] > shift[widest]) widest = c;
        }
        double next = 0;
        for (int c = 0; c < k; c++) if (c != widest) next = Math.max(next, shift[c]);
        float[] shrinkage = new float[k];
        for (int c = 0; c < k; c++) {
            double others = c == widest ? next : shift[widest];
            shrinkage[c] = Math.nextUp((float) ((shift[c] + others) * (1 + 1e-9)));
        }
        return shrinkage;
    }

    private void updatePiece(int piece, Scratch scratch) {
        if (partial[piece] == null) partial[piece] = new PartialSums(k, points.d());
        var sums = partial[piece];
        sums.moved = 0;
        scratch.count = 0;
        int to = points.pieces().to(piece);
        for (int from = points.pieces().from(piece); from < to; from += Tiles.ROWS) {
            int rows = Math.min(Tiles.ROWS, to - from);
            int open = shrinkage == null ? rows : shrink(from, rows, scratch);
            if (open * DENSE >= rows) {
                for (int i = 0; i < rows; i++) scratch.whole[i] = from + i;
                compare(tiles.values()[from / Tiles.ROWS], scratch.whole, rows, scratch, sums);
            } else {
                scratch.count += open;
                if (scratch.count >= Tiles.ROWS) compareGathered(scratch, sums);
            }
        }
        if (scratch.count > 0) compareGathered(scratch, sums);
    }

    /** Shrinks the leads of a block's rows and lists those that have none left. */
    private int shrink(int from, int rows, Scratch scratch) {
        int at = scratch.count;
        for (int i = from; i < from + rows; i++) {
            float left = lead[i] * SHRINK - shrinkage[labels[i]];
            lead[i] = left;
            if (!(left > 0)) scratch.open[at++] = i;
        }
        return at - scratch.count;
    }

    /** Compares up to a block's worth of the open rows, put side by side. */
    private void compareGathered(Scratch scratch, PartialSums sums) {
        int rows = Math.min(Tiles.ROWS, scratch.count);
        if (rows < FEW) {
            for (int i = 0; i < rows; i++) compareOne(scratch.open[i], sums);
            scratch.count = 0;
            return;
        }
        if (scratch.gathered == null) scratch.gathered = Tiles.block(points.d());
        for (int i = 0; i < rows; i++) {
            Tiles.put(points.rows(), scratch.open[i], tiles.centre(), scratch.gathered, i);
        }
        compare(scratch.gathered, scratch.open, rows, scratch, sums);
        scratch.count -= rows;
        System.arraycopy(scratch.open, rows, scratch.open, 0, scratch.count);
    }

    private void compare(
            float[][] block, int[] numbers, int rows, Scratch scratch, PartialSums sums) {
        Tiles.scores(block, targets, scratch.scores);
        twoBest(scratch.scores, scratch.best, scratch.second);
        for (int i = 0; i < rows; i++) scratch.norms[i] = tiles.norms()[numbers[i]];
        leads(scratch);
        for (int i = 0; i < rows; i++) {
            int row = numbers[i];
            int before = labels[row];
            int label;
            if (scratch.leads[i] > 0) {
                label = before;
                if (before < 0 || scratch.score(before, i) != scratch.best[i]) {
                    label = find(scratch, i);
                }
                lead[row] = scratch.leads[i];
            } else {
                label = exact(row, i, scratch);
                lead[row] = 0;
            }
            if (label != before) move(row, before, label, sums);
        }
    }

    private void compareOne(int row, PartialSums sums) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        double next = Double.POSITIVE_INFINITY;
        for (int c = 0; c < k; c++) {
            double square = points.squaredDistance(row, centroids[c]);
            if (square < least) {
                next = least;
                least = square;
                nearest = c;
            } else if (square < next) {
                next = square;
            }
        }
        lead[row] = (float) Math.sqrt(next) * LOWER - (float) Math.sqrt(least) * UPPER;
        if (nearest != labels[row]) move(row, labels[row], nearest, sums);
    }

    private static void twoBest(float[][] scores, float[] best, float[] second) {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        Arrays.fill(second, Float.NEGATIVE_INFINITY);
        for (float[] pair : scores) twoBest(pair, best, second);
    }

    private static void twoBest(float[] pair, float[] best, float[] second) {
        for (int i = 0; i < Tiles.ROWS; i++) {
            float a = pair[i];
            float b = pair[i + Tiles.ROWS];
            float greater = Math.max(a, b);
            float lesser = Math.min(a, b);
            second[i] = Math.max(Math.max(second[i], lesser), Math.min(best[i], greater));
            best[i] = Math.max(best[i], greater);
        }
    }

    private void leads(Scratch scratch) {
        float[] norms = scratch.norms;
        float[] best = scratch.best;
        float[] second = scratch.second;
        float[] leads = scratch.leads;
        float longest = targets.reach();
        float unit = targets.unit();
        for (int i = 0; i < Tiles.ROWS; i++) {
            float square = norms[i] * norms[i];
            float reach = norms[i] + longest;
            float error = unit * reach * reach + Tiles.SMALLEST;
            float near = Math.max(0, square - 2 * best[i]) + error;
            float far = Math.max(0, square - 2 * second[i] - error);
            leads[i] = (float) Math.sqrt(far) * LOWER - (float) Math.sqrt(near) * UPPER;
        }
    }

    private static int find(Scratch scratch, int at) {
        int label = 0;
        while (scratch.score(label, at) != scratch.best[at]) label++;
        return label;
    }

    /** The nearest centroid in double precision, of those that single precision leaves open. */
    private int exact(int row, int at, Scratch scratch) {
        float open = scratch.best[at] - targets.error(tiles.norms()[row]);
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < k; c++) {
            if (scratch.score(c, at) < open) continue;
            double square = points.squaredDistance(row, centroids[c]);
            if (nearest < 0 || square < least) {
                least = square;
                nearest = c;
            }
        }
        return nearest;
    }

    private void move(int row, int before, int label, PartialSums sums) {
        labels[row] = label;
        sums.moved++;
        int d = points.d();
        double[] rows = points.rows();
        int from = row * d;
        if (before >= 0) {
            sums.counts[before]--;
            for (int j = 0, at = before * d; j < d; j++) sums.sums[at + j] -= rows[from + j];
        }
        sums.counts[label]++;
        for (int j = 0, at = label * d; j < d; j++) sums.sums[at + j] += rows[from + j];
    }

    /**
     * The means of the members; clusters without any move to the rows farthest from their
     * centroids.
     */
    double[][] means() {
        int d = points.d();
        double[][] means = new double[k][d];
        int[] counts = new int[k];
        for (PartialSums piece : partial) {
            for (int c = 0; c < k; c++) {
                counts[c] += piece.counts[c];
                for (int j = 0; j < d; j++) means[c][j] += piece.sums[c * d + j];
            }
        }
        int empty = 0;
        for (int c = 0; c < k; c++) {
            if (counts[c] == 0) empty++;
            for (int j = 0; j < d; j++) means[c][j] /= Math.max(1, counts[c]);
        }
        if (empty > 0) fill(means, counts, empty);
        return means;
    }

    private void fill(double[][] means, int[] counts, int empty) {
        double[] squares = points.squares(centroids, labels);
        for (int c = 0; c < k && empty > 0; c++) {
            if (counts[c] > 0) continue;
            int farthest = 0;
            for (int i = 1; i < squares.length; i++) {
                if (squares[i] > squares[farthest]) farthest = i;
            }
            means[c] = points.row(farthest);
            squares[farthest] = -1;
            empty--;
        }
    }
}

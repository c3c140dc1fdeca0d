package dev.coterie.segment;

import dev.coterie.features.InnerProduct;
import java.util.stream.IntStream;

/**
 * Rows to cluster with their squared norms, and the two inner loops over them.
 *
 * <p>Distances come from ‖x‖² - 2x·c + ‖c‖² with centroids stored dimension by dimension, so that
 * the inner loop runs over clusters without a reduction and the compiler vectorises it.
 */
record Points(double[] rows, int n, int d, double[] squares) {
    /**
     * Rows in one piece of work; fixed, so that the order of additions never depends on the
     * machine.
     */
    private static final int PIECE = 2048;

    Points(double[] rows, int n, int d) {
        this(rows, n, d, squares(rows, n, d));
    }

    private static double[] squares(double[] rows, int n, int d) {
        double[] squares = new double[n];
        for (int i = 0; i < n; i++) {
            squares[i] = InnerProduct.of(rows, i * d, rows, i * d, d);
        }
        return squares;
    }

    /**
     * The outcome of one assignment of all rows.
     *
     * @param sums k×d sums of the members
     * @param counts members of each cluster
     * @param inertia sum of squared distances
     * @param moved rows that changed their label
     * @param farthest the row with the largest distance to its centroid
     */
    record Step(double[][] sums, int[] counts, double inertia, int moved, int farthest) {
        /**
         * The means of the members; a cluster without any moves to the row farthest from its
         * centroid.
         */
        double[][] means(double[][] centroids, Points points) {
            double[][] means = new double[sums.length][];
            for (int c = 0; c < sums.length; c++) {
                means[c] = sums[c].clone();
                if (counts[c] == 0) {
                    System.arraycopy(points.rows, farthest * points.d, means[c], 0, points.d);
                    continue;
                }
                for (int j = 0; j < means[c].length; j++) means[c][j] /= counts[c];
            }
            return means;
        }
    }

    private static final class Piece {
        double[][] sums;
        int[] counts;
        double inertia;
        int moved;
        int farthest = -1;
        double farthestDistance = -1;
    }

    /** Gives each row its nearest centroid, the lower index on a tie, and sums up the members. */
    Step assign(double[][] centroids, int[] labels) {
        int k = centroids.length;
        double[] transposed = new double[d * k];
        double[] norms = new double[k];
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d; j++) {
                transposed[j * k + c] = centroids[c][j];
                norms[c] += centroids[c][j] * centroids[c][j];
            }
        }
        int pieces = (n + PIECE - 1) / PIECE;
        var work = IntStream.range(0, pieces);
        if (pieces > 1) work = work.parallel();
        Piece[] done =
                work.mapToObj(p -> assignPiece(p, transposed, norms, labels)).toArray(Piece[]::new);
        var total = new Piece();
        total.sums = new double[k][d];
        total.counts = new int[k];
        for (Piece piece : done) {
            total.inertia += piece.inertia;
            total.moved += piece.moved;
            if (piece.farthestDistance > total.farthestDistance) {
                total.farthestDistance = piece.farthestDistance;
                total.farthest = piece.farthest;
            }
            for (int c = 0; c < k; c++) {
                total.counts[c] += piece.counts[c];
                for (int j = 0; j < d; j++) total.sums[c][j] += piece.sums[c][j];
            }
        }
        return new Step(total.sums, total.counts, total.inertia, total.moved, total.farthest);
    }

    private Piece assignPiece(int index, double[] transposed, double[] norms, int[] labels) {
        int k = norms.length;
        var piece = new Piece();
        piece.sums = new double[k][d];
        piece.counts = new int[k];
        double[] dots = new double[k];
        for (int i = index * PIECE; i < Math.min(n, (index + 1) * PIECE); i++) {
            int label = nearest(i, transposed, norms, dots);
            double distance = Math.max(0, squares[i] + norms[label] - 2 * dots[label]);
            piece.inertia += distance;
            if (distance > piece.farthestDistance) {
                piece.farthestDistance = distance;
                piece.farthest = i;
            }
            if (labels[i] != label) {
                labels[i] = label;
                piece.moved++;
            }
            piece.counts[label]++;
            double[] sum = piece.sums[label];
            for (int j = 0, at = i * d; j < d; j++, at++) sum[j] += rows[at];
        }
        return piece;
    }

    private int nearest(int row, double[] transposed, double[] norms, double[] dots) {
        int k = norms.length;
        java.util.Arrays.fill(dots, 0);
        for (int j = 0; j < d; j++) {
            double value = rows[row * d + j];
            int offset = j * k;
            for (int c = 0; c < k; c++) dots[c] += value * transposed[offset + c];
        }
        int best = 0;
        for (int c = 1; c < k; c++) {
            if (norms[c] - 2 * dots[c] < norms[best] - 2 * dots[best]) best = c;
        }
        return best;
    }

    /** Squared Euclidean distance of two rows. */
    double squaredDistance(int a, int b) {
        double dot = InnerProduct.of(rows, a * d, rows, b * d, d);
        return Math.max(0, squares[a] + squares[b] - 2 * dot);
    }

    /** The given rows as points of their own. */
    Points select(int[] chosen) {
        double[] selected = new double[chosen.length * d];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows, chosen[i] * d, selected, i * d, d);
        }
        return new Points(selected, chosen.length, d);
    }
}

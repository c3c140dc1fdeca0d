package dev.coterie.segment;

import java.util.Arrays;

/**
 * Rows to cluster.
 *
 * <p>The caller's rows stay float64 and are shared, not copied. Distances to many centroids are
 * first computed in float32 on a copy that is made on first use, with a bound on what rounding can
 * have changed; whatever the bound leaves open is decided on the float64 rows. So labels are those
 * of double precision at nearly the price of single.
 */
final class Points {
    private final double[] rows;
    private final int n;
    private final int d;
    private final Pieces pieces;
    private volatile Tiles tiles;

    /**
     * @param rows n×d, row-major, finite; read only
     */
    Points(double[] rows, int n, int d) {
        this.rows = rows;
        this.n = n;
        this.d = d;
        this.pieces = Pieces.of(n);
    }

    double[] rows() {
        return rows;
    }

    int n() {
        return n;
    }

    int d() {
        return d;
    }

    Pieces pieces() {
        return pieces;
    }

    Tiles tiles() {
        Tiles made = tiles;
        if (made == null) {
            made = Tiles.of(rows, n, d, pieces);
            tiles = made; // two threads may both make it: the same values twice
        }
        return made;
    }

    /**
     * The nearest of some centroids for every row.
     *
     * @param labels 0..k-1, the lower one on a tie
     * @param squares squared distances to it
     */
    record Nearest(int[] labels, double[] squares) {}

    /** Compares every row with k centroids; cost O(n·d·k) on all cores. */
    Nearest nearest(double[][] centroids) {
        var assignment = new Assignment(this, centroids.length);
        assignment.update(centroids);
        return new Nearest(assignment.labels(), squares(centroids, assignment.labels()));
    }

    /** Writes the nearest centroid of each row, the lower index on a tie. */
    void assign(double[][] centroids, int[] labels) {
        var assignment = new Assignment(this, centroids.length);
        assignment.update(centroids);
        System.arraycopy(assignment.labels(), 0, labels, 0, n);
    }

    /** Squared distances below this many times their possible error are computed exactly. */
    private static final float TOO_NEAR = 64;

    /**
     * Squared distances of all rows to some points, in single precision: off by at most a few
     * percent where rows lie extremely close together, by parts of a million elsewhere, and 0 for
     * the same values.
     *
     * @return one array of n per point
     */
    float[][] squaredDistances(double[][] others) {
        var tiled = tiles();
        var targets = Tiles.Targets.of(others, tiled.centre());
        float[][] squares = new float[others.length][n];
        pieces.each(
                () -> new float[targets.pairs()][2 * Tiles.ROWS],
                (piece, scores) -> {
                    int to = pieces.to(piece);
                    for (int from = pieces.from(piece); from < to; from += Tiles.ROWS) {
                        int length = Math.min(Tiles.ROWS, to - from);
                        Tiles.scores(tiled.values()[from / Tiles.ROWS], targets, scores);
                        for (int c = 0; c < others.length; c++) {
                            float[] pair = scores[c / 2];
                            int at = c % 2 * Tiles.ROWS - from;
                            for (int i = from; i < from + length; i++) {
                                float norm = tiled.norms()[i];
                                float square = norm * norm - 2 * pair[i + at];
                                if (!(square > TOO_NEAR * targets.error(norm))) {
                                    square = (float) squaredDistance(i, others[c]);
                                }
                                squares[c][i] = square;
                            }
                        }
                    }
                });
        return squares;
    }

    /** Squared distance of each row to the centroid of its label. */
    double[] squares(double[][] centroids, int[] labels) {
        double[] squares = new double[n];
        pieces.each(
                () -> null,
                (piece, nothing) -> {
                    for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                        squares[i] = squaredDistance(i, centroids[labels[i]]);
                    }
                });
        return squares;
    }

    /** The sum of the squared distances of all rows to the centroids of their labels. */
    double inertia(double[][] centroids, int[] labels) {
        double[] sums = new double[pieces.count()];
        pieces.each(
                () -> null,
                (piece, nothing) -> {
                    double sum = 0;
                    for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                        sum += squaredDistance(i, centroids[labels[i]]);
                    }
                    sums[piece] = sum;
                });
        return Arrays.stream(sums).reduce(0, Double::sum);
    }

    /** Squared Euclidean distance of two rows. */
    double squaredDistance(int a, int b) {
        return squaredDistance(a * d, rows, b * d);
    }

    /** Squared Euclidean distance of a row to a point. */
    double squaredDistance(int row, double[] point) {
        return squaredDistance(row * d, point, 0);
    }

    /** Four sums side by side, since one would wait for itself at every step. */
    private double squaredDistance(int from, double[] other, int otherFrom) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < d; j += 4) {
            double d0 = rows[from + j] - other[otherFrom + j];
            double d1 = rows[from + j + 1] - other[otherFrom + j + 1];
            double d2 = rows[from + j + 2] - other[otherFrom + j + 2];
            double d3 = rows[from + j + 3] - other[otherFrom + j + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; j < d; j++) {
            double difference = rows[from + j] - other[otherFrom + j];
            s0 += difference * difference;
        }
        return (s0 + s1) + (s2 + s3);
    }

    double[] row(int i) {
        return Arrays.copyOfRange(rows, i * d, (i + 1) * d);
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

package dev.coterie.features;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Principal component analysis by eigendecomposition of the covariance.
 *
 * <p>Shapes: mean[d], axes k×d with the largest variance first, variances[k]. Signs are fixed (the
 * largest entry of each axis is positive), so the same rows give the same axes.
 *
 * @param mean column means
 * @param axes unit vectors, one per component
 * @param variances variance along each axis
 * @param total variance of all columns together
 */
public record PrincipalComponents(
        double[] mean, double[][] axes, double[] variances, double total) {
    private static final int MOST_PARTS = 16;
    private static final int SMALLEST_PART = 1024;

    /** Rows, or columns, whose products are added in one go, since a sum is written each time. */
    private static final int TOGETHER = 4;

    /** Rows that are projected in one go; their numbers stay in the second-level cache. */
    private static final int TILE = 64;

    /**
     * @param rows n×d, row-major
     * @param components at most this many axes; fewer if the rows span less
     */
    public static PrincipalComponents fit(double[] rows, int n, int d, int components) {
        double[] mean = mean(rows, n, d);
        var covariance = covariance(rows, n, d, mean);
        var eigen = DecompositionFactory_DDRM.eig(d, true, true);
        eigen.decompose(covariance);
        Integer[] order = new Integer[d];
        double total = 0;
        for (int j = 0; j < d; j++) {
            order[j] = j;
            total += Math.max(0, eigen.getEigenvalue(j).getReal());
        }
        Arrays.sort(
                order,
                (a, b) ->
                        Double.compare(
                                eigen.getEigenvalue(b).getReal(),
                                eigen.getEigenvalue(a).getReal()));
        int kept = 0;
        while (kept < Math.min(components, d)
                && eigen.getEigenvalue(order[kept]).getReal() > 1e-10 * Math.max(total, 1e-300)) {
            kept++;
        }
        double[][] axes = new double[kept][];
        double[] variances = new double[kept];
        for (int c = 0; c < kept; c++) {
            axes[c] = withFixedSign(eigen.getEigenVector(order[c]).getData());
            variances[c] = eigen.getEigenvalue(order[c]).getReal();
        }
        return new PrincipalComponents(mean, axes, variances, total);
    }

    /**
     * Rows are summed up in parts, whose number depends on n only and whose sums are added in their
     * order: the same rows give the same axes on any machine.
     */
    private static double[] sumOfParts(int n, int length, PartialSum partial) {
        int parts = Math.max(1, Math.min(MOST_PARTS, n / SMALLEST_PART));
        double[][] sums = new double[parts][length];
        var numbers = IntStream.range(0, parts);
        if (parts > 1) numbers = numbers.parallel();
        numbers.forEach(
                part ->
                        partial.add(
                                (int) ((long) n * part / parts),
                                (int) ((long) n * (part + 1) / parts),
                                sums[part]));
        for (int part = 1; part < parts; part++) {
            for (int i = 0; i < length; i++) sums[0][i] += sums[part][i];
        }
        return sums[0];
    }

    private interface PartialSum {
        void add(int from, int to, double[] sums);
    }

    private static double[] mean(double[] rows, int n, int d) {
        double[] mean =
                sumOfParts(
                        n,
                        d,
                        (from, to, sums) -> {
                            for (int i = from; i < to; i++) {
                                for (int j = 0; j < d; j++) sums[j] += rows[i * d + j];
                            }
                        });
        for (int j = 0; j < d; j++) mean[j] /= Math.max(1, n);
        return mean;
    }

    private static DMatrixRMaj covariance(double[] rows, int n, int d, double[] mean) {
        double[] sums =
                sumOfParts(n, d * d, (from, to, into) -> addProducts(rows, from, to, mean, into));
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) {
                double value = sums[a * d + b] / Math.max(1, n - 1);
                sums[a * d + b] = value;
                sums[b * d + a] = value;
            }
        }
        return DMatrixRMaj.wrap(d, d, sums);
    }

    /** Adds the upper half of the products of centred rows, four rows at a time. */
    private static void addProducts(double[] rows, int from, int to, double[] mean, double[] sums) {
        int d = mean.length;
        double[][] centred = new double[TOGETHER][d];
        double[][] products = new double[d][d];
        for (int i = from; i < to; i += TOGETHER) {
            for (int r = 0; r < TOGETHER; r++) {
                double[] row = centred[r];
                if (i + r < to) {
                    for (int j = 0; j < d; j++) row[j] = rows[(i + r) * d + j] - mean[j];
                } else {
                    Arrays.fill(row, 0);
                }
            }
            for (int a = 0; a < d; a++) addProducts(products[a], a, centred);
        }
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) sums[a * d + b] += products[a][b];
        }
    }

    private static void addProducts(double[] products, int a, double[][] centred) {
        double[] x0 = centred[0];
        double[] x1 = centred[1];
        double[] x2 = centred[2];
        double[] x3 = centred[3];
        double v0 = x0[a];
        double v1 = x1[a];
        double v2 = x2[a];
        double v3 = x3[a];
        for (int b = a; b < products.length; b++) {
            double two = Math.fma(v1, x1[b], Math.fma(v0, x0[b], products[b]));
            products[b] = Math.fma(v3, x3[b], Math.fma(v2, x2[b], two));
        }
    }

    private static double[] withFixedSign(double[] axis) {
        int largest = 0;
        for (int j = 1; j < axis.length; j++) {
            if (Math.abs(axis[j]) > Math.abs(axis[largest]) + 1e-12) largest = j;
        }
        if (axis[largest] >= 0) return axis;
        double[] flipped = new double[axis.length];
        for (int j = 0; j < axis.length; j++) flipped[j] = -axis[j];
        return flipped;
    }

    public int components() {
        return axes.length;
    }

    /** The coordinates of one row along the axes. */
    public double[] project(double[] row) {
        return project(row, new int[] {0})[0];
    }

    /**
     * The coordinates of some rows along the axes, in their order. A row's coordinates are the same
     * bit for bit whatever rows are asked for beside it.
     *
     * @param rows n×d, row-major
     * @param which row numbers
     */
    double[][] project(double[] rows, int[] which) {
        double[][] coordinates = new double[which.length][axes.length];
        IntStream.range(0, (which.length + TILE - 1) / TILE)
                .parallel()
                .forEach(
                        tile -> {
                            int from = tile * TILE;
                            int to = Math.min(which.length, from + TILE);
                            project(rows, Arrays.copyOfRange(which, from, to), from, coordinates);
                        });
        return coordinates;
    }

    /** Columns first, so that one instruction serves several rows. */
    private void project(double[] rows, int[] which, int at, double[][] coordinates) {
        int d = mean.length;
        double[][] columns = new double[d][which.length];
        for (int i = 0; i < which.length; i++) {
            for (int j = 0; j < d; j++) columns[j][i] = rows[which[i] * d + j] - mean[j];
        }
        double[] sums = new double[which.length];
        for (int c = 0; c < axes.length; c++) {
            double[] axis = axes[c];
            Arrays.fill(sums, 0);
            int j = 0;
            for (; j + TOGETHER <= d; j += TOGETHER) addFour(sums, columns, axis, j);
            for (; j < d; j++) addScaled(sums, columns[j], axis[j]);
            for (int i = 0; i < which.length; i++) coordinates[at + i][c] = sums[i];
        }
    }

    private static void addFour(double[] sums, double[][] columns, double[] axis, int j) {
        double[] x0 = columns[j];
        double[] x1 = columns[j + 1];
        double[] x2 = columns[j + 2];
        double[] x3 = columns[j + 3];
        double a0 = axis[j];
        double a1 = axis[j + 1];
        double a2 = axis[j + 2];
        double a3 = axis[j + 3];
        for (int i = 0; i < sums.length; i++) {
            double two = Math.fma(x1[i], a1, Math.fma(x0[i], a0, sums[i]));
            sums[i] = Math.fma(x3[i], a3, Math.fma(x2[i], a2, two));
        }
    }

    private static void addScaled(double[] sums, double[] column, double factor) {
        for (int i = 0; i < sums.length; i++) sums[i] = Math.fma(column[i], factor, sums[i]);
    }
}

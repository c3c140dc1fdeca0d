package dev.coterie.features;

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

    /**
     * @param rows n×d, row-major
     * @param components at most this many axes; fewer if the rows span less
     */
    public static PrincipalComponents fit(double[] rows, int n, int d, int components) {
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) mean[j] += rows[i * d + j];
        }
        for (int j = 0; j < d; j++) mean[j] /= Math.max(1, n);
        var covariance = covariance(rows, n, d, mean);
        var eigen = DecompositionFactory_DDRM.eig(d, true, true);
        eigen.decompose(covariance);
        Integer[] order = new Integer[d];
        double total = 0;
        for (int j = 0; j < d; j++) {
            order[j] = j;
            total += Math.max(0, eigen.getEigenvalue(j).getReal());
        }
        java.util.Arrays.sort(
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

    private static DMatrixRMaj covariance(double[] rows, int n, int d, double[] mean) {
        double[] sums = new double[d * d];
        double[] centred = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) centred[j] = rows[i * d + j] - mean[j];
            for (int a = 0; a < d; a++) {
                double value = centred[a];
                if (value == 0) continue;
                int offset = a * d;
                for (int b = a; b < d; b++) sums[offset + b] += value * centred[b];
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) {
                double value = sums[a * d + b] / Math.max(1, n - 1);
                sums[a * d + b] = value;
                sums[b * d + a] = value;
            }
        }
        return DMatrixRMaj.wrap(d, d, sums);
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
        double[] centred = new double[mean.length];
        for (int j = 0; j < centred.length; j++) centred[j] = row[j] - mean[j];
        double[] coordinates = new double[axes.length];
        for (int c = 0; c < axes.length; c++) {
            coordinates[c] = InnerProduct.of(centred, 0, axes[c], 0, centred.length);
        }
        return coordinates;
    }
}

package dev.coterie.segment;

import java.util.Arrays;

/**
 * A flat picture of the clusters: rows are projected on the two directions along which the
 * clusters' centroids differ most, so new customers can be placed without moving the others.
 *
 * @param mean d, of the rows
 * @param axes two unit vectors of d
 * @param low value that becomes 0, per axis
 * @param high value that becomes 65535, per axis
 */
record MapProjection(double[] mean, double[][] axes, double[] low, double[] high) {
    static final int MOST = 65_535;
    static final int MIDDLE = MOST / 2;
    private static final int POWER_STEPS = 60;

    static MapProjection fit(Points points, KMeans.Model model) {
        int d = points.d();
        double[] mean = new double[d];
        for (int i = 0; i < points.n(); i++) {
            for (int j = 0; j < d; j++) mean[j] += points.rows()[i * d + j] / points.n();
        }
        int[] sizes = new int[model.centroids().length];
        for (int label : model.labels()) sizes[label]++;
        double[] first = axis(points, mean, model, sizes, null);
        double[] second = axis(points, mean, model, sizes, first);
        var plain = new MapProjection(mean, new double[][] {first, second}, null, null);
        return plain.scaledTo(points);
    }

    /**
     * The leading direction of the scatter between clusters plus a tenth of the scatter within, by
     * power iteration; the within part settles the axis where fewer than three clusters leave it
     * open.
     */
    private static double[] axis(
            Points points, double[] mean, KMeans.Model model, int[] sizes, double[] orthogonalTo) {
        int d = points.d();
        double[] axis = new double[d];
        for (int j = 0; j < d; j++)
            axis[j] = 1 + 0.01 * j; // any fixed start that is no eigenvector
        for (int step = 0; step < POWER_STEPS; step++) {
            double[] next = new double[d];
            for (int c = 0; c < sizes.length; c++) {
                addScatter(next, model.centroids()[c], 0, mean, axis, sizes[c]);
            }
            int stride = Math.max(1, points.n() / 2000);
            double weight = 0.1 * stride;
            for (int i = 0; i < points.n(); i += stride) {
                addScatter(next, points.rows(), i * d, mean, axis, weight);
            }
            if (orthogonalTo != null) removeComponent(next, orthogonalTo);
            if (!normalise(next)) break;
            axis = next;
        }
        if (orthogonalTo != null) removeComponent(axis, orthogonalTo);
        normalise(axis);
        return axis;
    }

    private static void addScatter(
            double[] into, double[] row, int from, double[] mean, double[] axis, double weight) {
        double dot = 0;
        for (int j = 0; j < mean.length; j++) dot += (row[from + j] - mean[j]) * axis[j];
        for (int j = 0; j < mean.length; j++) into[j] += weight * dot * (row[from + j] - mean[j]);
    }

    private static void removeComponent(double[] vector, double[] unit) {
        double dot = 0;
        for (int j = 0; j < vector.length; j++) dot += vector[j] * unit[j];
        for (int j = 0; j < vector.length; j++) vector[j] -= dot * unit[j];
    }

    private static boolean normalise(double[] vector) {
        double squares = 0;
        for (double v : vector) squares += v * v;
        if (squares < 1e-24) {
            Arrays.fill(vector, 0);
            return false;
        }
        double length = Math.sqrt(squares);
        for (int j = 0; j < vector.length; j++) vector[j] /= length;
        return true;
    }

    /**
     * The range that holds all but the outer half percent on each side, so that a stray point does
     * not shrink the rest.
     */
    private MapProjection scaledTo(Points points) {
        double[] low = new double[2];
        double[] high = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            double[] values = new double[points.n()];
            for (int i = 0; i < values.length; i++) values[i] = coordinate(points, i, axis);
            Arrays.sort(values);
            low[axis] = values[(int) (0.005 * (values.length - 1))];
            high[axis] = values[(int) Math.ceil(0.995 * (values.length - 1))];
            double margin = 0.05 * (high[axis] - low[axis]);
            low[axis] -= margin;
            high[axis] += margin;
        }
        return new MapProjection(mean, axes, low, high);
    }

    private double coordinate(Points points, int row, int axis) {
        double sum = 0;
        for (int j = 0; j < points.d(); j++) {
            sum += (points.rows()[row * points.d() + j] - mean[j]) * axes[axis][j];
        }
        return sum;
    }

    Segmentation.MapLayout place(Points points) {
        int[][] places = new int[2][points.n()];
        for (int axis = 0; axis < 2; axis++) {
            double range = high[axis] - low[axis];
            for (int i = 0; i < points.n(); i++) {
                double share = range <= 0 ? 0.5 : (coordinate(points, i, axis) - low[axis]) / range;
                places[axis][i] = (int) Math.round(Math.min(1, Math.max(0, share)) * MOST);
            }
        }
        return new Segmentation.MapLayout(places[0], places[1]);
    }
}

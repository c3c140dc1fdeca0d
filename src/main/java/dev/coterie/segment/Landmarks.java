package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * The different rows that a map is fitted on: all of them, or those of a sample. They are sorted by
 * value, so that any row can be looked up and the order of the customers leaves no trace.
 *
 * @param n number of different rows
 * @param d features
 * @param rows n×d, as {@link #scaled} makes them
 * @param scale what features are divided by
 * @param customers a row of the feature matrix for each
 */
record Landmarks(int n, int d, float[] rows, double scale, int[] customers) {
    /** Most rows that are laid out together; the others are placed among them. */
    static final int MOST = 2_000;

    /** Squares of larger values would leave the range of float32. */
    private static final float LARGEST = 1e15f;

    /**
     * @param most rows in the sample
     * @param seed of the sample
     */
    static Landmarks of(FeatureMatrix features, int most, long seed) {
        int[] sample = ClusterCount.sample(features.rows(), most, new SplittableRandom(seed));
        int d = features.columns();
        double scale = scale(features, sample);
        float[] rows = new float[sample.length * d];
        for (int i = 0; i < sample.length; i++) scaled(features, sample[i], scale, rows, i * d);
        Integer[] order = new Integer[sample.length];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> byValue = (a, b) -> compare(rows, a, rows, b, d);
        Arrays.sort(order, byValue.thenComparing(Comparator.naturalOrder()));
        int[] customers = new int[sample.length];
        float[] distinct = new float[rows.length];
        int n = 0;
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && compare(rows, order[i - 1], rows, order[i], d) == 0) continue;
            System.arraycopy(rows, order[i] * d, distinct, n * d, d);
            customers[n++] = sample[order[i]];
        }
        return new Landmarks(
                n, d, Arrays.copyOf(distinct, n * d), scale, Arrays.copyOf(customers, n));
    }

    private static double scale(FeatureMatrix features, int[] sample) {
        double largest = 0;
        for (int row : sample) {
            for (int j = 0; j < features.columns(); j++) {
                largest = Math.max(largest, Math.abs(features.get(row, j)));
            }
        }
        return largest > 0 ? largest : 1;
    }

    /** Some rows of a matrix as the landmarks see them. */
    float[] scaled(FeatureMatrix features, int from, int to) {
        float[] scaled = new float[(to - from) * d];
        for (int i = from; i < to; i++) scaled(features, i, scale, scaled, (i - from) * d);
        return scaled;
    }

    private static void scaled(
            FeatureMatrix features, int row, double scale, float[] into, int at) {
        for (int j = 0; j < features.columns(); j++) {
            float value = (float) (features.get(row, j) / scale);
            // Adding zero makes -0 and 0 the same value.
            into[at + j] = Math.max(-LARGEST, Math.min(LARGEST, value)) + 0f;
        }
    }

    /** The landmark that equals a scaled row, or a negative number. */
    int find(float[] scaled, int row) {
        int low = 0;
        int high = n - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int sign = compare(rows, middle, scaled, row, d);
            if (sign == 0) return middle;
            if (sign < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private static int compare(float[] a, int rowA, float[] b, int rowB, int d) {
        return Arrays.compare(a, rowA * d, (rowA + 1) * d, b, rowB * d, (rowB + 1) * d);
    }
}

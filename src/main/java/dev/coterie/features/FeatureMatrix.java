package dev.coterie.features;

import java.util.List;

/**
 * Numbers of customers, ready for algorithms.
 *
 * <p>Shape: rows × features, row-major float64, finite. Scaled and weighted: the squared Euclidean
 * distance of two rows is the dissimilarity of two customers. The array is shared: treat it as
 * read-only.
 */
public record FeatureMatrix(List<Feature> features, int rows, double[] values) {
    public FeatureMatrix {
        features = List.copyOf(features);
        if (values.length != rows * features.size()) {
            throw new IllegalArgumentException("values do not fit rows × features");
        }
    }

    public int columns() {
        return features.size();
    }

    public double get(int row, int column) {
        return values[row * columns() + column];
    }

    public double[] row(int row) {
        return java.util.Arrays.copyOfRange(values, row * columns(), (row + 1) * columns());
    }
}

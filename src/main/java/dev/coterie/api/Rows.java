package dev.coterie.api;

import dev.coterie.features.FeatureMatrix;

/** One row of a matrix as a matrix. */
final class Rows {
    private Rows() {}

    static FeatureMatrix of(FeatureMatrix features, int row) {
        return new FeatureMatrix(features.features(), 1, features.row(row));
    }
}

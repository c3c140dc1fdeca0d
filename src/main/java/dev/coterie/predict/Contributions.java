package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;

/**
 * How much each part of the space adds to each output of a row, against the average training
 * customer: weight × (value - mean), summed over the part's features.
 */
final class Contributions {
    private final LinearModel model;
    private final int[] partOf;
    private final double[][] ofNothing;

    Contributions(FeatureSpace space, LinearModel model) {
        this.model = model;
        int[] offsets = space.offsets();
        double[] means = space.means();
        partOf = new int[space.width()];
        ofNothing = new double[model.outputs()][offsets.length - 1];
        for (int p = 0; p + 1 < offsets.length; p++) {
            for (int j = offsets[p]; j < offsets[p + 1]; j++) {
                partOf[j] = p;
                for (int k = 0; k < model.outputs(); k++) {
                    ofNothing[k][p] -= model.weights()[k][j] * means[j];
                }
            }
        }
    }

    /**
     * @param row as {@link LinearModel#rows} makes it
     * @return one value a part
     */
    double[] of(Feature[] row, int output) {
        double[] sums = ofNothing[output].clone();
        double[] weights = model.weights()[output];
        for (int i = 0; i < row.length - 1; i++) {
            int j = row[i].getIndex() - 1;
            sums[partOf[j]] += weights[j] * row[i].getValue();
        }
        return sums;
    }
}

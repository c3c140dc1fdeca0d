package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import java.util.Arrays;
import java.util.Set;

/** A space and the weights in it, both fitted on the same rows. */
record FittedModel(FeatureSpace space, LinearModel model) {

    static FittedModel fit(
            CustomerRows customers, Target target, int[] rows, Set<String> leftOut, double c) {
        FeatureSpace space = FeatureSpace.fit(customers, rows, leftOut);
        Feature[][] x = LinearModel.rows(space, space.encoder(customers), rows);
        return new FittedModel(space, target.fit(x, rows, space.width(), c));
    }

    double[][] scores(Feature[][] x) {
        return Arrays.stream(x).map(model::scores).toArray(double[][]::new);
    }
}

package dev.coterie.segment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.coterie.features.FeatureMatrix;

/**
 * What an algorithm found: it gives any customer's probability for each cluster. The run's own
 * customers and new ones pass through the same object. Immutable and thread-safe.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MixtureModel.class, name = "mixture"),
    @JsonSubTypes.Type(value = PrototypeModel.class, name = "prototypes"),
    @JsonSubTypes.Type(value = DensityModel.class, name = "density")
})
public sealed interface ClusterModel permits DensityModel, MixtureModel, PrototypeModel {
    int clusters();

    /**
     * Ready to read customers.
     *
     * @param own the features that the model was fitted on
     */
    Reader over(FeatureMatrix own);

    /** Reads customers' features. Immutable and thread-safe. */
    interface Reader {
        /**
         * @param features with the columns that the model was fitted on
         */
        Belonging belonging(FeatureMatrix features);
    }

    /** The same clusters numbered anew: cluster i is the former {@code order[i]}. */
    ClusterModel ordered(int[] order);

    /**
     * How rows belong.
     *
     * @param probabilities rows × clusters, each row adds up to 1; the largest is the row's
     *     cluster, the first of them on a tie
     * @param strangeness 0..1, how much more a row looks like an outlier than like a member
     */
    record Belonging(double[][] probabilities, double[] strangeness) {
        /** The same with the clusters numbered anew: cluster i is the former {@code order[i]}. */
        Belonging ordered(int[] order) {
            double[][] anew = new double[probabilities.length][order.length];
            for (int i = 0; i < anew.length; i++) {
                for (int c = 0; c < order.length; c++) anew[i][c] = probabilities[i][order[c]];
            }
            return new Belonging(anew, strangeness);
        }

        /** The cluster of each row. */
        int[] labels() {
            int[] labels = new int[probabilities.length];
            for (int i = 0; i < labels.length; i++) {
                double[] of = probabilities[i];
                for (int c = 1; c < of.length; c++) if (of[c] > of[labels[i]]) labels[i] = c;
            }
            return labels;
        }
    }
}

package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.features.InnerProduct;
import dev.coterie.prepare.CustomerTable;
import java.util.Arrays;
import java.util.List;

/** Means of text vectors, without what all of them share. */
final class MeanVectors {
    private final CustomerTable customers;
    private final Embeddings texts;

    MeanVectors(CustomerTable customers, Embeddings texts) {
        this.customers = customers;
        this.texts = texts;
    }

    /** A unit vector for each customer; null for one without a text. */
    double[][] centred() {
        List<Integer> of = customers.texts().stream().map(t -> t.customer()).toList();
        return centred(texts, of, customers.customers());
    }

    /**
     * The mean vector of each group less the mean of all groups, made unit vectors.
     *
     * @param of group of each row
     * @param groups how many there are; one without a row gets null
     */
    static double[][] centred(Embeddings rows, List<Integer> of, int groups) {
        int d = rows.dimensions();
        double[][] sums = new double[groups][];
        for (int r = 0; r < rows.rows(); r++) {
            int g = of.get(r);
            if (sums[g] == null) sums[g] = new double[d];
            for (int j = 0; j < d; j++) sums[g][j] += rows.get(r, j);
        }
        Arrays.stream(sums).filter(s -> s != null).forEach(MeanVectors::normalise);
        double[] mean = new double[d];
        long known = Arrays.stream(sums).filter(s -> s != null).count();
        for (double[] sum : sums) {
            if (sum != null) for (int j = 0; j < d; j++) mean[j] += sum[j] / known;
        }
        for (double[] sum : sums) {
            if (sum == null) continue;
            for (int j = 0; j < d; j++) sum[j] -= mean[j];
            normalise(sum);
        }
        return sums;
    }

    private static void normalise(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        if (length == 0) return;
        for (int j = 0; j < vector.length; j++) vector[j] /= length;
    }

    static double dot(double[] a, double[] b) {
        return InnerProduct.of(a, 0, b, 0, a.length);
    }
}

package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;

/**
 * Rows as a mixture reads them, and what every fit on them begins with, whatever its k: searches
 * with many k compute it once.
 *
 * @param variances for each part of numbers, of its columns
 * @param shares for each category, of its levels
 * @param squares for each part of numbers, see {@link ClusterSums#squares}
 */
record MixtureRows(
        MixtureData data,
        MixtureData.Read read,
        double[][] variances,
        double[][] shares,
        double[][] squares) {

    /**
     * @param rows of the matrix
     */
    static MixtureRows of(MixtureData data, FeatureMatrix features, int[] rows) {
        return of(data, data.read(features, rows));
    }

    static MixtureRows of(MixtureData data, MixtureData.Read read) {
        double[][] variances = new double[data.numbers().size()][];
        double[][] squares = new double[data.numbers().size()][];
        for (int p = 0; p < variances.length; p++) {
            double[][] values = read.numbers()[p];
            boolean[] present = read.present()[p];
            int d = data.numbers().get(p).d();
            variances[p] = variances(values, present, d);
            squares[p] = ClusterSums.squares(values, present, d);
        }
        double[][] shares = new double[data.levels().size()][];
        for (int p = 0; p < shares.length; p++) {
            shares[p] = shares(read.codes()[p], data.levels().get(p).count());
        }
        return new MixtureRows(data, read, variances, shares, squares);
    }

    private static double[] variances(double[][] values, boolean[] present, int d) {
        double[] sums = new double[d];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (!present[i]) continue;
            n++;
            for (int j = 0; j < d; j++) sums[j] += values[i][j] * values[i][j];
        }
        for (int j = 0; j < d; j++) sums[j] = Math.max(1e-30, sums[j] / Math.max(1, n));
        return sums;
    }

    private static double[] shares(int[] codes, int levels) {
        double[] shares = new double[levels];
        int n = 0;
        for (int code : codes) {
            if (code < 0) continue;
            shares[code]++;
            n++;
        }
        // half a customer more for each level: one that a sample lacks is rare, not impossible
        for (int l = 0; l < levels; l++) shares[l] = (shares[l] + 0.5) / (n + 0.5 * levels);
        return shares;
    }

    int n() {
        return read.n();
    }
}

package dev.coterie.predict;

import java.util.Arrays;

/** Sorted figures. */
record Percentiles(double[] sorted) {
    static Percentiles of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    double at(double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** Both ends of the middle share. */
    double[] middle(double share) {
        return new double[] {at((1 - share) / 2), at((1 + share) / 2)};
    }
}

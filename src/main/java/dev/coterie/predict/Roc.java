package dev.coterie.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve: how often a positive scores above a negative, a tie counting half.
 *
 * @param auc NaN without both a positive and a negative
 * @param error standard error after DeLong
 * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson, 1988</a>
 */
record Roc(double auc, double error) {
    static Roc of(double[] scores, boolean[] positive) {
        int positives = 0;
        for (boolean p : positive) if (p) positives++;
        int negatives = positive.length - positives;
        if (positives == 0 || negatives == 0) return new Roc(Double.NaN, Double.NaN);
        double[] all = midRanks(scores);
        double[] ofPositives = midRanks(pick(scores, positive, true));
        double[] ofNegatives = midRanks(pick(scores, positive, false));
        // A row's placement is the share of the other class that it beats.
        double[] positivePlaces = new double[positives];
        double[] negativePlaces = new double[negatives];
        int p = 0;
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                positivePlaces[p] = (all[i] - ofPositives[p]) / negatives;
                p++;
            } else {
                negativePlaces[n] = 1 - (all[i] - ofNegatives[n]) / positives;
                n++;
            }
        }
        double auc = Arrays.stream(positivePlaces).average().orElseThrow();
        double variance =
                variance(positivePlaces, auc) / positives
                        + variance(negativePlaces, auc) / negatives;
        return new Roc(auc, Math.sqrt(variance));
    }

    static double auc(double[] scores, boolean[] positive) {
        return of(scores, positive).auc();
    }

    private static double variance(double[] places, double mean) {
        if (places.length < 2) return 0;
        return Arrays.stream(places).map(v -> (v - mean) * (v - mean)).sum() / (places.length - 1);
    }

    private static double[] pick(double[] scores, boolean[] positive, boolean wanted) {
        return IntStream.range(0, scores.length)
                .filter(i -> positive[i] == wanted)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    /** Ranks from 1; equal scores share the mean of theirs. */
    private static double[] midRanks(double[] scores) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double[] ranks = new double[scores.length];
        for (int i = 0; i < order.length; ) {
            int j = i;
            while (j + 1 < order.length && scores[order[j + 1]] == scores[order[i]]) j++;
            for (int k = i; k <= j; k++) ranks[order[k]] = (i + j) / 2.0 + 1;
            i = j + 1;
        }
        return ranks;
    }
}

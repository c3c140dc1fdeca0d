package dev.coterie.eval;

import dev.coterie.segment.Agreement;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well found segments agree with a known truth.
 *
 * @param adjustedRand adjusted Rand index, at most 1, about 0 for a random labelling
 * @param mutualInformation normalised mutual information, 0..1
 * @param accuracy share of rows in the right segment under the best pairing, 0..1
 */
public record Scores(double adjustedRand, double mutualInformation, double accuracy) {
    /**
     * @param truth 0 or more, one per row; at least one row
     * @param found 0 or more, one per row
     */
    static Scores of(int[] truth, int[] found) {
        return new Scores(
                Agreement.adjustedRand(found, truth),
                Agreement.normalizedMutualInformation(found, truth),
                Agreement.accuracy(found, truth));
    }

    /**
     * @param scores at least one
     */
    public static Scores mean(List<Scores> scores) {
        return new Scores(
                mean(scores, Scores::adjustedRand),
                mean(scores, Scores::mutualInformation),
                mean(scores, Scores::accuracy));
    }

    private static double mean(List<Scores> scores, ToDoubleFunction<Scores> score) {
        return scores.stream().mapToDouble(score).average().orElseThrow();
    }
}

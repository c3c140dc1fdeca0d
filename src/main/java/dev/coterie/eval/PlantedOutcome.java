package dev.coterie.eval;

import dev.coterie.features.Block;
import java.util.Map;
import java.util.Optional;

/**
 * What the product made of one planted data set.
 *
 * @param customers how many, noise included
 * @param k segments found
 * @param scores without the rows of planted noise; empty for a family without groups
 * @param balance share of each block in the variance, adding up to 1
 * @param clear whether the product says that there are clear groups; empty if it was not asked, as
 *     the number of segments was given
 * @param seconds from reading the files to the segments
 */
public record PlantedOutcome(
        PlantedFamily family,
        long seed,
        int customers,
        int k,
        Optional<Scores> scores,
        OutlierScores outliers,
        Map<Block, Double> balance,
        Optional<Boolean> clear,
        double seconds) {
    public PlantedOutcome {
        balance = Map.copyOf(balance);
    }
}

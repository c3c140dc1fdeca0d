package dev.coterie.eval;

import dev.coterie.features.Block;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The outcomes of one family over its seeds.
 *
 * @param k mean number of segments found
 * @param outliers summed over the seeds
 * @param asked outcomes in which the product was asked whether there are clear groups
 * @param clear those in which it said yes
 * @param seconds mean of an outcome
 */
public record FamilySummary(
        PlantedFamily family,
        int customers,
        double k,
        Optional<Scores> scores,
        OutlierScores outliers,
        Map<Block, Double> balance,
        int asked,
        int clear,
        double seconds) {

    /**
     * @param outcomes of one family, at least one
     */
    public static FamilySummary of(List<PlantedOutcome> outcomes) {
        var first = outcomes.get(0);
        var balance = new EnumMap<Block, Double>(Block.class);
        for (Block block : Block.values()) {
            double share = mean(outcomes, o -> o.balance().getOrDefault(block, 0.0));
            if (share > 0) balance.put(block, share);
        }
        var scores = outcomes.stream().flatMap(o -> o.scores().stream()).toList();
        return new FamilySummary(
                first.family(),
                first.customers(),
                mean(outcomes, PlantedOutcome::k),
                scores.isEmpty() ? Optional.empty() : Optional.of(Scores.mean(scores)),
                OutlierScores.sum(outcomes.stream().map(PlantedOutcome::outliers).toList()),
                balance,
                (int) outcomes.stream().filter(o -> o.clear().isPresent()).count(),
                (int) outcomes.stream().filter(o -> o.clear().orElse(false)).count(),
                mean(outcomes, PlantedOutcome::seconds));
    }

    private static double mean(
            List<PlantedOutcome> outcomes, ToDoubleFunction<PlantedOutcome> figure) {
        return outcomes.stream().mapToDouble(figure).average().orElseThrow();
    }
}

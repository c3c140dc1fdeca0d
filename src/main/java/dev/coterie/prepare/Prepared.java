package dev.coterie.prepare;

import dev.coterie.collect.Reject;
import java.util.List;

/**
 * A data set ready for embedding and features.
 *
 * @param rowOrder share of customers that the order of rows in the files does not matter to: what
 *     comes back to its place when everything is shuffled, 1 if nothing depends on it
 * @param rejects rows refused by this stage (an event without a customer), after those of reading
 */
public record Prepared(
        CustomerTable customers,
        Recipe recipe,
        QualityReport quality,
        double rowOrder,
        List<Reject> rejects) {
    public Prepared {
        rejects = List.copyOf(rejects);
    }
}

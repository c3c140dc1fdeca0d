package dev.coterie.prepare;

import dev.coterie.collect.Reject;
import java.util.List;

/**
 * A data set ready for embedding and features.
 *
 * @param rejects rows refused by this stage (an event without a customer), after those of reading
 */
public record Prepared(
        CustomerTable customers, Recipe recipe, QualityReport quality, List<Reject> rejects) {
    public Prepared {
        rejects = List.copyOf(rejects);
    }
}

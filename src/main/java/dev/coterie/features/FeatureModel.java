package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fitted way from customers to features. Immutable and thread-safe.
 *
 * <p>{@link #transform} gives new customers exactly the numbers that the data set's own customers
 * have.
 */
public record FeatureModel(Recipe recipe, List<Feature> features, Map<Block, Double> balance) {
    public FeatureMatrix transform(CustomerTable customers, Optional<Embeddings> embeddings) {
        throw new IllegalStateException("not written yet");
    }
}

package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCard;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.prepare.Applied;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import java.util.List;
import java.util.Optional;

/**
 * Takes new customers the way a run's own customers went: the fitted recipe, the run's encoder, the
 * fitted features. Thread-safe.
 */
public final class Scoring {
    private final EncoderCatalog encoders;
    private final Embedder embedder;

    public Scoring(EncoderCatalog encoders, Embedder embedder) {
        this.encoders = encoders;
        this.embedder = embedder;
    }

    /** New customers with the vectors of their texts, in the order given. */
    public record Shaped(Applied applied, Optional<Embeddings> embeddings) {
        public CustomerTable customers() {
            return applied.customers();
        }
    }

    public Shaped shape(Analysis analysis, List<CustomerInput> inputs) {
        Applied applied = analysis.prepared().recipe().apply(analysis.customers(), inputs);
        return new Shaped(
                applied,
                analysis.embeddings().map(own -> embed(own.encoder(), applied.customers())));
    }

    /** One row of the run's features for each customer. */
    public FeatureMatrix features(Analysis analysis, Shaped shaped) {
        return analysis.featureModel().transform(shaped.customers(), shaped.embeddings());
    }

    private Embeddings embed(EncoderCard card, CustomerTable customers) {
        List<CustomerText> texts = customers.texts();
        float[] values = new float[texts.size() * card.dimensions()];
        if (texts.isEmpty()) return new Embeddings(card, 0, values);
        SentenceEncoder encoder = encoders.open(card.name());
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = embedder.embedNow(encoder, texts.get(i).text()).vector();
            System.arraycopy(vector, 0, values, i * card.dimensions(), card.dimensions());
        }
        return new Embeddings(card, texts.size(), values);
    }
}

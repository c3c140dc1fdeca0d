package dev.coterie.describe;

import dev.coterie.collect.Collected;
import dev.coterie.embed.Embeddings;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.features.FeatureModel;
import dev.coterie.language.Notice;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Prepared;
import dev.coterie.rule.RuleSources;
import dev.coterie.segment.Segmentation;
import java.util.List;
import java.util.Optional;

/**
 * Everything a finished run knows: what briefs, chat and the API read. Immutable and thread-safe.
 *
 * @param collected the tables as read
 * @param prepared the cleaned customers with recipe and quality
 * @param embeddings one row per {@code customers().texts()}; empty if there is no text
 * @param featureModel the fitted features, for new customers
 * @param features one row per customer
 * @param segmentation the clusters
 * @param description the segments in words
 * @param notices warnings of every stage, in order
 */
public record Analysis(
        Collected collected,
        Prepared prepared,
        Optional<Embeddings> embeddings,
        FeatureModel featureModel,
        FeatureMatrix features,
        Segmentation segmentation,
        Description description,
        List<Notice> notices) {
    public Analysis {
        notices = List.copyOf(notices);
    }

    /** The same customers in other segments. */
    public Analysis with(Segmentation other, Description described) {
        return new Analysis(
                collected, prepared, embeddings, featureModel, features, other, described, notices);
    }

    /** Where the fields of rules stand in the tables. */
    public RuleSources ruleSources() {
        return RuleSources.of(collected, prepared.recipe());
    }

    public CustomerTable customers() {
        return prepared.customers();
    }
}

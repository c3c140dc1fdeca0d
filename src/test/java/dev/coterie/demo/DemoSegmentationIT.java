package dev.coterie.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.features.Block;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Agreement;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Segmenter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo's groups are there to be found: by texts and behaviour together, by neither alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoSegmentationIT {
    private static final Map<Block, Double> AUTOMATIC = Map.of();
    private static final Map<Block, Double> TEXT_ALONE =
            Map.of(Block.BEHAVIOUR, 0.0, Block.PROFILE, 0.0);
    private static final Map<Block, Double> BEHAVIOUR_ALONE =
            Map.of(Block.TEXT, 0.0, Block.PROFILE, 0.0);

    private final DemoCustomers english = new DemoCustomers(DemoGeneratorTest.ENGLISH);
    private final DemoCustomers chinese = new DemoCustomers(DemoGeneratorTest.CHINESE);
    private Embeddings englishTexts;
    private Embeddings chineseTexts;

    @BeforeAll
    void embedOnce(@TempDir Path folder) {
        englishTexts = embed(english, EncoderCatalog.DEFAULT_ENGLISH, folder);
        chineseTexts = embed(chinese, EncoderCatalog.DEFAULT_CHINESE, folder);
    }

    private static Embeddings embed(DemoCustomers customers, String encoder, Path folder) {
        var texts = customers.table().texts().stream().map(CustomerText::text).toList();
        try (var catalog = new EncoderCatalog(Optional.empty());
                var embedder = new Embedder(new VectorCache(folder.resolve("vectors.db")), 0)) {
            return embedder.embed(catalog.open(encoder), texts, Progress.NONE);
        }
    }

    private static Segmentation segment(
            DemoCustomers customers,
            Embeddings embeddings,
            Map<Block, Double> balance,
            OptionalInt k) {
        var table = customers.table();
        var texts = Optional.of(embeddings);
        FeatureMatrix features =
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, balance)
                        .fit(table, texts, customers.recipe())
                        .transform(table, texts);
        return new Segmenter(k, 42).fit(features, Progress.NONE);
    }

    private double recovered(
            DemoCustomers customers, Embeddings texts, Map<Block, Double> balance) {
        var found = segment(customers, texts, balance, OptionalInt.of(6));
        return Agreement.adjustedRand(found.labels(), customers.truth());
    }

    @Test
    void findsTheSixPlantedGroupsOfTheEnglishShop() {
        double ari = recovered(english, englishTexts, AUTOMATIC);
        assertTrue(ari >= 0.6, "ARI " + ari);
    }

    @Test
    void findsTheSixPlantedGroupsOfTheChineseShop() {
        double ari = recovered(chinese, chineseTexts, AUTOMATIC);
        assertTrue(ari >= 0.6, "ARI " + ari);
    }

    @Test
    void findsThemWithNeitherTextsNorBehaviourAlone() {
        double together = recovered(english, englishTexts, AUTOMATIC);
        double texts = recovered(english, englishTexts, TEXT_ALONE);
        double behaviour = recovered(english, englishTexts, BEHAVIOUR_ALONE);
        assertTrue(texts <= together - 0.15, texts + " by texts, " + together + " together");
        assertTrue(behaviour <= together - 0.15, behaviour + " by behaviour, " + together);
    }

    @Test
    void choosesFourToEightSegmentsByItself() {
        int k = segment(english, englishTexts, AUTOMATIC, OptionalInt.empty()).k();
        assertTrue(k >= 4 && k <= 8, "English: " + k);
        k = segment(chinese, chineseTexts, AUTOMATIC, OptionalInt.empty()).k();
        assertTrue(k >= 4 && k <= 8, "Chinese: " + k);
    }
}

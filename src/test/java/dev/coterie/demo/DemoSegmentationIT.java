package dev.coterie.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.config.Config;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.features.Block;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Agreement;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Segmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo's groups are there to be found: by texts and behaviour together, by neither alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoSegmentationIT {
    private static final Config.Limits LIMITS =
            new Config.Limits(200_000_000, 500, 1 << 20, 1 << 15, 100, 1000, 2048, 1 << 23, 8);
    private static final Map<Block, Double> AUTOMATIC = Map.of();
    private static final Map<Block, Double> TEXT_ALONE =
            Map.of(Block.BEHAVIOUR, 0.0, Block.PROFILE, 0.0);
    private static final Map<Block, Double> BEHAVIOUR_ALONE =
            Map.of(Block.TEXT, 0.0, Block.PROFILE, 0.0);

    private Loaded english;
    private Loaded chinese;

    /** A demo project as far as its vectors, with the guessed roles and the default recipe. */
    private record Loaded(
            DemoData data, Collected collected, Prepared prepared, Embeddings embeddings) {
        static Loaded load(DemoData data, String encoder, Path folder) throws IOException {
            var paths = new ArrayList<Path>();
            for (CsvFile file : data.files()) {
                paths.add(Files.writeString(folder.resolve(file.name()), file.csv()));
            }
            var names = data.files().stream().map(CsvFile::name).toList();
            var collected = new Collector(LIMITS).collect(paths, names, List.of(), Progress.NONE);
            var prepared = new Preparation().prepare(collected, Progress.NONE);
            var texts = prepared.customers().texts().stream().map(CustomerText::text).toList();
            try (var catalog = new EncoderCatalog(Optional.empty());
                    var embedder = new Embedder(new VectorCache(folder.resolve("v.db")), 0)) {
                var embeddings = embedder.embed(catalog.open(encoder), texts, Progress.NONE);
                return new Loaded(data, collected, prepared, embeddings);
            }
        }

        Segmentation segment(Map<Block, Double> balance, OptionalInt k) {
            var customers = prepared.customers();
            var texts = Optional.of(embeddings);
            var features =
                    new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, balance)
                            .fit(customers, texts, prepared.recipe())
                            .model()
                            .transform(customers, texts);
            return new Segmenter(k, 42).fit(features, Progress.NONE);
        }

        /** Adjusted Rand index of six segments with the planted groups. */
        double recovered(Map<Block, Double> balance) {
            var groups = List.copyOf(new TreeSet<>(data.truth().values()));
            int[] truth =
                    prepared.customers().ids().stream()
                            .mapToInt(id -> groups.indexOf(data.truth().get(id)))
                            .toArray();
            return Agreement.adjustedRand(segment(balance, OptionalInt.of(6)).labels(), truth);
        }

        Stream<ColumnSchema> columns() {
            return collected.tables().stream().flatMap(t -> t.schema().columns().stream());
        }
    }

    @BeforeAll
    void loadBoth(@TempDir Path first, @TempDir Path second) throws IOException {
        english = Loaded.load(DemoGenerator.english(42), EncoderCatalog.FAST_ENGLISH, first);
        chinese = Loaded.load(DemoGenerator.chinese(42), EncoderCatalog.DEFAULT_CHINESE, second);
    }

    private List<Loaded> both() {
        return List.of(english, chinese);
    }

    @Test
    void isReadWithTheEncodersOfTheseTests() {
        assertEquals(
                Optional.of(english.embeddings().encoder().name()),
                DemoProjects.settings(Language.ENGLISH).encoder());
        assertEquals(Optional.empty(), DemoProjects.settings(Language.CHINESE).encoder());
    }

    @Test
    void needsNoQuestionAboutItsColumns() {
        for (Loaded shop : both()) {
            assertFalse(shop.columns().anyMatch(ColumnSchema::undecided));
            for (Role role : List.of(Role.TEXT, Role.RATING, Role.VALUE, Role.ITEM, Role.TARGET)) {
                assertEquals(1, shop.columns().filter(c -> c.role() == role).count(), role.word());
            }
            assertEquals(3, shop.columns().filter(c -> c.role() == Role.ID).count());
            assertEquals(OptionalInt.of(0), shop.collected().customerTable());
        }
    }

    @Test
    void losesNoRowButTheRepeatedOnes() {
        for (Loaded shop : both()) {
            assertEquals(
                    shop.data().truth().keySet(), Set.copyOf(shop.prepared().customers().ids()));
            assertTrue(shop.prepared().rejects().isEmpty());
        }
    }

    @Test
    void showsItsLeakInTheQualityReport() {
        assertTrue(
                english.prepared().quality().findings().stream()
                        .anyMatch(f -> f.message().toString().contains("account_closed_on")));
        assertTrue(
                chinese.prepared().quality().findings().stream()
                        .anyMatch(f -> f.message().toString().contains("销户日期")));
    }

    @Test
    void letsItsSixPlantedGroupsBeFound() {
        for (Loaded shop : both()) {
            double ari = shop.recovered(AUTOMATIC);
            assertTrue(ari >= 0.6, shop.data().projectName() + ": ARI " + ari);
        }
    }

    @Test
    void hidesThemFromTextsAloneAndFromBehaviourAlone() {
        for (Loaded shop : both()) {
            double together = shop.recovered(AUTOMATIC);
            double texts = shop.recovered(TEXT_ALONE);
            double behaviour = shop.recovered(BEHAVIOUR_ALONE);
            assertTrue(texts <= together - 0.1, texts + " by texts, " + together);
            assertTrue(behaviour <= together - 0.1, behaviour + " by behaviour, " + together);
        }
    }

    @Test
    void fallsIntoFourToEightSegmentsByItself() {
        for (Loaded shop : both()) {
            int k = shop.segment(AUTOMATIC, OptionalInt.empty()).k();
            assertTrue(k >= 4 && k <= 8, shop.data().projectName() + ": " + k);
        }
    }
}

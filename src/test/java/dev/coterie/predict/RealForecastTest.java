package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collector;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.config.ConfigReader;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of forecasts on the real data sets. */
@Tag("data")
class RealForecastTest {
    @TempDir Path folder;

    /** Embeds thirty thousand texts, which takes minutes: with {@code -Pdata-long} only. */
    @Test
    @Tag("long")
    void recommendationsAreToldFromReviewAndTable() {
        CustomerTable table =
                read(
                        Map.of("Recommended IND", Role.TARGET, "Rating", Role.IGNORE),
                        "womens-clothing/womens_clothing.csv.gz");
        Embeddings vectors = embed(table);
        ModelCard card = train(table, Optional.of(vectors), "Recommended IND");
        print(card);
        assertTrue(auc(card) >= 0.970, "AUC " + auc(card));
        assertTrue(card.betterThanBaseline());
        assertTrue(card.columnsUsed().stream().noneMatch(f -> f.column().equals("Rating")));
    }

    @Test
    void recommendationsAreToldFromWordsAlone() {
        CustomerTable table =
                read(
                        Map.of("Recommended IND", Role.TARGET, "Rating", Role.IGNORE),
                        "womens-clothing/womens_clothing.csv.gz");
        ModelCard card = train(table, Optional.empty(), "Recommended IND");
        print(card);
        assertTrue(auc(card) >= 0.95, "AUC " + auc(card));
    }

    @Test
    void churnIsToldFromATable() {
        CustomerTable table =
                read(Map.of("Churn", Role.TARGET), "telco-churn/Telco-Customer-Churn.csv");
        ModelCard card = train(table, Optional.empty(), "Churn");
        print(card);
        assertTrue(auc(card) >= 0.84, "AUC " + auc(card));
        assertEquals(List.of(), card.leakageSuspects());
    }

    private static double auc(ModelCard card) {
        return card.classFigures().orElseThrow().auc();
    }

    private static void print(ModelCard card) {
        var figures = card.classFigures().orElseThrow();
        System.out.printf(
                "%s: AUC %.4f (%.4f to %.4f), accuracy %.4f, F1 %.4f, Brier %.4f (baseline %.4f),"
                        + " %d features, C %s%n",
                card.target(),
                figures.auc(),
                figures.aucLow(),
                figures.aucHigh(),
                figures.accuracy(),
                figures.f1(),
                figures.brier(),
                figures.baseline().brier(),
                card.features(),
                card.regularisation());
    }

    private static ModelCard train(
            CustomerTable table, Optional<Embeddings> vectors, String target) {
        TargetColumn column =
                table.targets().stream()
                        .filter(t -> t.name().equals(target))
                        .findFirst()
                        .orElseThrow();
        return new ForecastTrainer(42).train(table, vectors, column, Progress.NONE).card();
    }

    private Embeddings embed(CustomerTable table) {
        var texts = table.texts().stream().map(CustomerText::text).toList();
        try (var catalog = new EncoderCatalog(Optional.empty());
                var cache = new VectorCache(folder.resolve("vectors.db"));
                var embedder = new Embedder(cache, 0)) {
            return embedder.embed(catalog.open("bge-small-en-v1.5-q"), texts, Progress.NONE);
        }
    }

    private static CustomerTable read(Map<String, Role> roles, String file) {
        String data = System.getenv("COTERIE_TEST_DATA");
        Assumptions.assumeTrue(data != null && Files.isDirectory(Path.of(data)));
        var choices = new ArrayList<RoleChoice>();
        roles.forEach(
                (column, role) ->
                        choices.add(
                                new RoleChoice(Optional.empty(), column, role, Optional.empty())));
        Path path = Path.of(data).resolve(file);
        var collected =
                new Collector(ConfigReader.read(Map.of()).limits())
                        .collect(
                                List.of(path),
                                List.of(path.getFileName().toString()),
                                choices,
                                Progress.NONE);
        return new Preparation().prepare(collected, Progress.NONE).customers();
    }
}

package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collector;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.config.Config;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.language.Language;
import dev.coterie.prepare.Preparation;
import dev.coterie.progress.Progress;
import dev.coterie.run.RunListener;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real customers: how well the narrator's descriptions tell members from others, against a softmax
 * regression on the run's features, learned on the other nine tenths and tried on the same tenth.
 */
@Tag("data")
@Tag("long")
class NameCheckDataTest {
    private static final Config.Limits LIMITS =
            new Config.Limits(200_000_000, 500, 1 << 20, 1 << 15, 100, 1000, 2048, 1 << 23, 8);
    private static final double OF_SUPERVISED = 0.9;

    @TempDir Path folder;

    @Test
    void composedCustomersAreToldApartByTheirDescriptions() {
        tried(
                OptionalInt.of(7),
                List.of(new RoleChoice(Optional.empty(), "churned", Role.IGNORE, Optional.empty())),
                "composed-en/customers.csv",
                "composed-en/reviews.csv",
                "composed-en/orders.csv");
    }

    @Test
    void reviewersOfClothingAreToldApartByTheirDescriptions() {
        tried(OptionalInt.empty(), List.of(), "womens-clothing/womens_clothing.csv.gz");
    }

    private void tried(OptionalInt k, List<RoleChoice> roles, String... names) {
        String data = System.getenv("COTERIE_TEST_DATA");
        Assumptions.assumeTrue(data != null && Files.isDirectory(Path.of(data)));
        String known = System.getenv("COTERIE_DATA");
        Path vectors = (known == null ? folder : Path.of(known)).resolve("vectors.db");
        var files =
                List.of(names).stream()
                        .map(n -> Path.of(data).resolve(n))
                        .map(p -> new SourceFile(p, p.getFileName().toString()))
                        .toList();
        var settings =
                new RunSettings(
                        roles,
                        k,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Language.ENGLISH,
                        42);
        try (var catalog = new EncoderCatalog(Optional.empty());
                var embedder = new Embedder(new VectorCache(vectors), 0)) {
            var run =
                    new SegmentationRun(
                            new Collector(LIMITS),
                            new Preparation(),
                            catalog,
                            embedder,
                            Optional.empty(),
                            WordingCache.NONE);
            var analysis = run.execute(files, settings, RunListener.NONE);
            int[] labels = analysis.segmentation().labels();
            var check = new NameCheck(analysis.customers(), analysis.embeddings(), labels);
            boolean[] heldOut = check.heldOut();
            double[][] supervised =
                    new SoftmaxRegression(
                                    analysis.features(),
                                    labels,
                                    analysis.segmentation().k(),
                                    i -> !heldOut[i])
                            .scores();
            double[][] described =
                    check.fit(
                            analysis.description(),
                            sentences ->
                                    embedder.embed(
                                            catalog.open(
                                                    analysis.embeddings()
                                                            .orElseThrow()
                                                            .encoder()
                                                            .name()),
                                            sentences,
                                            Progress.NONE));
            double narrated = forcedChoice(described, labels, heldOut);
            double learned = forcedChoice(supervised, labels, heldOut);
            System.out.printf(
                    "%s: forced choice %.3f, supervised %.3f, ratio %.3f%n",
                    names[0], narrated, learned, narrated / learned);
            for (SegmentProfile p : analysis.description().segments()) {
                System.out.println(p.wording(Language.ENGLISH).name() + "  " + p.tried());
            }
            assertTrue(narrated >= OF_SUPERVISED * learned, narrated + " against " + learned);
        }
    }

    /** Over all held-out customers: the share of other segments that the own one beats. */
    private static double forcedChoice(double[][] fit, int[] labels, boolean[] heldOut) {
        double won = 0;
        long n = 0;
        for (int i = 0; i < labels.length; i++) {
            if (!heldOut[i]) continue;
            for (int o = 0; o < fit.length; o++) {
                if (o == labels[i]) continue;
                double own = fit[labels[i]][i];
                won += own > fit[o][i] ? 1 : own == fit[o][i] ? 0.5 : 0;
                n++;
            }
        }
        return won / n;
    }
}

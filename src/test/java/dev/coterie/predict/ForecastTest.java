package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.embed.Embeddings;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
    private static final int N = 300;
    private static final double[] X = Tables.gaussians(N, 1);
    private static final double[] NOISE = Tables.gaussians(N, 2);
    private static final CustomerTable TABLE =
            Tables.of(N)
                    .number("age", r -> r % 11 == 0 ? Double.NaN : 40 + 10 * X[r])
                    .category("plan", r -> NOISE[r] > 0 ? "monthly" : "yearly")
                    .text("note", r -> X[r] + NOISE[r] > 0 ? "glad again" : "sad again")
                    .table();
    private static final Optional<Embeddings> VECTORS = Optional.of(Tables.vectors(TABLE, 3));
    private static final TargetColumn CLASSES =
            Tables.classes("stays", N, r -> X[r] + NOISE[r] / 2 > 0.3 ? "yes" : "no");
    private static final Forecast FORECAST =
            new ForecastTrainer(42).train(TABLE, VECTORS, CLASSES, Progress.NONE);

    @Test
    void givesEachCustomerTheSameAloneAsTogether() {
        List<Prediction> together = FORECAST.predict(TABLE, VECTORS);
        for (int row : new int[] {0, 11, 150, N - 1}) {
            CustomerTable alone = Tables.reordered(TABLE, new int[] {row, (row + 1) % N});
            Optional<Embeddings> vectors = Optional.of(Tables.vectors(alone, 3));
            assertEquals(together.get(row), FORECAST.predict(alone, vectors).get(0));
        }
    }

    @Test
    void takesACustomerWithoutAnyColumn() {
        Prediction p = FORECAST.predict(Tables.of(1).table(), Optional.empty()).get(0);
        assertEquals(1, p.probabilities().values().stream().mapToDouble(v -> v).sum(), 1e-9);
        assertTrue(p.outOfRange().isEmpty());
    }

    @Test
    void readsATextOfAnUnknownSourceAsTheMainColumn() {
        CustomerTable known = Tables.of(1).text("note", r -> "glad again").table();
        CustomerTable unknown = Tables.of(1).text("chat", r -> "glad again").table();
        assertEquals(
                FORECAST.predict(known, Optional.of(Tables.vectors(known, 3))),
                FORECAST.predict(unknown, Optional.of(Tables.vectors(unknown, 3))));
    }

    @Test
    void namesNumbersOutsideAnythingSeen() {
        var old = Tables.of(1).number("age", r -> 900).number("unknown", r -> 5).table();
        assertEquals(List.of("age"), FORECAST.predict(old, Optional.empty()).get(0).outOfRange());
    }

    @Test
    void reasonsPointTheWayTheyPush() {
        List<Prediction> all = FORECAST.predict(TABLE, VECTORS, 50);
        for (int row = 0; row < N; row++) {
            for (Reason reason : all.get(row).reasons()) {
                if (!reason.feature().column().equals("age") || Math.abs(X[row]) < 1.5) continue;
                if (reason.feature().kind() != FeatureName.Kind.NUMBER) continue;
                if (row % 11 == 0) continue;
                assertEquals(Math.signum(X[row]), Math.signum(reason.effect()), "row " + row);
            }
        }
        assertTrue(FORECAST.predict(TABLE, VECTORS).get(0).reasons().size() <= 5);
        assertEquals(2, FORECAST.predict(TABLE, VECTORS, 2).get(0).reasons().size());
    }

    @Test
    void reasonsAddUpToTheDistanceFromTheAverageCustomer() {
        // The log-odds of two customers differ by the sums of their effects, words included.
        List<Prediction> all = FORECAST.predict(TABLE, VECTORS, 1000);
        double first = logOdds(all.get(1)) - effects(all.get(1));
        for (Prediction p : all) assertEquals(first, logOdds(p) - effects(p), 1e-6);
    }

    private static double logOdds(Prediction p) {
        return Math.log(p.probabilities().get("yes") / p.probabilities().get("no"));
    }

    private static double effects(Prediction p) {
        return p.reasons().stream().mapToDouble(Reason::effect).sum();
    }

    @Test
    void refusesVectorsOfAnotherEncoder() {
        var others = new Embeddings(Tables.encoder("other"), N, VECTORS.get().values());
        var e =
                assertThrows(
                        InvalidInputException.class,
                        () -> FORECAST.predict(TABLE, Optional.of(others)));
        assertTrue(e.getMessage().contains("small") && e.getMessage().contains("other"));
    }

    @Test
    void everyLabelIsSaidInBothLanguages() {
        for (FeatureName.Kind kind : FeatureName.Kind.values()) {
            var name = new FeatureName(kind, "Spalte", "word");
            for (Language language : Language.values()) {
                String label = name.label().in(language);
                assertFalse(label.isBlank() || label.contains("{"), label);
            }
        }
    }

    @Test
    void comesBackFromItsFilesAsItWas(@TempDir Path folder) throws IOException {
        ForecastFiles.save(FORECAST, folder.resolve("model"));
        Forecast loaded = ForecastFiles.load(folder.resolve("model"));
        assertEquals(FORECAST.predict(TABLE, VECTORS), loaded.predict(TABLE, VECTORS));
        assertEquals(FORECAST.card().importances(), loaded.card().importances());
        assertEquals(FORECAST.card().fingerprint(), loaded.card().fingerprint());
        String card = Files.readString(folder.resolve("model/card.json"));
        assertTrue(card.contains("\"target\" : \"stays\""));
        try (var files = Files.list(folder.resolve("model"))) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void ofANumberComesBackToo(@TempDir Path folder) {
        var target = Tables.number("spend", N, r -> 10 * X[r] + NOISE[r]);
        Forecast forecast = new ForecastTrainer(1).train(TABLE, VECTORS, target, Progress.NONE);
        ForecastFiles.save(forecast, folder);
        assertEquals(
                forecast.predict(TABLE, VECTORS),
                ForecastFiles.load(folder).predict(TABLE, VECTORS));
    }

    @Test
    void missingOrDamagedFilesAreSaidSo(@TempDir Path folder) throws IOException {
        assertThrows(NotFoundException.class, () -> ForecastFiles.load(folder));
        Files.writeString(folder.resolve("model.json"), "{\"format\":\"coterie-forecast-1\"");
        assertThrows(InvalidInputException.class, () -> ForecastFiles.load(folder));
        Files.writeString(folder.resolve("model.json"), "{\"format\":\"another\"}");
        assertThrows(InvalidInputException.class, () -> ForecastFiles.load(folder));
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThrows(StorageException.class, () -> ForecastFiles.save(FORECAST, file));
    }
}

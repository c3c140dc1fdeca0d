package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.CancelledException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.predict.ModelCard.LeftOut;
import dev.coterie.predict.ModelCard.Why;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ForecastTrainerTest {
    private static final int N = 600;
    private static final double[] X = Tables.gaussians(N, 1);
    private static final double[] Y = Tables.gaussians(N, 2);
    private static final double[] NOISE = Tables.gaussians(N, 3);

    private static Forecast train(CustomerTable table, TargetColumn target) {
        return new ForecastTrainer(42).train(table, Optional.empty(), target, Progress.NONE);
    }

    private static CustomerTable plane() {
        return Tables.of(N).number("x", r -> X[r]).number("y", r -> Y[r]).table();
    }

    @Nested
    class Classes {
        @Test
        void thatALineSeparatesAreTold() {
            var target = Tables.classes("side", N, r -> X[r] + Y[r] > 0 ? "yes" : "no");
            ModelCard card = train(plane(), target).card();
            var figures = card.classFigures().orElseThrow();
            assertTrue(figures.auc() > 0.99, "AUC " + figures.auc());
            assertTrue(figures.brier() < figures.baseline().brier() / 4);
            assertTrue(card.betterThanBaseline());
            assertEquals(120, card.heldOutRows());
            assertTrue(card.refittedOnAllRows());
        }

        @Test
        void drawnByLotAreNotTold() {
            int many = 3000;
            double[] x = Tables.gaussians(many, 7);
            var random = new Random(11);
            var target = Tables.classes("coin", many, r -> random.nextBoolean() ? "yes" : "no");
            var table =
                    Tables.of(many)
                            .number("x", r -> x[r])
                            .category("c", r -> "abcdef".substring(r % 6, r % 6 + 1))
                            .table();
            ModelCard card = train(table, target).card();
            assertEquals(0.5, card.classFigures().orElseThrow().auc(), 0.06);
            assertFalse(card.betterThanBaseline());
        }

        @Test
        void ofSeveralHaveProbabilitiesThatAddUpToOne() {
            var target =
                    Tables.classes(
                            "tier", N, r -> X[r] > 0.5 ? "gold" : Y[r] > 0 ? "silver" : "none");
            Forecast forecast = train(plane(), target);
            assertTrue(forecast.card().classFigures().orElseThrow().auc() > 0.9);
            for (Prediction p : forecast.predict(plane(), Optional.empty())) {
                assertEquals(
                        List.of("gold", "none", "silver"), List.copyOf(p.probabilities().keySet()));
                double sum = p.probabilities().values().stream().mapToDouble(v -> v).sum();
                assertEquals(1, sum, 1e-9);
                double most = Collections.max(p.probabilities().values());
                assertEquals(most, p.probabilities().get(p.prediction().orElseThrow()));
            }
        }

        @Test
        void withTooFewCustomersAreNamedAndGetNoProbability() {
            var target =
                    Tables.classes("t", N, r -> r < 4 ? "rare" : X[r] + NOISE[r] > 0 ? "a" : "b");
            var notices = new ArrayList<Notice>();
            Forecast forecast =
                    new ForecastTrainer(1)
                            .train(plane(), Optional.empty(), target, noting(notices));
            assertEquals(List.of("rare"), forecast.card().classesNotPredicted());
            assertEquals(N - 4, forecast.card().rows());
            var first = forecast.predict(plane(), Optional.empty()).get(0);
            assertEquals(0.0, first.probabilities().get("rare"));
            assertTrue(notices.get(0).message().toString().contains("rare"));
        }
    }

    @Nested
    class Numbers {
        @Test
        void thatAreAKnownLinearFunctionAreFound() {
            var target = Tables.number("spend", N, r -> 100 + 30 * X[r] - 20 * Y[r] + NOISE[r]);
            Forecast forecast = train(plane(), target);
            var figures = forecast.card().numberFigures().orElseThrow();
            assertTrue(figures.r2() > 0.97, "R2 " + figures.r2());
            assertTrue(figures.rmse() < 0.2 * figures.baseline().rmse());
            assertTrue(figures.baseline().r2() <= 0);
            assertTrue(forecast.card().betterThanBaseline());
            Prediction p = forecast.predict(plane(), Optional.empty()).get(0);
            assertEquals(target.values()[0], p.value(), 15);
            assertTrue(p.interval().orElseThrow().low() < p.value());
            assertEquals("x", forecast.card().importances().get(0).feature().column());
        }

        @Test
        void thatNothingExplainsAreNotBetterThanTheirMean() {
            var random = new Random(5);
            ModelCard card =
                    train(plane(), Tables.number("n", N, r -> random.nextGaussian())).card();
            assertFalse(card.betterThanBaseline());
        }
    }

    @Nested
    class TextAndEvents {
        private final CustomerTable table =
                Tables.of(N)
                        .text(
                                "review",
                                r ->
                                        r % 10 == 0
                                                ? ""
                                                : (X[r] > 0
                                                                ? "so glad with it "
                                                                : "quite sad about it ")
                                                        + r)
                        .table();

        @Test
        void wordsTellWithoutEmbeddings() {
            var target = Tables.classes("t", N, r -> X[r] > 0 ? "good" : "bad");
            Forecast forecast = train(table, target);
            assertTrue(forecast.card().classFigures().orElseThrow().auc() > 0.93);
            assertTrue(
                    forecast.card().words().stream()
                            .anyMatch(
                                    w ->
                                            w.feature().detail().equals("glad")
                                                    && w.towards().equals("good")));
            var reasons = forecast.predict(table, Optional.empty()).get(1).reasons();
            assertEquals(FeatureName.Kind.WORD, reasons.get(0).feature().kind());
        }

        @Test
        void embeddingsTellByTheirMeaning() {
            // Every text is a word of its own, so that words say nothing.
            var own = Tables.of(N).text("review", r -> (X[r] > 0 ? "glad" : "sad") + r).table();
            var target = Tables.classes("t", N, r -> X[r] > 0 ? "good" : "bad");
            var vectors = Optional.of(Tables.vectors(own, 9));
            Forecast forecast = new ForecastTrainer(42).train(own, vectors, target, Progress.NONE);
            assertEquals(Optional.of("small"), forecast.card().encoder());
            assertEquals(
                    FeatureName.Kind.MEANING,
                    forecast.card().importances().get(0).feature().kind());
            assertTrue(forecast.card().classFigures().orElseThrow().auc() > 0.99);
            assertThrows(
                    InvalidInputException.class, () -> forecast.predict(own, Optional.empty()));
        }

        @Test
        void eventsTellByCountAndRecency() {
            int[] customer =
                    IntStream.range(0, N)
                            .flatMap(r -> IntStream.range(0, 2 + r % 7).map(i -> r))
                            .toArray();
            long[] at = IntStream.of(customer).mapToLong(r -> 86_400L * (1000 - r % 50)).toArray();
            double[] none = new double[customer.length];
            java.util.Arrays.fill(none, Double.NaN);
            int[] unnamed = new int[customer.length];
            java.util.Arrays.fill(unnamed, -1);
            var events =
                    new Events(
                            customer,
                            at,
                            none,
                            unnamed,
                            List.of(),
                            unnamed,
                            List.of(),
                            86_400_000L);
            var eventful = Tables.of(N).events(events).table();
            var target =
                    Tables.classes(
                            "t", N, r -> r % 7 * 5 - r % 50 + 4 * NOISE[r] > -10 ? "on" : "off");
            Forecast forecast = train(eventful, target);
            assertTrue(forecast.card().classFigures().orElseThrow().auc() > 0.9);
            assertTrue(
                    forecast.card().columnsUsed().stream()
                            .anyMatch(f -> f.kind() == FeatureName.Kind.EVENT_DAYS_SINCE_LAST));
        }
    }

    @Nested
    class Columns {
        @Test
        void ofTheTargetsOwnNameAreNeverUsed() {
            var target = Tables.number("spend", N, r -> X[r] + NOISE[r]);
            var table =
                    Tables.of(N)
                            .number("spend", r -> X[r] + NOISE[r])
                            .category("spend", r -> X[r] > 0 ? "a" : "b")
                            .number("x", r -> X[r])
                            .table();
            ModelCard card = train(table, target).card();
            assertEquals(
                    List.of("x"), card.columnsUsed().stream().map(FeatureName::column).toList());
            assertTrue(card.columnsLeftOut().contains(new LeftOut("spend", Why.IS_TARGET)));
        }

        @Test
        void thatTellTheTargetAreLeftOutAndNamed() {
            var target = Tables.classes("left", N, r -> X[r] + NOISE[r] > 0 ? "yes" : "no");
            var table =
                    Tables.of(N)
                            .number("x", r -> X[r])
                            .category("reason_for_leaving", r -> X[r] + NOISE[r] > 0 ? "price" : "")
                            .table();
            var notices = new ArrayList<Notice>();
            ModelCard card =
                    new ForecastTrainer(42)
                            .train(table, Optional.empty(), target, noting(notices))
                            .card();
            assertTrue(
                    card.columnsLeftOut()
                            .contains(new LeftOut("reason_for_leaving", Why.TELLS_TARGET)));
            assertEquals(
                    List.of("x"), card.columnsUsed().stream().map(FeatureName::column).toList());
            assertTrue(card.classFigures().orElseThrow().auc() < 0.95);
            assertTrue(notices.get(0).message().toString().contains("reason_for_leaving"));
        }

        @Test
        void thatNearlyTellItAreUsedAndNamed() {
            var target = Tables.classes("left", N, r -> X[r] + NOISE[r] / 5 > 0 ? "yes" : "no");
            ModelCard card = train(plane(), target).card();
            assertEquals("x", card.leakageSuspects().get(0).column());
            assertEquals(1, card.leakageSuspects().size());
        }

        @Test
        void withoutInformationAreLeftOutWithTheirReason() {
            var target = Tables.classes("t", N, r -> X[r] + NOISE[r] > 0 ? "yes" : "no");
            var table =
                    Tables.of(N)
                            .number("x", r -> X[r])
                            .number("same", r -> 7)
                            .number("empty", r -> Double.NaN)
                            .category("own", r -> "v" + r)
                            .category("one", r -> "only")
                            .table();
            assertEquals(
                    List.of(
                            new LeftOut("t", Why.IS_TARGET),
                            new LeftOut("same", Why.CONSTANT),
                            new LeftOut("empty", Why.ALL_MISSING),
                            new LeftOut("own", Why.TOO_MANY_VALUES),
                            new LeftOut("one", Why.CONSTANT)),
                    train(table, target).card().columnsLeftOut());
        }
    }

    @Nested
    class Determinism {
        @Test
        void rowsInAnotherOrderGiveTheSameForecast() {
            var table =
                    Tables.of(N)
                            .number("x", r -> r % 9 == 0 ? Double.NaN : X[r])
                            .category("c", r -> r % 4 == 0 ? "" : "abc".substring(r % 3, r % 3 + 1))
                            .text("note", r -> (Y[r] > 0 ? "glad day " : "sad day ") + r % 17)
                            .text("title", r -> r % 2 == 0 ? "" : "title " + r % 5)
                            .table();
            var target = Tables.classes("t", N, r -> X[r] + Y[r] + NOISE[r] > 0 ? "yes" : "no");
            var order = new ArrayList<>(IntStream.range(0, N).boxed().toList());
            Collections.shuffle(order, new Random(8));
            int[] from = order.stream().mapToInt(Integer::intValue).toArray();
            var shuffled = Tables.reordered(table, from);
            var trainer = new ForecastTrainer(5);
            Forecast one =
                    trainer.train(
                            table, Optional.of(Tables.vectors(table, 1)), target, Progress.NONE);
            Forecast other =
                    trainer.train(
                            shuffled,
                            Optional.of(Tables.vectors(shuffled, 1)),
                            Tables.reordered(target, from),
                            Progress.NONE);
            assertEquals(one.card().fingerprint(), other.card().fingerprint());
            assertEquals(
                    one.predict(table, Optional.of(Tables.vectors(table, 1))),
                    other.predict(table, Optional.of(Tables.vectors(table, 1))));
            assertEquals(
                    one.card().classFigures().orElseThrow().auc(),
                    other.card().classFigures().orElseThrow().auc());
        }

        @Test
        void anotherSeedHoldsOutOthers() {
            var target = Tables.classes("t", N, r -> X[r] + NOISE[r] > 0 ? "yes" : "no");
            var one =
                    new ForecastTrainer(1).train(plane(), Optional.empty(), target, Progress.NONE);
            var two =
                    new ForecastTrainer(2).train(plane(), Optional.empty(), target, Progress.NONE);
            assertFalse(
                    one.card().classFigures().orElseThrow().auc()
                            == two.card().classFigures().orElseThrow().auc());
        }
    }

    @Nested
    class Refuses {
        @Test
        void tooFewCustomersWithAKnownTarget() {
            refused(
                    "too_few_rows",
                    plane(),
                    Tables.classes("t", N, r -> r < 39 ? (r % 2 == 0 ? "a" : "b") : ""));
        }

        @Test
        void aTargetOfOneClass() {
            refused("one_class", plane(), Tables.classes("t", N, r -> "a"));
            refused("one_class", plane(), Tables.classes("t", N, r -> r < 9 ? "b" : "a"));
            refused("one_value", plane(), Tables.number("t", N, r -> 3));
        }

        @Test
        void aTargetWhereNearlyEveryCustomerDiffers() {
            int many = 2000;
            var table = Tables.of(many).number("x", r -> r % 13).table();
            refused("too_many_classes", table, Tables.classes("t", many, r -> "v" + r % 150));
        }

        @Test
        void aTableWithNothingToLearnFrom() {
            var target = Tables.classes("t", N, r -> X[r] > 0 ? "yes" : "no");
            refused("nothing_to_learn_from", Tables.of(N).number("k", r -> 1).table(), target);
            refused(
                    "only_leaks",
                    Tables.of(N).category("k", r -> X[r] > 0 ? "1" : "0").table(),
                    target);
        }

        private void refused(String code, CustomerTable table, TargetColumn target) {
            var e = assertThrows(InvalidInputException.class, () -> train(table, target));
            assertEquals(code, e.code());
            assertFalse(e.getMessage().contains("{"));
            assertFalse(e.message().in(Language.CHINESE).contains("{"));
        }
    }

    @Test
    void stopsWhenAsked() {
        var target = Tables.classes("t", N, r -> X[r] + NOISE[r] > 0 ? "yes" : "no");
        var stop =
                new Progress() {
                    @Override
                    public void advance(long done, long total, Unit unit) {
                        assertTrue(done <= total);
                    }

                    @Override
                    public void notice(Notice notice) {}

                    @Override
                    public void checkCancelled() {
                        throw new CancelledException(
                                Message.of("predict.nothing_to_learn_from", "target", "t"));
                    }
                };
        assertThrows(
                CancelledException.class,
                () -> new ForecastTrainer(1).train(plane(), Optional.empty(), target, stop));
    }

    private static Progress noting(List<Notice> notices) {
        return new Progress() {
            @Override
            public void advance(long done, long total, Unit unit) {}

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }

            @Override
            public void checkCancelled() {}
        };
    }
}

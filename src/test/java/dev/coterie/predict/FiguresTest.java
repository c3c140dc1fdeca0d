package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Nested
    class AreaUnderTheCurve {
        @Test
        void countsHowOftenAPositiveBeatsANegative() {
            // Pairs: 0.8 beats 0.1, 0.4 and 0.35 beats 0.1 but not 0.4: 3 of 4.
            double auc =
                    Roc.auc(
                            new double[] {0.1, 0.4, 0.35, 0.8},
                            new boolean[] {false, false, true, true});
            assertEquals(0.75, auc, 1e-12);
        }

        @Test
        void countsATieAsHalf() {
            // Positives 0.5 and 0.7, negatives 0.5 and 0.2: tie, win, win, win = 3.5 of 4.
            double auc =
                    Roc.auc(
                            new double[] {0.5, 0.7, 0.5, 0.2},
                            new boolean[] {true, true, false, false});
            assertEquals(0.875, auc, 1e-12);
            assertEquals(
                    0.5, Roc.auc(new double[] {1, 1, 1}, new boolean[] {true, false, true}), 1e-12);
        }

        @Test
        void isUnknownWithOneClassOnly() {
            assertTrue(Double.isNaN(Roc.auc(new double[] {1, 2}, new boolean[] {true, true})));
        }

        @Test
        void agreesWithCountingAllPairs() {
            var random = new Random(5);
            double[] scores = random.doubles(300).map(v -> Math.round(v * 20) / 20.0).toArray();
            boolean[] positive = new boolean[300];
            for (int i = 0; i < 300; i++) positive[i] = random.nextDouble() < scores[i];
            double won = 0;
            double pairs = 0;
            for (int i = 0; i < 300; i++) {
                for (int j = 0; j < 300; j++) {
                    if (!positive[i] || positive[j]) continue;
                    pairs++;
                    if (scores[i] > scores[j]) won++;
                    else if (scores[i] == scores[j]) won += 0.5;
                }
            }
            assertEquals(won / pairs, Roc.auc(scores, positive), 1e-12);
        }

        @Test
        void hasTheErrorOfDeLong() {
            // Placements of positives 1 and 0.5, of negatives 1 and 0.5 with AUC 0.75: each has a
            // variance of 0.125, so the error is the root of 0.125 / 2 + 0.125 / 2.
            Roc roc =
                    Roc.of(
                            new double[] {0.1, 0.4, 0.35, 0.8},
                            new boolean[] {false, false, true, true});
            assertEquals(Math.sqrt(0.125), roc.error(), 1e-12);
        }
    }

    @Nested
    class Classes {
        private final ClassEvaluation two =
                new ClassEvaluation(
                        List.of("no", "yes"),
                        new int[] {0, 0, 0, 1, 1},
                        new double[][] {{.9, .1}, {.8, .2}, {.4, .6}, {.3, .7}, {.6, .4}});

        @Test
        void agreeWithFiguresByHand() {
            var figures = two.figures(new double[] {0.6, 0.4}, 1);
            assertArrayEquals(new int[] {2, 1}, figures.confusion()[0]);
            assertArrayEquals(new int[] {1, 1}, figures.confusion()[1]);
            assertEquals(0.6, figures.accuracy(), 1e-12);
            var yes = figures.perClass().get(1);
            assertEquals(0.5, yes.precision(), 1e-12);
            assertEquals(0.5, yes.recall(), 1e-12);
            assertEquals(0.5, yes.f1(), 1e-12);
            var no = figures.perClass().get(0);
            assertEquals(2 / 3.0, no.precision(), 1e-12);
            assertEquals(2 / 3.0, no.f1(), 1e-12);
            assertEquals((0.5 + 2 / 3.0) / 2, figures.f1(), 1e-12);
            // 0.7 beats all three, 0.4 beats two of three.
            assertEquals(5 / 6.0, figures.auc(), 1e-12);
            assertEquals((.01 + .04 + .36 + .09 + .36) / 5, figures.brier(), 1e-12);
        }

        @Test
        void haveTheLargestClassAsBaseline() {
            var baseline = two.figures(new double[] {0.6, 0.4}, 1).baseline();
            assertEquals("no", baseline.prediction());
            assertEquals(0.6, baseline.accuracy(), 1e-12);
            assertEquals((2 * 3 / 8.0) / 2, baseline.f1(), 1e-12);
            assertEquals((3 * .16 + 2 * .36) / 5, baseline.brier(), 1e-12);
        }

        @Test
        void ofSeveralAreMeansOfOneAgainstTheRest() {
            var three =
                    new ClassEvaluation(
                            List.of("a", "b", "c"),
                            new int[] {0, 0, 1, 1, 2, 2},
                            new double[][] {
                                {.8, .1, .1},
                                {.2, .5, .3},
                                {.1, .8, .1},
                                {.3, .4, .3},
                                {.1, .2, .7},
                                {.2, .1, .7}
                            });
            var figures = three.figures(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, 1);
            // a: 0.8 beats 4 of 4; 0.2 beats .1 and .1, ties .2, loses to .3: 6.5 of 8.
            double a = (4 + 2.5) / 8;
            // b: 0.8 beats 4 of 4; 0.4 beats 3 of 4: 7 of 8.
            double b = 7 / 8.0;
            assertEquals(a, figures.perClass().get(0).auc(), 1e-12);
            assertEquals(b, figures.perClass().get(1).auc(), 1e-12);
            assertEquals((a + b + 1) / 3, figures.auc(), 1e-12);
            assertEquals(5 / 6.0, figures.accuracy(), 1e-12);
            assertTrue(figures.aucLow() <= figures.auc() && figures.auc() <= figures.aucHigh());
        }
    }

    @Nested
    class Numbers {
        @Test
        void agreeWithFiguresByHand() {
            var figures =
                    new NumberEvaluation(new double[] {1, 2, 3, 4}, new double[] {1, 2, 4, 2})
                            .figures(2, 1);
            assertEquals(1 - 5 / 5.0, figures.r2(), 1e-12);
            assertEquals(Math.sqrt(5 / 4.0), figures.rmse(), 1e-12);
            assertEquals(0.75, figures.mae(), 1e-12);
            assertEquals(1 - 6 / 5.0, figures.baseline().r2(), 1e-12);
            assertEquals(1, figures.baseline().mae(), 1e-12);
        }
    }

    @Nested
    class Probabilities {
        @Test
        void addUpToOneHoweverFarTheScoresAre() {
            for (double[] scores :
                    new double[][] {{800}, {-800}, {0.3}, {-900, -900, -900}, {5, 900, -3}}) {
                double sum = 0;
                for (double p : LinearModel.probabilities(scores)) {
                    assertTrue(p >= 0 && p <= 1);
                    sum += p;
                }
                assertEquals(1, sum, 1e-12);
            }
        }
    }
}

package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsymmetryTest {
    private static final int SIZE = 400;

    private static double[] values(IntToDoubleFunction of) {
        return IntStream.range(0, 2 * SIZE).mapToDouble(of).toArray();
    }

    private static double[] amounts() {
        var random = new SplittableRandom(3);
        return values(i -> Math.exp(2.5 + random.nextGaussian() * 1.4));
    }

    private static Difference.Kind kind(double[] values) {
        return Asymmetry.kind(Sense.BASKET, Fact.Unit.MONEY, values);
    }

    @Test
    void amountsThatAFewCarryAreToldByTheirMedian() {
        var random = new SplittableRandom(3);
        assertEquals(Difference.Kind.MEDIAN, kind(amounts()));
        assertEquals(Difference.Kind.MEAN, kind(values(i -> 40 + 9 * random.nextGaussian())));
        // One call for most: every group's median would be one call.
        assertEquals(Difference.Kind.MEAN, kind(values(i -> i % 3 == 0 ? 1 + i % 40 : 1)));
        assertEquals(
                Difference.Kind.MEAN, Asymmetry.kind(Sense.RATING, Fact.Unit.NUMBER, amounts()));
        assertEquals(
                Difference.Kind.MEAN, Asymmetry.kind(Sense.RETURNS, Fact.Unit.SHARE, amounts()));
    }

    private static Comparison compared(double[] values) {
        var attribute =
                new Attribute(
                        "average_value",
                        Sense.BASKET,
                        Difference.Kind.MEDIAN,
                        Fact.Unit.MONEY,
                        "average_value",
                        "",
                        values);
        boolean[] inside = new boolean[values.length];
        Arrays.fill(inside, 0, SIZE, true);
        return Comparison.of(attribute, inside, Comparison.Scale.of(attribute));
    }

    @Test
    void aMedianStandsWithItsMiddleHalfAndItsMean() {
        double[] values = amounts();
        for (int i = 0; i < SIZE; i++) values[i] *= 3;
        Comparison c = compared(values);
        double[] sorted = Arrays.stream(values, 0, SIZE).sorted().toArray();
        assertEquals((sorted[SIZE / 2 - 1] + sorted[SIZE / 2]) / 2, c.here(), 1e-12);
        assertEquals(0.25 * sorted[99] + 0.75 * sorted[100], quartiles(c).low(), 1e-9);
        assertEquals(0.75 * sorted[299] + 0.25 * sorted[300], quartiles(c).high(), 1e-9);
        assertEquals(Arrays.stream(sorted).sum() / SIZE, quartiles(c).mean(), 1e-9);
        assertTrue(c.here() < 0.7 * quartiles(c).mean());
        assertTrue(c.low() > 0 && c.low() < c.here() - c.elsewhere() && c.strength() > 0.3);
    }

    private static Difference.Spread quartiles(Comparison c) {
        return c.spread().orElseThrow();
    }

    /** However large a few amounts are, neither the figure nor its strength changes. */
    @Test
    void aFewCustomersCarryNoDifference() {
        double[] values = amounts();
        Comparison before = compared(values);
        int[] largest =
                IntStream.range(0, SIZE)
                        .boxed()
                        .sorted((a, b) -> Double.compare(values[b], values[a]))
                        .limit(5)
                        .mapToInt(i -> i)
                        .toArray();
        double most = Arrays.stream(values).max().orElseThrow();
        for (int i : largest) values[i] = most + 1e6 + i;
        Comparison after = compared(values);
        assertEquals(before.here(), after.here());
        assertEquals(before.effect(), after.effect(), 0.02);
        assertTrue(quartiles(after).mean() > 1000 * after.here());
    }

    /** The interval of a median holds it in 95 of 100 samples, here at least 90. */
    @Test
    void theIntervalHoldsTheMedian() {
        var random = new SplittableRandom(11);
        int held = 0;
        for (int sample = 0; sample < 200; sample++) {
            double[] drawn = random.doubles(61).map(u -> -Math.log(1 - u)).sorted().toArray();
            double[] interval = Comparison.medianInterval(drawn);
            if (interval[0] <= Math.log(2) && Math.log(2) <= interval[1]) held++;
        }
        assertTrue(held >= 180 && held < 200, "held " + held);
    }

    @Test
    void theLabelSaysThatItIsAMedian() {
        Attribute a = compared(amounts()).attribute();
        for (var language : List.of(dev.coterie.language.Language.values())) {
            assertTrue(a.figure().in(language).contains(a.label().in(language)));
            assertTrue(a.figure().in(language).matches(".*(median|中位数).*"));
        }
    }
}

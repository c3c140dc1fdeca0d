package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogateTest {
    private static final int ROWS = 2000;

    /** Two columns and a third that is not drawn, in two far groups along their diagonal. */
    private static double[] groups(double slope) {
        var random = new SplittableRandom(7);
        double[] values = new double[3 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            double middle = i % 2 == 0 ? 5 : -5;
            values[3 * i] = middle + random.nextGaussian();
            values[3 * i + 1] = slope * middle + random.nextGaussian();
            values[3 * i + 2] = i;
        }
        return values;
    }

    private static double[] drawn(double[] values, int[] rows) {
        double[] copy = values.clone();
        new Surrogate(copy, 3, rows, new int[] {0, 1}).draw(new SplittableRandom(3));
        return copy;
    }

    private static double[] column(double[] values, int column) {
        return IntStream.range(0, ROWS).mapToDouble(i -> values[3 * i + column]).toArray();
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return java.util.Arrays.stream(values)
                .map(v -> java.util.Arrays.binarySearch(sorted, v))
                .toArray();
    }

    private static double correlation(double[] a, double[] b) {
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        double meanA = java.util.Arrays.stream(a).average().orElse(0);
        double meanB = java.util.Arrays.stream(b).average().orElse(0);
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return products / Math.sqrt(squaresA * squaresB);
    }

    @Test
    void everyColumnKeepsItsValues() {
        double[] values = groups(1);
        double[] drawn = drawn(values, IntStream.range(0, ROWS).toArray());
        for (int column = 0; column < 2; column++) {
            double[] before = column(values, column);
            double[] after = column(drawn, column);
            java.util.Arrays.sort(before);
            java.util.Arrays.sort(after);
            assertArrayEquals(before, after);
        }
        assertArrayEquals(column(values, 2), column(drawn, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.2, 0, -0.2, -1})
    void columnsThatRiseTogetherStillDo(double slope) {
        double[] values = groups(slope);
        double[] drawn = drawn(values, IntStream.range(0, ROWS).toArray());
        double before = correlation(ranks(column(values, 0)), ranks(column(values, 1)));
        double after = correlation(ranks(column(drawn, 0)), ranks(column(drawn, 1)));
        assertEquals(before, after, 0.05);
    }

    @Test
    void rowsWithoutTheColumnsStayAsTheyAre() {
        double[] values = groups(1);
        double[] drawn = drawn(values, IntStream.range(0, ROWS / 2).toArray());
        int from = 3 * (ROWS / 2);
        assertArrayEquals(
                java.util.Arrays.copyOfRange(values, from, values.length),
                java.util.Arrays.copyOfRange(drawn, from, drawn.length));
    }

    @Test
    void aColumnThatDoesNotVaryIsNoTrouble() {
        double[] values = new double[3 * ROWS];
        for (int i = 0; i < ROWS; i++) values[3 * i] = i;
        double[] drawn = drawn(values, IntStream.range(0, ROWS).toArray());
        assertTrue(java.util.Arrays.stream(drawn).allMatch(Double::isFinite));
        assertEquals(0, java.util.Arrays.stream(column(drawn, 1)).sum());
    }
}

package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingCodeTest {
    private static double[] column(String values) {
        return Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "-1 -1 92 180 345, -1",
        "-999 12 30.5 0, -999",
        "NaN -1 5 6 7, -1",
        // A point of a scale, one of several debts, an amount like any other.
        "-1 0 1 1 0, NaN",
        "-1 -20 92 180 345, NaN",
        "-61 92 180 345, NaN",
        "0 92 180 345, NaN"
    })
    void aCodeIsTheOnlyNegativeNumberAndOneThatPeopleUseSo(String values, double code) {
        double found = MissingCode.of(column(values)).orElse(Double.NaN);
        assertEquals(code, found);
    }

    @Test
    void aSlipIsNoCode() {
        double[] values = new double[200];
        Arrays.setAll(values, i -> i == 0 ? -1 : i);
        assertEquals(OptionalDouble.empty(), MissingCode.of(values));
    }

    @Test
    void noMeanCountsTheCode() {
        double[] without = MissingCode.without(column("-1 -1 92 180 345"));
        double nan = Double.NaN;
        assertArrayEquals(new double[] {nan, nan, 92, 180, 345}, without);
    }
}
